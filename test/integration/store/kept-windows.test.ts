import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DAY_MS, insertRaw, labelRow, MODEL, PROJECT, predictionRow, START, sqlTime } from "./rows.ts";

const DAYS = 4;
const PER_DAY = 100;
const RECEIVED = START + 60 * DAY_MS;
let database: TestDatabase;
let now = RECEIVED;

const task = { task: "binary", positiveClass: "true", threshold: 0.5 } as const;
const filter = {
  model: MODEL,
  version: "1",
  environment: "production",
  from: START,
  to: START + DAYS * DAY_MS,
};
const at = (i: number) => sqlTime(START + Math.floor(i / PER_DAY) * DAY_MS + (i % PER_DAY) * 1_000);
const scored = (i: number) =>
  predictionRow(i, { score: (i % 10) / 10, timestamp: at(i), received_at: wall() });
const wall = () => sqlTime(now);

beforeAll(async () => {
  database = await createTestDatabase({ now: () => now });
  const rows = Array.from({ length: DAYS * PER_DAY }, (_, i) => i);
  await insertRaw(database, "predictions", rows.map(scored));
  await insertRaw(
    database,
    "labels",
    rows.map((i) => labelRow(i, { label: i % 3 === 0 ? "true" : "false", received_at: wall() })),
  );
  await database.store.labels.resolve(PROJECT, MODEL);
});
afterAll(() => database.close());

const kept = () => database.store.performance.keptWindows(PROJECT, filter, task, DAY_MS);
const fromRows = () => database.store.performance.windows(PROJECT, filter, task, DAY_MS);
// Sums come in another order out of ClickHouse.
const rounded = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_key, inner) => (typeof inner === "number" ? inner.toPrecision(9) : inner)),
  );
const keptBodies = async () => {
  const answer = await database.store.client.query({
    query: "SELECT toString(window_start) AS start, came, body FROM window_rollups FINAL ORDER BY start",
    format: "JSONEachRow",
  });
  return (await answer.json()) as { start: string; came: string; body: string }[];
};

it("keeps nothing of windows whose rows may still be on their way", async () => {
  expect(rounded(await kept())).toEqual(rounded(await fromRows()));
  expect(await keptBodies()).toEqual([]);
});

it("keeps windows once they are quiet, and reads what it kept", async () => {
  now += 120_000;
  const expected = await kept();
  expect(rounded(expected)).toEqual(rounded(await fromRows()));
  expect(await keptBodies()).toHaveLength(DAYS);
  expect(await kept()).toEqual(expected);
});

it("reads a window again that a late label or a late prediction touched, and no other", async () => {
  // What was kept is distinguished from what the rows say, so that a window that is read again shows.
  await database.store.client.command({
    query: `INSERT INTO window_rollups SELECT * REPLACE (replaceOne(body, '"predictions":100', '"predictions":77') AS body)
      FROM window_rollups FINAL`,
  });
  expect((await kept()).map(({ predictions }) => predictions)).toEqual([77, 77, 77, 77]);
  await insertRaw(database, "labels", [
    labelRow(PER_DAY, {
      label: "true",
      timestamp: sqlTime(RECEIVED),
      received_at: wall(),
      payload_hash: "9",
    }),
  ]);
  await database.store.labels.resolve(PROJECT, MODEL);
  await insertRaw(database, "predictions", [
    predictionRow(9_999, { score: 0.5, timestamp: sqlTime(START + 3 * DAY_MS), received_at: wall() }),
  ]);
  const touched = await kept();
  expect(touched.map(({ predictions }) => predictions)).toEqual([77, 100, 77, 101]);
  expect(rounded(touched[1])).toEqual(rounded((await fromRows())[1]));
});

it("tells segments and tasks apart, and keeps that a segment had no rows", async () => {
  now += 120_000;
  const nowhere = { ...filter, segment: { region: "nowhere" } };
  const none = () => database.store.performance.keptWindows(PROJECT, nowhere, task, DAY_MS);
  expect(await none()).toEqual([]);
  expect((await keptBodies()).filter(({ body }) => body === "null")).toHaveLength(DAYS);
  expect(await none()).toEqual([]);
  const other = { ...task, positiveClass: "false" };
  const windows = await database.store.performance.keptWindows(PROJECT, filter, other, DAY_MS);
  expect(rounded(windows)).toEqual(
    rounded(await database.store.performance.windows(PROJECT, filter, other, DAY_MS)),
  );
});
