import type { Store } from "@leeway/store";

/** TestRow is a prediction as a test writes it, with what it needs of the columns. */
export interface TestRow {
  id: string;
  timestamp: number;
  version?: string;
  environment?: "production" | "staging" | "shadow";
  numbers?: Record<string, number>;
  strings?: Record<string, string>;
  booleans?: Record<string, boolean>;
  nulls?: string[];
  score?: number;
  predicted_label?: string;
  predicted_value?: number;
  tags?: Record<string, string>;
  weight?: number;
  received_at?: number;
}

const wall = (time: number) => new Date(time).toISOString().replace("T", " ").replace("Z", "");

/** insertPredictions stores rows of model `m` as ingest would. */
export async function insertPredictions(store: Store, rows: readonly TestRow[]): Promise<void> {
  await store.client.insert({
    table: "predictions",
    format: "JSONEachRow",
    values: rows.map(({ timestamp, received_at, version, environment, ...row }) => ({
      project: "default",
      model: "m",
      version: version ?? "1",
      environment: environment ?? "production",
      payload_hash: 1,
      timestamp: wall(timestamp),
      received_at: wall(received_at ?? timestamp),
      ...row,
    })),
  });
}

/** TestLabel is a label as a test writes it. */
export interface TestLabel {
  prediction_id: string;
  label?: string;
  value?: number;
  timestamp: number;
  received_at: number;
}

/** insertLabels stores labels of model `m` as ingest would. */
export async function insertLabels(store: Store, labels: readonly TestLabel[]): Promise<void> {
  await store.client.insert({
    table: "labels",
    format: "JSONEachRow",
    values: labels.map(({ timestamp, received_at, ...label }) => ({
      project: "default",
      model: "m",
      timestamp: wall(timestamp),
      received_at: wall(received_at),
      payload_hash: hashOf(`${label.label} ${label.value}`),
      ...label,
    })),
  });
}

function hashOf(text: string): number {
  return [...text].reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) % 1_000_003, 7);
}
