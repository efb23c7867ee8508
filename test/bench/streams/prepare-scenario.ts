import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTable } from "./csv.ts";
import type { ExpectedWindow, Stream } from "./stream.ts";

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const MILLENNIUM = Date.UTC(2000, 0, 1);

interface Chunk {
  start: string;
  columns: Record<string, { psi_atoms?: number; psi: number; ks_statistic?: number }>;
  performance_final: Record<string, unknown>;
}

interface Scenario {
  task: "binary" | "regression";
  numeric_features: string[];
  categorical_features: string[];
  windows: { reference: { first_row_id: number; last_row_id: number }; production: { first_row_id: number } };
  must_drift: { feature?: string; chunks: { first: string } }[];
  must_not_drift: { feature: string; chunks: { first: string; last: string } }[];
  expected: { chunkings: { week: { chunks: Chunk[] } } };
}

const METRICS: Readonly<Record<string, string>> = {
  ...{ accuracy: "accuracy", roc_auc: "roc_auc", precision: "precision", recall: "recall", f1: "f1" },
  ...{ brier: "brier", log_loss: "log_loss", positive_rate: "positive_rate", average_precision: "pr_auc" },
  ...{ mae: "mae", rmse: "rmse", mean_error: "bias", r2: "r2", mape_skip_zero: "mape" },
};

/** prepareScenario returns a stream that was stored with its expectations, its days moved so that its weeks begin on Mondays, as Leeway's do. */
export function prepareScenario(folder: string, name: string, conceptSince: string | undefined): Stream {
  const scenario = JSON.parse(readFileSync(join(folder, name, "scenario.json"), "utf8")) as Scenario;
  const { chunks } = scenario.expected.chunkings.week;
  const first = Date.parse(chunks[0]!.start);
  const toMonday = (((4 * DAY - first) % WEEK) + WEEK) % WEEK;
  // Ingest takes times from the year 2000 on; whole weeks keep every rhythm.
  const shift = toMonday + (first < MILLENNIUM ? 1_044 * WEEK : 0);
  const moved = (time: string) => Date.parse(time) + shift;
  const rows = readTable(join(folder, name, "stream.csv.gz")).map((row) => ({
    ...row,
    id: `${name}-${row["row_id"]}`,
    timestamp: new Date(moved(row["timestamp"]!)).toISOString(),
    // A code that looks like a number would be read as one.
    ...Object.fromEntries(scenario.categorical_features.map((column) => [column, `c${row[column]}`])),
  }));
  const numbered = (row: Record<string, string>) => Number(row["row_id"]);
  const { reference, production } = scenario.windows;
  return {
    name,
    task: scenario.task,
    windowMs: WEEK,
    features: [...scenario.numeric_features, ...scenario.categorical_features],
    reference: rows.filter(
      (row) => numbered(row) >= reference.first_row_id && numbered(row) <= reference.last_row_id,
    ),
    production: rows.filter((row) => numbered(row) >= production.first_row_id),
    expected: chunks.map((chunk) => expectedOf(chunk, moved(chunk.start))),
    drifting: scenario.must_drift.flatMap(({ feature, chunks: { first } }) =>
      feature === undefined ? [] : [{ feature, since: moved(dayOf(first)) }],
    ),
    steady: scenario.must_not_drift.map(({ feature, chunks: { first, last } }) => ({
      feature,
      from: moved(dayOf(first)),
      to: moved(dayOf(last)) + (last.length === 7 ? 31 : 7) * DAY,
    })),
    conceptSince: conceptSince === undefined ? undefined : moved(conceptSince),
  };
}

function expectedOf({ columns, performance_final }: Chunk, start: number): ExpectedWindow {
  const metrics = Object.entries(METRICS).flatMap(([theirs, ours]) => {
    const value = performance_final[theirs];
    return typeof value === "number" ? [[ours, value] as const] : [];
  });
  const drift = Object.entries(columns).map(([name, column]) => {
    const ks = column.ks_statistic;
    return [
      name === "__score__" ? "prediction" : name,
      { psi: column.psi_atoms ?? column.psi, ...(ks === undefined ? {} : { ks }) },
    ] as const;
  });
  return { start, metrics: Object.fromEntries(metrics), drift: Object.fromEntries(drift) };
}

// Chunks are named by their first day, or by their month.
function dayOf(chunk: string): string {
  return chunk.length === 7 ? `${chunk}-01` : chunk;
}
