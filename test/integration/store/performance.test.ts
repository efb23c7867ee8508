import {
  aggregateBinaryRows,
  aggregateMulticlassRows,
  aggregateRegressionRows,
  compareVersions,
  type PerformanceAggregate,
} from "@leeway/core/performance";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DAY_MS, insertRaw, labelRow, MODEL, PROJECT, predictionRow, START } from "./rows.ts";

const ROWS = 1_200;
const LABELLED = 1_000;
let database: TestDatabase;

// A linear congruential walk: the same rows in every run.
let seed = 20_260_601;
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
const scores = Array.from({ length: ROWS }, random);
const shifted = scores.map((score) => 0.8 - 0.6 * score);
const labels = scores.map((score) => (random() < score ? 1 : 0));
const truths = scores.map((score) => 10 * score + random() - 0.5);

beforeAll(async () => {
  database = await createTestDatabase();
  const predictions = (version: string, environment: string, given: number[]) =>
    given.map((score, i) =>
      predictionRow(i, {
        version,
        environment,
        score,
        scores: { true: score, false: 1 - score },
        predicted_value: 10 * score,
      }),
    );
  await insertRaw(database, "predictions", predictions("1", "production", scores));
  await insertRaw(database, "predictions", predictions("2", "shadow", shifted));
  await insertRaw(
    database,
    "labels",
    labels
      .slice(0, LABELLED)
      .map((label, i) => labelRow(i, { label: label === 1 ? "true" : "false", value: truths[i] })),
  );
  await database.store.labels.resolve(PROJECT, MODEL);
});
afterAll(() => database.close());

const filter = { model: MODEL, version: "1", environment: "production", from: START, to: START + DAY_MS };

/** Sums come in another order out of ClickHouse: equal to the last few digits, no more can be asked. */
function expectClose(actual: unknown, expected: unknown, path = ""): void {
  if (typeof expected === "number") {
    expect(Math.abs(Number(actual) - expected), path).toBeLessThanOrEqual(
      1e-9 * Math.max(1, Math.abs(expected)),
    );
  } else if (typeof expected === "object" && expected !== null) {
    expect(Object.keys(actual as object).sort(), path).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected))
      expectClose((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
  } else expect(actual, path).toEqual(expected);
}

function withoutSeen(aggregate: PerformanceAggregate | undefined) {
  const { seen: _seen, ...rest } = aggregate ?? {};
  return rest;
}

it("streams the errors of labelled rows in order of time, the newest where there are many", async () => {
  const errors = async (task: Parameters<typeof database.store.performance.errors>[2], limit = 10_000) =>
    (await database.store.performance.errors(PROJECT, filter, task, limit)).errors.map(({ error }) => error);
  const wrong = scores.slice(0, LABELLED).map((score, i) => Number(score >= 0.5 !== (labels[i] === 1)));
  const binary = { task: "binary", positiveClass: "true", threshold: 0.5 } as const;
  expect(await errors(binary)).toEqual(wrong);
  expect(await errors(binary, 10)).toEqual(wrong.slice(-10));
  const distances = scores.slice(0, LABELLED).map((score, i) => Math.abs(10 * score - truths[i]!));
  expectClose(await errors({ task: "regression", anchor: 0 }), distances);
});

it("reduces a binary classifier's rows to the aggregate core makes of the same rows", async () => {
  const task = { task: "binary", positiveClass: "true", threshold: 0.5 } as const;
  const [window] = await database.store.performance.windows(PROJECT, filter, task, DAY_MS);
  expect(window).toMatchObject({ start: START, predictions: ROWS, labelled: LABELLED });
  expectClose(
    withoutSeen(window?.aggregate),
    aggregateBinaryRows({ labels: labels.slice(0, LABELLED), scores: scores.slice(0, LABELLED) }),
  );
});

it("reduces a multiclass classifier's rows to the aggregate core makes of the same rows", async () => {
  const [window] = await database.store.performance.windows(PROJECT, filter, { task: "multiclass" }, DAY_MS);
  const rows = labels.slice(0, LABELLED).map((label, i) => ({
    label: label === 1 ? "true" : "false",
    predicted: scores[i]! > 0.5 ? "true" : "false",
    scores: { true: scores[i]!, false: 1 - scores[i]! },
  }));
  const byCell = (aggregate: ReturnType<typeof aggregateMulticlassRows> | undefined) => ({
    ...aggregate,
    confusion: [...(aggregate?.confusion ?? [])].sort((a, b) =>
      `${a.truth} ${a.predicted}`.localeCompare(`${b.truth} ${b.predicted}`),
    ),
  });
  expectClose(
    byCell(withoutSeen(window?.aggregate) as ReturnType<typeof aggregateMulticlassRows>),
    byCell(aggregateMulticlassRows(rows)),
  );
});

it("reduces a regressor's rows to the aggregate core makes of the same rows", async () => {
  const [window] = await database.store.performance.windows(
    PROJECT,
    filter,
    { task: "regression", anchor: 5 },
    DAY_MS,
  );
  expectClose(
    withoutSeen(window?.aggregate),
    aggregateRegressionRows({
      truth: truths.slice(0, LABELLED),
      predicted: scores.slice(0, LABELLED).map((score) => 10 * score),
      anchor: 5,
    }),
  );
});

it("says what labels and predictions look like, beside the aggregate", async () => {
  const task = { task: "binary", positiveClass: "true", threshold: 0.5 } as const;
  const [binary] = await database.store.performance.windows(PROJECT, filter, task, DAY_MS);
  const [regression] = await database.store.performance.windows(
    PROJECT,
    filter,
    { task: "regression", anchor: 5 },
    DAY_MS,
  );
  const positives = labels.slice(0, LABELLED).filter((label) => label === 1).length;
  expect(binary?.aggregate.seen).toMatchObject({
    predicted: [],
    labels: { came: LABELLED, unreadable: 0, beyond: 0 },
    outputs: { missing: 0, beyond: 0 },
    outputRange: { low: Math.min(...scores), high: Math.max(...scores) },
    truthRange: null,
    outputMoments: null,
  });
  expect(binary?.aggregate.seen?.cells.find(({ truth }) => truth === "true")?.count).toBe(positives);
  const seen = regression?.aggregate.seen;
  expect(seen?.truthRange).toEqual({
    low: Math.min(...truths.slice(0, LABELLED)),
    high: Math.max(...truths.slice(0, LABELLED)),
  });
  expect(seen?.outputMoments?.count).toBe(LABELLED);
  expect(seen?.outputMoments?.sum).toBeCloseTo(
    scores.slice(0, LABELLED).reduce((sum, score) => sum + 10 * score - 5, 0),
    6,
  );
});

it("names the classes that predictions and labels of a model carry, and no other", async () => {
  const classes = await database.store.activity.classes(PROJECT, { model: MODEL });
  expect(classes.map(({ name, labelled }) => [name, labelled]).sort()).toEqual([
    ["false", labels.slice(0, LABELLED).filter((label) => label === 0).length],
    ["true", labels.slice(0, LABELLED).filter((label) => label === 1).length],
  ]);
  const none = await database.store.activity.classes(PROJECT, { model: MODEL, positive_class: "fraud" });
  expect(none.map(({ name }) => name)).not.toContain("fraud");
});

it("compares two versions on the labelled requests that both scored", async () => {
  const task = { task: "binary", positiveClass: "true", threshold: 0.5 } as const;
  const pair = { model: MODEL, baseline: "1", candidate: "2", from: START, to: START + DAY_MS };
  const windows = await database.store.performance.paired(PROJECT, pair, task, 120_000);
  const comparison = compareVersions(windows, { baseline: "version 1", candidate: "version 2" });
  let difference = 0;
  const loss = (score: number, label: number) =>
    -Math.log(Math.min(1 - 1e-15, Math.max(1e-15, label === 1 ? score : 1 - score)));
  for (let i = 0; i < LABELLED; i++)
    difference += loss(shifted[i]!, labels[i]!) - loss(scores[i]!, labels[i]!);
  expect(comparison.verdict).toBe("worse");
  const { log_loss } = comparison.losses;
  if (log_loss?.outcome !== "ok") throw new Error("no comparison of the log loss");
  expect(log_loss.rows).toBe(LABELLED);
  expect(log_loss.difference).toBeCloseTo(difference / LABELLED, 9);
  let ofFirst = 0;
  for (let i = 0; i < LABELLED; i++) ofFirst += loss(scores[i]!, labels[i]!);
  expect(log_loss.baselineLoss).toBeCloseTo(ofFirst / LABELLED, 9);
  expect(log_loss.candidateLoss).toBeCloseTo((ofFirst + difference) / LABELLED, 9);
  const meanShift =
    scores.slice(0, LABELLED).reduce((sum, score, i) => sum + shifted[i]! - score, 0) / LABELLED;
  const calibration = comparison.calibrationError;
  expect(calibration!.candidate - calibration!.baseline).toBeCloseTo(meanShift, 9);
  expect((calibration!.interval.low + calibration!.interval.high) / 2).toBeCloseTo(meanShift, 9);
});

it("counts a label for what is said of its class, as if there were as many more of it", async () => {
  const { performance } = database.store;
  const weights = new Map([
    ["true", 2],
    ["false", 0.5],
  ]);
  const [plain] = await performance.windows(PROJECT, filter, { task: "multiclass" }, DAY_MS);
  const [window] = await performance.windows(PROJECT, filter, { task: "multiclass" }, DAY_MS, weights);
  expect(window).toMatchObject({ predictions: ROWS, labelled: LABELLED });
  const cells = (one: typeof plain) =>
    one?.aggregate.task === "multiclass"
      ? new Map(
          one.aggregate.confusion.map(({ truth, predicted, count }) => [`${truth} ${predicted}`, count]),
        )
      : new Map<string, number>();
  for (const [cell, count] of cells(plain)) {
    expect(cells(window).get(cell)).toBeCloseTo(count * (cell.startsWith("true") ? 2 : 0.5), 9);
  }
});

it("says of a regressor which tenths of its outputs have labels, and what early labels say", async () => {
  const { performance, labels: joined } = database.store;
  const [strata] = await performance.outputStrata(PROJECT, filter, DAY_MS);
  expect(strata?.predictions).toHaveLength(10);
  expect(strata?.predictions.reduce((sum, count) => sum + count, 0)).toBe(ROWS);
  expect(strata?.labelled.reduce((sum, count) => sum + count, 0)).toBe(LABELLED);
  for (const count of strata?.predictions ?? []) expect(Math.abs(count - ROWS / 10)).toBeLessThan(ROWS / 100);
  // Labels come an hour after their predictions, those a second apart from midnight on.
  const end = START + DAY_MS;
  const age = (rows: number) => START + 3_600_000 + (rows - 1) * 1_000 - end;
  const [arrived] = await joined.valueArrivals(PROJECT, filter, DAY_MS, [age(100), age(LABELLED)]);
  const sumOf = (rows: number) => truths.slice(0, rows).reduce((sum, value) => sum + value, 0);
  expect(arrived?.final.count).toBe(LABELLED);
  expect(arrived?.final.sum).toBeCloseTo(sumOf(LABELLED), 6);
  expect(arrived?.early.map(({ count }) => count)).toEqual([100, LABELLED]);
  expect(arrived?.early[0]?.sum).toBeCloseTo(sumOf(100), 6);
});
