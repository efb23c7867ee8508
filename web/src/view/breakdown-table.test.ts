import type { BreakdownGroup, MetricValue } from "@leeway/core/evaluation";
import { expect, test } from "vitest";
import { breakdownTable } from "./breakdown-table.ts";

const value = (of: number | null, reference?: number): MetricValue => ({
  value: of,
  ci_low: of === null ? null : of - 0.01,
  ci_high: of === null ? null : of + 0.01,
  ...(reference === undefined ? {} : { reference }),
});
const group = (over: Partial<BreakdownGroup>): BreakdownGroup => ({
  segment: "region=eu",
  value: "eu",
  group: "value",
  requests: 1_200,
  share: 0.6,
  labelled: 0,
  label_coverage: 0,
  failure_rate: value(0),
  output_mean: value(0.25, 0.2),
  metrics: {},
  ...over,
});
const headers = (groups: BreakdownGroup[], metric?: string) =>
  breakdownTable(groups, metric).columns.map(({ header }) => header);

test("without labels a breakdown has counts and outputs, and no column of metrics", () => {
  expect(headers([group({})])).toEqual([
    "Value",
    "Predictions",
    "Share",
    "Mean output",
    "Reference’s mean output",
    "Labelled",
  ]);
  expect(breakdownTable([group({})], undefined).rows[0]?.cells).toEqual([
    "eu",
    "1,200",
    "60.0\u00a0%",
    "0.250",
    "0.200",
    "0",
  ]);
});

test("the metric that was asked for stands beside its interval and the reference's", () => {
  const metrics = {
    log_loss: value(0.4, 0.37),
    brier: value(0.13, 0.12),
    positive_rate: value(0.2),
  };
  const labelled = [group({ labelled: 1_000, label_coverage: 0.83, metrics })];
  expect(breakdownTable(labelled, undefined).metric).toBe("log_loss");
  const table = breakdownTable(labelled, "brier");
  const cells = Object.fromEntries(table.columns.map(({ header }, i) => [header, table.rows[0]?.cells[i]]));
  expect(cells).toMatchObject({
    Labelled: "1,000 (83\u00a0%)",
    "Positive rate": "20.0\u00a0%",
    "Brier score": "0.130",
    "95 % interval": "0.120 to 0.140",
    "Reference’s Brier score": "0.120",
  });
});

test("the rest, those without a value and an empty value are distinguished in words, failures shown where there are any", () => {
  const groups = [
    group({ value: "" }),
    group({ value: null, segment: null, group: "rest" }),
    group({ value: null, segment: null, group: "missing", failure_rate: value(0.1) }),
  ];
  const { columns, rows } = breakdownTable(groups, undefined);
  expect(rows.map(({ cells }) => cells[0])).toEqual(["(empty)", "All other values", "Without one"]);
  expect(columns.map(({ header }) => header)).toContain("Failed");
  expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
});

test("a group without labels beside one that has some shows dashes, never zeroes", () => {
  const groups = [
    group({ labelled: 10, label_coverage: 1, metrics: { log_loss: value(0.4) } }),
    group({ value: "us", output_mean: value(null) }),
  ];
  const { columns, rows } = breakdownTable(groups, undefined);
  const at = columns.findIndex(({ header }) => header === "Log loss");
  expect(rows[1]?.cells.slice(at)).toEqual(["–", "–", "–"]);
});
