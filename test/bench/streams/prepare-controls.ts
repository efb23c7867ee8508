import { join } from "node:path";
import { readTable } from "./csv.ts";
import type { Stream } from "./stream.ts";

const MINUTE = 60_000;
const START = Date.UTC(2024, 0, 1);
const WINDOW = 12 * 3_600_000;

/** prepareSea returns the SEA concepts under a model that knows the first of them: features never drift, the concept does at row 10,000. */
export function prepareSea(folder: string): Stream {
  const rows = readTable(join(folder, "sea_generated", "data.csv.gz")).map((row, i) => {
    const isPositive = Number(row["x1"]) + Number(row["x2"]) <= 8;
    return timed(row, i, isPositive ? "0.9" : "0.1");
  });
  return control("sea", rows, ["x1", "x2", "x3"], 5_000, START + 10_000 * MINUTE);
}

/** prepareCredit returns the credit defaults in a seeded order of no meaning, under a fixed rule: nothing drifts. */
export function prepareCredit(folder: string): Stream {
  const table = shuffled(readTable(join(folder, "credit_default", "data.csv.gz")));
  const features = Object.keys(table[0] ?? {}).filter((name) => name !== "row_id" && name !== "label");
  const rows = table.map((row, i) => {
    const late = Number(row["PAY_0"]);
    return timed(row, i, late >= 2 ? "0.7" : late === 1 ? "0.34" : "0.14");
  });
  return control("credit", rows, features, 10_000, undefined);
}

function timed(row: Record<string, string>, i: number, score: string): Record<string, string> {
  return {
    ...row,
    id: `row-${row["row_id"]}`,
    timestamp: new Date(START + i * MINUTE).toISOString(),
    score,
    predicted_label: Number(score) >= 0.5 ? "1" : "0",
    label_delay_s: "3600",
  };
}

function control(
  name: string,
  rows: readonly Record<string, string>[],
  features: readonly string[],
  referenceRows: number,
  conceptSince: number | undefined,
): Stream {
  const from = START + referenceRows * MINUTE;
  return {
    name,
    task: "binary",
    windowMs: WINDOW,
    features,
    reference: rows.slice(0, referenceRows),
    production: rows.slice(referenceRows),
    expected: [],
    drifting: [],
    steady: features.map((feature) => ({ feature, from, to: START + rows.length * MINUTE })),
    conceptSince,
  };
}

function shuffled<Row>(rows: readonly Row[]): Row[] {
  const order = [...rows];
  let state = 20_240_101;
  for (let i = order.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 4_294_967_296) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
