import { describe, expect, test } from "vitest";
import {
  compareVersions,
  decideMaturity,
  findNonsense,
  findPairNonsense,
  type NonsenseName,
  type PairedWindow,
  type PerformanceAggregate,
  type SeenClass,
} from "../../performance/index.ts";
import {
  binaryOf,
  type ClassifiedRow,
  classesOf,
  classifiedRows,
  multiclassOf,
  regressionOf,
} from "../../performance/sense/example-outputs.ts";
import type { Model } from "../../records/index.ts";
import { assessPerformanceWindow } from "./assess-performance-window.ts";
import { calibratePerformance } from "./calibrate-performance.ts";
import { describeBreakdown } from "./describe-breakdown.ts";
import { performanceMetrics } from "./performance-metrics.ts";

const DAY = 86_400_000;
const mature = decideMaturity({
  predictions: 600,
  coverage: 1,
  expectedCoverage: 1,
  finalCoverage: 1,
  ageMs: DAY,
});

/** Situation is what a model's reference, its windows and both of two versions look like. */
interface Situation {
  model: Pick<Model, "task" | "positive_class" | "configured">;
  aggregate: PerformanceAggregate;
  classes: SeenClass[];
  rows: readonly ClassifiedRow[];
}

const binary = (
  rows: readonly ClassifiedRow[],
  positive: string | undefined,
  configured = true,
): Situation => ({
  model: { task: "binary", configured, ...(positive === undefined ? {} : { positive_class: positive }) },
  aggregate: binaryOf(rows, positive),
  classes: classesOf(rows),
  rows,
});
const multiclass = (rows: readonly ClassifiedRow[]): Situation => ({
  model: { task: "multiclass", configured: true },
  aggregate: multiclassOf(rows),
  classes: classesOf(rows),
  rows,
});
const regression = (rows: readonly { truth: number; predicted: number }[]): Situation => ({
  model: { task: "regression", configured: true },
  aggregate: regressionOf(rows),
  classes: [],
  rows: [],
});
const good = classifiedRows(600, { no: "ok", yes: "fraud" });
const plain = good.map(({ score: _score, ...row }) => row);
const numbers = Array.from({ length: 300 }, (_, i) => ({ truth: i % 17, predicted: (i % 17) + (i % 3) }));
const invalidScores = (): Situation => {
  const one = binary(good, "fraud");
  if (one.aggregate.task !== "binary") throw new Error("not binary");
  return { ...one, aggregate: { ...one.aggregate, invalidScores: 500 } };
};

// Each nonsense: whether a single window without a reference shows it too, and whether the labels of a comparison do.
const NONSENSE: readonly [
  situation: string,
  check: NonsenseName,
  make: () => Situation,
  seenBy: { window: boolean; pair: boolean },
  says: string,
][] = [
  [
    "a positive class that nothing carries",
    "positive_class_absent",
    () => binary(good, "true"),
    { window: true, pair: true },
    '"fraud" and "ok"',
  ],
  [
    "two plain classes without scores",
    "positive_class_unknown",
    () => binary(plain, undefined),
    { window: true, pair: true },
    "Set positive_class",
  ],
  [
    "a guess that scores contradict",
    "positive_class_contradicted",
    () => binary(good, "ok", false),
    { window: true, pair: true },
    "was guessed",
  ],
  [
    "a guessed task with three classes",
    "task_contradicted",
    () => binary([...good, ...good.map((row) => ({ ...row, predicted: "maybe" }))], "fraud", false),
    { window: true, pair: true },
    "Set task",
  ],
  [
    "predictions without an output",
    "no_output",
    () =>
      binary(
        good.map(({ label }) => ({ label })),
        "fraud",
      ),
    { window: true, pair: false },
    "a class or a score",
  ],
  [
    "Fraud predicted, fraud come true",
    "vocabularies_differ",
    () =>
      binary(
        good.map((row) => ({ ...row, label: row.label === "fraud" ? "Fraud" : "OK" })),
        "fraud",
      ),
    { window: true, pair: true },
    "upper and lower case",
  ],
  [
    "fraud predicted, 1 come true",
    "vocabularies_differ",
    () =>
      binary(
        good.map((row) => ({ ...row, label: row.label === "fraud" ? "1" : "0" })),
        "fraud",
      ),
    { window: true, pair: true },
    '"0" and "1"',
  ],
  [
    "one class of many in another case",
    "vocabularies_differ",
    () => multiclass(plain.map((row, i) => (i % 3 === 0 ? { predicted: "Cat", label: "cat" } : row))),
    { window: true, pair: true },
    '"Cat" and "cat"',
  ],
  [
    "classes that never meet",
    "vocabularies_differ",
    () => multiclass(plain.map((row) => ({ ...row, label: `class ${row.label}` }))),
    { window: true, pair: true },
    "No label names a predicted class",
  ],
  [
    "scores that are percentages",
    "scores_not_probabilities",
    invalidScores,
    { window: true, pair: false },
    "between 0 and 1",
  ],
  [
    "scores of the other class",
    "positive_class_inverted",
    () =>
      binary(
        good.map((row) => ({ ...row, score: 1 - row.score })),
        "fraud",
      ),
    { window: true, pair: true },
    "looks inverted",
  ],
  [
    "nine in ten promised, one in ten come",
    "positive_class_inverted",
    () =>
      binary(
        good.map((_row, i) => ({
          score: 0.9 + (i % 7) / 100,
          predicted: "fraud",
          label: i % 10 === 0 ? "fraud" : "ok",
        })),
        "fraud",
      ),
    { window: true, pair: true },
    "looks inverted",
  ],
  [
    "one score for all",
    "constant_output",
    () =>
      binary(
        good.map((row) => ({ ...row, score: 0.5 })),
        "fraud",
      ),
    { window: false, pair: true },
    "Every score is 0.5",
  ],
  [
    "one class for all, without scores",
    "constant_output",
    () => multiclass(plain.map((row) => ({ ...row, predicted: "ok" }))),
    { window: false, pair: true },
    'Every prediction is "ok"',
  ],
  [
    "one value for all",
    "constant_output",
    () => regression(numbers.map((row) => ({ ...row, predicted: 3 }))),
    { window: false, pair: true },
    "Every prediction is 3",
  ],
  [
    "labels of one class",
    "one_class_truth",
    () =>
      binary(
        good.map((row) => ({ ...row, label: "ok" })),
        "fraud",
      ),
    { window: false, pair: true },
    'Every label is "ok"',
  ],
  [
    "labels of other classes than the positive one",
    "one_class_truth",
    () =>
      binary(
        good.map((row, i) => ({ ...row, label: i % 2 === 0 ? "ok" : "chargeback" })),
        "fraud",
      ),
    { window: false, pair: true },
    "No label is the positive class",
  ],
  [
    "labels of one value",
    "one_class_truth",
    () => regression(numbers.map((row) => ({ ...row, truth: 3 }))),
    { window: false, pair: true },
    "Every label is 3",
  ],
];

const isNull = (values: Iterable<{ value: number | null; reason?: string | undefined }>) =>
  [...values].every(({ value, reason }) => value === null && (reason ?? "") !== "");

function verdictOf(
  { model, aggregate, classes }: Situation,
  options: { hasReference: boolean; limit?: { metric: string; minimum: number } },
) {
  const reference = options.hasReference ? aggregate : undefined;
  return assessPerformanceWindow({
    window: { start: 10 * DAY, end: 11 * DAY, predictions: 600 },
    aggregate,
    referenceAggregate: reference,
    calibration: options.hasReference
      ? calibratePerformance([{ start: 0, aggregate }], aggregate, { referenceId: "r", windowMs: DAY })
      : undefined,
    maturity: mature,
    nonsense: findNonsense({ model, classes, reference, window: aggregate }),
    monitor: options.limit === undefined ? undefined : { thresholds: options.limit, minimum_count: 30 },
    positiveClass: model.positive_class,
  });
}

describe.each(NONSENSE)("%s", (_situation, check, make, seenBy, says) => {
  const situation = make();
  const metric = situation.model.task === "regression" ? "mae" : "accuracy";
  const { model, classes, aggregate } = situation;

  test("is named, with what to set or send", () => {
    const found = findNonsense({ model, classes, reference: aggregate });
    expect(found?.check).toBe(check);
    expect(found?.reason).toContain(says);
  });

  test("is not judged beside its own reference, by no calibration and no fixed limit", () => {
    for (const limit of [undefined, { metric, minimum: 0 }]) {
      const verdict = verdictOf(situation, { hasReference: true, ...(limit && { limit }) });
      expect(verdict.outcome).toBe("not_defined");
      expect(verdict.reason).toContain(says);
      expect(verdict.cause).toBeUndefined();
      expect(isNull(Object.values(verdict.detail.metrics))).toBe(true);
    }
  });

  test("is not judged by a fixed limit before there is a reference, where one window shows it", () => {
    const verdict = verdictOf(situation, { hasReference: false, limit: { metric, minimum: 0 } });
    if (seenBy.window)
      expect([verdict.outcome, verdict.reason.includes(says)]).toEqual(["not_defined", true]);
    else expect(findNonsense({ model, classes, window: aggregate })).toBeUndefined();
  });

  test("leaves no metric in a breakdown or in a segment that is measured", () => {
    const group = {
      group: { value: "eu" },
      ...{ requests: 600, failed: 0, predictions: 600, labelled: 600, aggregate, reference: aggregate },
      ...{ outputs: undefined, referenceOutputs: undefined },
    };
    const [described] = describeBreakdown([group], "region", undefined, { model, classes });
    expect(isNull(Object.values(described!.metrics))).toBe(true);
    const refusal = findNonsense({ model, classes, reference: aggregate })?.reason;
    expect(isNull(Object.values(performanceMetrics(aggregate, aggregate, refusal)))).toBe(true);
  });

  test.runIf(seenBy.pair)("compares no versions", () => {
    const windows = [pairOf(situation)];
    const names = { baseline: "version 1", candidate: "version 2" };
    const nonsense = findPairNonsense(windows, { model, classes }, names);
    const comparison = compareVersions(windows, { ...names, nonsense });
    expect([nonsense?.check, comparison.verdict, comparison.primary]).toEqual([check, "not_defined", null]);
    expect(comparison.reason).toContain(says);
  });
});

test("labels and predictions that make sense are judged, whatever they are called", () => {
  const sound: Situation[] = [
    binary(good, "fraud"),
    binary(classifiedRows(600, { no: "0", yes: "1" }), "1"),
    binary(plain, "fraud"),
    binary(
      good.map(({ predicted: _predicted, ...row }) => row),
      "fraud",
    ),
    multiclass(plain),
    regression(numbers),
  ];
  for (const one of sound) {
    const { model, classes, aggregate } = one;
    expect(findNonsense({ model, classes, reference: aggregate })).toBeUndefined();
    expect(findNonsense({ model, classes, window: aggregate })).toBeUndefined();
    expect(
      findPairNonsense([pairOf(one)], { model, classes }, { baseline: "1", candidate: "2" }),
    ).toBeUndefined();
    expect(verdictOf(one, { hasReference: true }).outcome).toBe("ok");
  }
});

function pairOf({ aggregate }: Situation): PairedWindow {
  const { seen, weightSum: labelled } = aggregate;
  const cells = aggregate.task === "multiclass" ? aggregate.confusion : seen!.cells;
  const side = { labelled, cells, outputRange: seen!.outputRange, truthRange: seen!.truthRange };
  const base: PairedWindow = { start: 0, losses: {}, sides: { baseline: side, candidate: side } };
  if (aggregate.task !== "binary" || aggregate.logLoss.count === 0) return base;
  const { scoreHistogram, calibrationError } = aggregate;
  return {
    ...base,
    scores: { baseline: scoreHistogram, candidate: scoreHistogram },
    calibrationError: {
      baseline: calibrationError,
      candidate: calibrationError,
      difference: { count: labelled, sum: 0, sumOfSquares: 0 },
    },
  };
}
