import {
  binaryMetrics,
  multiclassMetrics,
  type PerformanceTask,
  regressionMetrics,
} from "@leeway/core/performance";
import { describeBreakdown } from "@leeway/core/verdicts";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectClose } from "../../golden/expect-close.ts";
import { type BinaryCase, expectBinary } from "../../golden/performance/expect-binary.ts";
import { expectMulticlass, type MulticlassCase } from "../../golden/performance/expect-multiclass.ts";
import { expectRegression, type RegressionCase } from "../../golden/performance/expect-regression.ts";
import { expectHistogramQuantiles, type ResidualCase } from "../../golden/performance/expect-residuals.ts";
import { expectScored, type ScoredCase, scoredRows } from "../../golden/performance/expect-scored.ts";
import { readGolden } from "../../golden/read-golden.ts";
import {
  DAY_MS,
  HOUR_MS,
  insertRaw,
  labelRow,
  MODEL,
  PROJECT,
  predictionRow,
  START,
  sqlTime,
} from "./rows.ts";

interface Proportion {
  value: number;
  ci_low: number;
  ci_high: number;
}
interface TagCase {
  tag: string[];
  y_true: number[];
  score: number[];
  expected: Record<
    string,
    { n: number; mean_score: number; roc_auc: number | null; pr_auc: number | null } & Record<
      (typeof RATES)[number],
      Proportion | null
    >
  >;
}
type Row = { prediction: Record<string, unknown>; label: Record<string, unknown> };

const RATES = ["positive_rate", "predicted_positive_rate", "accuracy", "precision", "recall"] as const;
const binary = readGolden<BinaryCase>("binary_classification").cases;
const classified = readGolden<MulticlassCase>("multiclass_classification").cases;
const scored = readGolden<ScoredCase>("multiclass_scores").cases;
const regression = readGolden<RegressionCase>("regression").cases;
const residuals = readGolden<ResidualCase>("residual_quantiles").cases;
const [tagged] = readGolden<TagCase>("rates_by_tag").cases;
const all = { absolute: 1e-10 };

// Every case is a day of a version: stored, joined with its labels and reduced as what users send is.
const binaryRow = (label: number, score: number, tags = {}): Row => ({
  prediction: { score, tags },
  label: { label: String(label) },
});
const numericRows = ({ y_true, y_pred }: RegressionCase | ResidualCase): Row[] =>
  y_true.map((value, i) => ({ prediction: { predicted_value: y_pred[i] }, label: { label: null, value } }));
const versions: Record<string, Row[][]> = {
  binary: binary.map(({ y_true, score }) => y_true.map((label, i) => binaryRow(label, score[i]!))),
  tagged: [
    tagged!.y_true.map((label, i) => {
      const region = tagged!.tag[i]!;
      return binaryRow(label, tagged!.score[i]!, region === "" ? {} : { region });
    }),
  ],
  classified: classified.map(({ y_true, y_pred }) =>
    y_true.map((label, i) => ({ prediction: { predicted_label: y_pred[i] }, label: { label } })),
  ),
  scored: scored.map((one) =>
    scoredRows(one).map(({ label, predicted, scores }) => ({
      prediction: { predicted_label: predicted, scores },
      label: { label },
    })),
  ),
  regression: regression.map(numericRows),
  residuals: residuals.map(numericRows),
};

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const predictions: Record<string, unknown>[] = [];
  const labels: Record<string, unknown>[] = [];
  for (const [version, days] of Object.entries(versions)) {
    days.forEach((rows, day) => {
      rows.forEach(({ prediction, label }, i) => {
        const time = START + day * DAY_MS + i * 1_000;
        const id = `${version} ${day} ${i}`;
        predictions.push(predictionRow(i, { ...prediction, id, version, timestamp: sqlTime(time) }));
        labels.push(labelRow(i, { ...label, prediction_id: id, timestamp: sqlTime(time + HOUR_MS) }));
      });
    });
  }
  await insertRaw(database, "predictions", predictions);
  await insertRaw(database, "labels", labels);
  await database.store.labels.resolve(PROJECT, MODEL);
});
afterAll(() => database.close());

const range = (version: string, days: number) => ({
  model: MODEL,
  version,
  environment: "production",
  from: START,
  to: START + days * DAY_MS,
});

async function aggregatesOf<Task extends PerformanceTask>(version: string, task: Task) {
  const filter = range(version, versions[version]!.length);
  const windows = await database.store.performance.windows(PROJECT, filter, task, DAY_MS);
  return windows.map(({ aggregate }) => aggregate as Extract<typeof aggregate, { task: Task["task"] }>);
}

describe("what is computed from stored rows equals the reference", () => {
  const task = { task: "binary", positiveClass: "1", threshold: 0.5 } as const;

  it("binary", async () => {
    const aggregates = await aggregatesOf("binary", task);
    for (const [day, { expected }] of binary.entries())
      expectBinary(binaryMetrics(aggregates[day]!), expected);
  });
  it("multiclass", async () => {
    const aggregates = await aggregatesOf("classified", { task: "multiclass" });
    for (const [day, one] of classified.entries()) expectMulticlass(multiclassMetrics(aggregates[day]!), one);
  });
  it("multiclass by scores", async () => {
    const aggregates = await aggregatesOf("scored", { task: "multiclass" });
    for (const [day, { expected }] of scored.entries())
      expectScored(multiclassMetrics(aggregates[day]!), expected);
  });
  it("regression", async () => {
    const aggregates = await aggregatesOf("regression", { task: "regression", anchor: 0 });
    // Sums are taken about the reference's mean output, without which a truth near 1e9 has no digits left.
    const offset = await aggregatesOf("regression", { task: "regression", anchor: 1e9 });
    regression.forEach((one, day) => {
      const aggregate = (one.id === "large_offset" ? offset : aggregates)[day]!;
      expectRegression(regressionMetrics(aggregate).metrics, one);
    });
  });
  it("residual quantiles", async () => {
    const aggregates = await aggregatesOf("residuals", { task: "regression", anchor: 0 });
    for (const [day, one] of residuals.entries())
      expectHistogramQuantiles(regressionMetrics(aggregates[day]!), one);
  });

  it("rates by tag, each with its interval", async () => {
    const by = { name: "region", reference: undefined };
    const counted = await database.store.performance.breakdown(PROJECT, range("tagged", 1), task, by);
    const groups = describeBreakdown(counted, by.name, undefined, {
      model: { task: "binary", positive_class: "1", configured: true },
      classes: [],
    });
    const { expected } = tagged!;
    expect(groups.map(({ value }) => value ?? "").toSorted()).toEqual(Object.keys(expected));
    for (const { value, requests, labelled, output_mean, metrics } of groups) {
      const golden = expected[value ?? ""]!;
      expect([requests, labelled], `${value} rows`).toEqual([golden.n, golden.n]);
      expectClose(output_mean.value, golden.mean_score, all, `${value} mean score`);
      for (const name of RATES) {
        for (const part of ["value", "ci_low", "ci_high"] as const) {
          expectClose(metrics[name]![part], golden[name]?.[part] ?? null, all, `${value} ${name} ${part}`);
        }
      }
      const accuracy = golden.accuracy!;
      expectClose(metrics["error_rate"]!.value, 1 - accuracy.value, all, `${value} error rate`);
      expectClose(metrics["error_rate"]!.ci_low, 1 - accuracy.ci_high, all, `${value} error rate low`);
      for (const name of ["roc_auc", "pr_auc"] as const) {
        expectClose(metrics[name]!.value, golden[name], all, `${value} ${name}`);
      }
    }
  });
});
