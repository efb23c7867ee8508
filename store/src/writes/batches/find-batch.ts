import { type BatchAnswer, batchAnswerSchema, rejectionSchema } from "@leeway/core/wire";
import { z } from "zod";
import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { defineQuery } from "../../client/define-query.ts";
import { LOOKUP_PATIENCE_MS } from "../keys/lookup-patience.ts";

// A batch written twice after a failure has two rows until a merge; the first to be answered is the one that stands.
const storedBatch = defineQuery({
  name: "stored_batch",
  patienceMs: LOOKUP_PATIENCE_MS,
  sql: `SELECT content_hash, accepted, duplicate, rejected FROM batches
        WHERE project = {project:String} AND kind = {kind:String} AND batch_id = {batch_id:String}
        ORDER BY received_at LIMIT 1`,
  row: z.object({
    content_hash: z.string(),
    accepted: z.number(),
    duplicate: z.number(),
    rejected: z.string(),
  }),
  parameters: {} as { project: string; kind: string; batch_id: string },
});

/** findBatch returns the content hash and the answer of a batch id that was used before, or undefined. */
export async function findBatch(
  client: ClickHouseClient,
  project: string,
  kind: string,
  batchId: string,
): Promise<{ contentHash: string; answer: BatchAnswer } | undefined> {
  const [row] = await storedBatch(client, { project, kind, batch_id: batchId });
  if (row === undefined) return undefined;
  const rejected = z.array(rejectionSchema).parse(JSON.parse(row.rejected));
  const { accepted, duplicate, content_hash: contentHash } = row;
  return { contentHash, answer: batchAnswerSchema.parse({ accepted, duplicate, rejected }) };
}
