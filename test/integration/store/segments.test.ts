import { aggregateBinaryRows } from "@leeway/core/performance";
import type { Reference } from "@leeway/core/records";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, insertRaw, labelRow, MODEL, PROJECT, predictionRow, START } from "./rows.ts";

// One in three rows comes from the eu, one in two has a weekend, distances go from 0 to 599, every fifth row has no tag, every tenth has failed.
const ROWS = 600;
const rows = Array.from({ length: ROWS }, (_, i) => ({
  region: i % 5 === 0 ? undefined : i % 3 === 0 ? "eu" : "us",
  weekend: i % 2 === 0,
  distance: i,
  score: ((i * 7) % 100) / 100,
  label: (i * 13) % 10 < 4 ? 1 : 0,
  failed: i % 10 === 1,
}));
const task = { task: "binary", positiveClass: "true", threshold: 0.5 } as const;
const filter = { model: MODEL, version: "1", environment: "production", from: START, to: START + DAY_MS };
let database: TestDatabase;
let reference: Reference;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertRaw(
    database,
    "predictions",
    rows.map(({ region, weekend, distance, score, failed }, i) =>
      predictionRow(i, {
        tags: region === undefined ? {} : { region },
        booleans: { weekend },
        numbers: { distance },
        score,
        error: failed ? "timeout" : "",
      }),
    ),
  );
  await insertRaw(
    database,
    "labels",
    rows.map(({ label }, i) => labelRow(i, { label: label === 1 ? "true" : "false" })),
  );
  await database.store.labels.resolve(PROJECT, MODEL);
  reference = await database.store.references.fromWindow(PROJECT, {
    ...filter,
    environment: "production",
    id: "reference_1",
    source: "window",
  });
});
afterAll(() => database.close());

const expected = (keep: (row: (typeof rows)[number]) => boolean) => {
  const kept = rows.filter((row) => keep(row) && !row.failed);
  return aggregateBinaryRows({
    labels: kept.map(({ label }) => label),
    scores: kept.map(({ score }) => score),
  });
};

it.each([
  ["a tag", { region: "eu" }, (row: (typeof rows)[number]) => row.region === "eu"],
  ["a boolean feature", { weekend: "true" }, (row: (typeof rows)[number]) => row.weekend],
  ["a number", { distance: "42" }, (row: (typeof rows)[number]) => row.distance === 42],
  [
    "a range of a number, above its lower end and up to its upper one",
    { distance: "100..300" },
    (row: (typeof rows)[number]) => row.distance > 100 && row.distance <= 300,
  ],
  [
    "a tag and a feature together",
    { region: "us", distance: "..200" },
    (row: (typeof rows)[number]) => row.region === "us" && row.distance <= 200,
  ],
])("measures the rows of a segment by %s alone", async (_name, segment, keep) => {
  const [window] = await database.store.performance.windows(PROJECT, { ...filter, segment }, task, DAY_MS);
  expect(window?.aggregate).toMatchObject({
    weightSum: expected(keep).weightSum,
    confusion: expected(keep).confusion,
  });
});

it("knows no rows of a segment that nothing belongs to", async () => {
  const segment = { region: "mars" };
  expect(await database.store.performance.windows(PROJECT, { ...filter, segment }, task, DAY_MS)).toEqual([]);
});

it("breaks predictions down by a tag: values, the rows without it, failures, and the reference beside", async () => {
  const groups = await database.store.performance.breakdown(PROJECT, filter, task, {
    name: "region",
    reference,
  });
  expect(groups.map(({ group, requests }) => [group, requests])).toEqual([
    [{ value: "us" }, rows.filter(({ region }) => region === "us").length],
    [{ value: "eu" }, rows.filter(({ region }) => region === "eu").length],
    [{ value: null }, rows.filter(({ region }) => region === undefined).length],
  ]);
  const eu = groups[1];
  expect(eu?.failed).toBe(rows.filter(({ region, failed }) => region === "eu" && failed).length);
  expect(eu?.aggregate).toMatchObject({ confusion: expected(({ region }) => region === "eu").confusion });
  expect(eu?.reference).toMatchObject({ confusion: expected(({ region }) => region === "eu").confusion });
});

it("knows the mean output of each group, labels or not, and the reference's", async () => {
  const [us] = await database.store.performance.breakdown(PROJECT, filter, task, {
    name: "region",
    reference,
  });
  const scores = rows.filter(({ region }) => region === "us").map(({ score }) => score);
  expect(us?.outputs?.count).toBe(scores.length);
  expect(us?.outputs?.sum).toBeCloseTo(
    scores.reduce((a, b) => a + b, 0),
    9,
  );
  expect(us?.referenceOutputs).toEqual(us?.outputs);
});

it("names what predictions can be broken down by", async () => {
  expect(await database.store.performance.breakdownNames(PROJECT, filter)).toEqual({
    tags: ["region"],
    features: expect.arrayContaining(["weekend"]),
  });
  expect(await database.store.performance.breakdownNames(PROJECT, { ...filter, version: "9" })).toEqual({
    tags: [],
    features: [],
  });
});

it("breaks a number down by ranges of the reference's quantiles, which are segments themselves", async () => {
  const groups = await database.store.performance.breakdown(PROJECT, filter, task, {
    name: "distance",
    reference,
  });
  const values = groups.map(({ group }) => (group === "rest" ? "rest" : group.value));
  expect(values.toSorted()).toEqual(["..120", "120..240", "240..359", "359..479", "479.."]);
  const [first] = groups;
  const segment = { distance: values[0]! };
  const [window] = await database.store.performance.windows(PROJECT, { ...filter, segment }, task, DAY_MS);
  expect(window?.predictions).toBe(first?.predictions);
});

it("pools what lies beyond the twenty most frequent values", async () => {
  const groups = await database.store.performance.breakdown(PROJECT, filter, task, {
    name: "distance",
    reference: undefined,
  });
  expect(groups).toHaveLength(21);
  expect(groups.at(-1)).toMatchObject({ group: "rest", requests: ROWS - 20 });
});

it("counts the requests of a segment by minute, beside those of all traffic", async () => {
  const { serving } = database.store;
  const segment = { region: "eu" };
  await serving.refresh(PROJECT, MODEL, segment);
  await serving.refresh(PROJECT, MODEL);
  const total = async (of: object) =>
    (await serving.counts(PROJECT, { ...filter, ...of }, HOUR_MS)).reduce((sum, one) => sum + one.total, 0);
  expect(await total({ segment })).toBe(rows.filter(({ region }) => region === "eu").length);
  expect(await total({})).toBe(ROWS);
});
