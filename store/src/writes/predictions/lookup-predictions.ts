import { z } from "zod";
import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { defineQuery } from "../../client/define-query.ts";
import { chunkTexts } from "../keys/chunk-texts.ts";
import { LOOKUP_PATIENCE_MS } from "../keys/lookup-patience.ts";

// The id's own skip index makes this cheap without a time bound, which it must not have: a repeated id may come with another timestamp.
const storedPayloads = defineQuery({
  name: "stored_prediction_payloads",
  patienceMs: LOOKUP_PATIENCE_MS,
  sql: `SELECT id, toString(argMax(payload_hash, precedence)) AS hash, argMax(environment, precedence) AS environment,
          toUnixTimestamp64Milli(argMax(timestamp, precedence)) AS time, toUnixTimestamp64Milli(min(received_at)) AS received
        FROM predictions
        WHERE project = {project:String} AND model = {model:String} AND version = {version:String}
          AND id IN {ids:Array(String)}
        GROUP BY id`,
  row: z.object({
    id: z.string(),
    hash: z.string(),
    environment: z.string(),
    time: z.coerce.number(),
    received: z.coerce.number(),
  }),
  parameters: {} as { project: string; model: string; version: string; ids: string[] },
});

/** FoundPrediction is a stored prediction: its payload's hash (decimal), and where and when it counts; times are epoch milliseconds. */
export interface FoundPrediction {
  hash: string;
  environment: string;
  timestamp: number;
  receivedAt: number;
}

/** lookupPredictions returns those of a model version's ids that the database holds; of several rows with an id, the one that stands: the first received. */
export async function lookupPredictions(
  client: ClickHouseClient,
  scope: { project: string; model: string; version: string },
  ids: readonly string[],
): Promise<Map<string, FoundPrediction>> {
  const { project, model, version } = scope;
  const found = new Map<string, FoundPrediction>();
  for (const chunk of chunkTexts(ids)) {
    const rows = await storedPayloads(client, {
      ...{ project, model, version },
      ids: chunk.map((position) => ids[position] as string),
    });
    for (const { id, hash, environment, time, received } of rows)
      found.set(id, { hash, environment, timestamp: time, receivedAt: received });
  }
  return found;
}
