import type { TestDatabase } from "@leeway/store/testing";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const START = Date.UTC(2026, 5, 1);
export const PROJECT = "default";
export const MODEL = "flights";

/** sqlTime returns epoch milliseconds as ClickHouse reads them from JSON. */
export const sqlTime = (time: number) => new Date(time).toISOString().replace("T", " ").replace("Z", "");

/** predictionRow returns a raw prediction as it is stored: the `index`-th, `index` seconds after START. */
export function predictionRow(index: number, row: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    project: PROJECT,
    model: MODEL,
    version: "1",
    environment: "production",
    id: `p${index}`,
    timestamp: sqlTime(START + index * 1_000),
    received_at: sqlTime(Date.now()),
    payload_hash: String(index),
    weight: 1,
    numbers: {},
    strings: {},
    booleans: {},
    nulls: [],
    ...row,
  };
}

/** labelRow returns a raw label of the `index`-th prediction, an hour after it. */
export function labelRow(index: number, row: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    project: PROJECT,
    model: MODEL,
    prediction_id: `p${index}`,
    label: "true",
    timestamp: sqlTime(START + index * 1_000 + HOUR_MS),
    received_at: sqlTime(Date.now()),
    payload_hash: String(index),
    ...row,
  };
}

/** insertRaw writes rows as they are, past ingest. */
export async function insertRaw(
  database: TestDatabase,
  table: string,
  rows: Record<string, unknown>[],
): Promise<void> {
  await database.store.client.insert({ table, values: rows, format: "JSONEachRow" });
}
