import { hash } from "node:crypto";
import { Readable } from "node:stream";
import { LeewayError } from "@leeway/core/errors";
import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { toStoreError } from "../../client/store-error.ts";
import type { SerialisedBlock } from "../groups/group-writer.ts";

const PATIENCE_MS = 10_000;
const RETRY_AFTER_SECONDS = 2;

/**
 * insertNative returns once a block is durable in `table`. Its token is the hash of its content, so that a second try of the same block is a
 * no-op. Where the answer does not come in time the outcome is unknown and the call throws `store_unavailable`.
 */
export async function insertNative(
  client: ClickHouseClient,
  table: string,
  block: SerialisedBlock,
): Promise<void> {
  const token = hash("sha256", block.body);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const { stream } = await client.exec({
      query: `INSERT INTO ${table} (${block.columns.join(", ")}) FORMAT Native`,
      values: Readable.from([block.body], { objectMode: false }),
      abort_signal: patience,
      // A body of known length is kept in memory by the embedded engine instead of on disk.
      http_headers: { "Content-Length": String(block.body.length) },
      clickhouse_settings: {
        log_comment: `insert_${table}`,
        insert_deduplication_token: token,
        // A back-fill may touch any number of months; the limit would sink the whole group for one sender's dates.
        max_partitions_per_insert_block: "0",
        // Groups hold no key twice already; collapsing them once more on insert costs as much as the rest of the insert.
        optimize_on_insert: 0,
        // Skip indexes come with the first merge: until then a part is small enough to be read.
        materialize_skip_indexes_on_insert: 0,
      },
    });
    for await (const _chunk of stream);
  } catch (error) {
    if (patience.aborted) {
      throw new LeewayError("store_unavailable", `the store did not answer within ${PATIENCE_MS} ms`, {
        cause: error,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    throw toStoreError(error, `insert_${table}`);
  }
}
