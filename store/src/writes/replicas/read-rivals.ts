import { z } from "zod";
import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { defineQuery } from "../../client/define-query.ts";
import { chunkTexts } from "../keys/chunk-texts.ts";
import { KEY_SOURCES } from "../keys/load-keys.ts";

/** Rivals are the payloads of one prediction that lie in the database, by their 64-bit hashes; the one that stands, the first received, comes first. */
export interface Rivals {
  project: string;
  model: string;
  id: string;
  payloads: readonly bigint[];
}

const { low, high } = KEY_SOURCES.predictions;
const KEY = `toString(bitOr(bitShiftLeft(toUInt64(${high}), 32), toUInt64(${low})))`;

// The rows of these keys that were received lately say whose they are; all rows of those, whenever received, say which stands.
const rivals = defineQuery({
  name: "rival_predictions",
  sql: `SELECT project, model, ${KEY} AS key, id,
          arrayMap(row -> toString(row.2), arrayReverseSort(groupArray((precedence, payload_hash)))) AS payloads
        FROM predictions
        WHERE (project, model, version, id) IN (
          SELECT project, model, version, id FROM predictions
          WHERE received_at >= fromUnixTimestamp64Milli({since:Int64}) AND ${KEY} IN {keys:Array(String)})
          AND id IN (
            SELECT id FROM predictions
            WHERE received_at >= fromUnixTimestamp64Milli({since:Int64}) AND ${KEY} IN {keys:Array(String)})
        GROUP BY project, model, version, key, id`,
  row: z.object({
    project: z.string(),
    model: z.string(),
    key: z.string(),
    id: z.string(),
    payloads: z.array(z.string().transform(BigInt)),
  }),
  parameters: {} as { keys: string[]; since: number },
});

/** readRivals returns, by key, the predictions with these 64-bit keys of which a row was received at or after `since` (epoch milliseconds). */
export async function readRivals(
  client: ClickHouseClient,
  keys: readonly bigint[],
  since: number,
): Promise<Map<bigint, Rivals>> {
  const texts = keys.map(String);
  const found = new Map<bigint, Rivals>();
  for (const chunk of chunkTexts(texts)) {
    const part = chunk.map((position) => texts[position] as string);
    for (const { key, ...row } of await rivals(client, { keys: part, since })) found.set(BigInt(key), row);
  }
  return found;
}
