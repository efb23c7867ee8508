import { z } from "zod";
import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { defineQuery } from "../../client/define-query.ts";
import { chunkTexts } from "../keys/chunk-texts.ts";
import { LOOKUP_PATIENCE_MS } from "../keys/lookup-patience.ts";

const storedLabels = defineQuery({
  name: "stored_labels",
  patienceMs: LOOKUP_PATIENCE_MS,
  sql: `SELECT prediction_id, toUnixTimestamp64Milli(timestamp) AS known_at, label, value,
          toUnixTimestamp64Milli(received_at) AS received
        FROM labels
        WHERE project = {project:String} AND model = {model:String} AND prediction_id IN {ids:Array(String)}
        LIMIT 100000`,
  row: z.object({
    prediction_id: z.string(),
    known_at: z.coerce.number(),
    label: z.string().nullable(),
    value: z.number().nullable(),
    received: z.coerce.number(),
  }),
  parameters: {} as { project: string; model: string; ids: string[] },
});

/** labelIdentity returns the text two labels share exactly when they say the same of the same prediction since the same moment. */
export function labelIdentity(label: {
  predictionId: string;
  timestamp: number;
  label: string | null | undefined;
  value: number | null | undefined;
}): string {
  return JSON.stringify([label.predictionId, label.timestamp, label.label ?? null, label.value ?? null]);
}

/** lookupLabels returns the identities of all labels stored for these predictions of a model, and when each was received, epoch milliseconds. */
export async function lookupLabels(
  client: ClickHouseClient,
  project: string,
  model: string,
  predictionIds: readonly string[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const chunk of chunkTexts(predictionIds)) {
    const ids = chunk.map((position) => predictionIds[position] as string);
    for (const { prediction_id, known_at, label, value, received } of await storedLabels(client, {
      project,
      model,
      ids,
    })) {
      const identity = labelIdentity({ predictionId: prediction_id, timestamp: known_at, label, value });
      found.set(identity, Math.max(received, found.get(identity) ?? 0));
    }
  }
  return found;
}
