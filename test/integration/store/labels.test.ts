import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, insertRaw, labelRow, MODEL, PROJECT, predictionRow, START } from "./rows.ts";

let shared: TestDatabase;
let database: TestDatabase;
beforeAll(async () => {
  shared = await createTestDatabase();
});
afterAll(() => shared.close());
beforeEach(async () => {
  database = await createTestDatabase({ engine: shared.engine });
});

const resolve = () => database.store.labels.resolve(PROJECT, MODEL);
const counts = async () => {
  const { resolved, orphans } = await database.store.labels.summary(PROJECT, MODEL);
  return { resolved, orphans };
};
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const binary = { task: "binary", positiveClass: "true", threshold: 0.5 } as const;
const windowOf = async (version: string, environment: string) => {
  const filter = { model: MODEL, version, environment, from: START, to: START + DAY_MS };
  return (await database.store.performance.windows(PROJECT, filter, binary, DAY_MS))[0];
};

it("joins a label that comes after its prediction", async () => {
  await insertRaw(
    database,
    "predictions",
    range(0, 100).map((i) => predictionRow(i, { score: 0.5 })),
  );
  await insertRaw(
    database,
    "labels",
    range(0, 60).map((i) => labelRow(i)),
  );
  await resolve();
  expect(await counts()).toEqual({ resolved: 60, orphans: 0 });
  expect(await windowOf("1", "production")).toMatchObject({ predictions: 100, labelled: 60 });
});

it("keeps and counts a label whose prediction has not come, and joins it when it comes", async () => {
  await insertRaw(
    database,
    "labels",
    range(0, 10).map((i) => labelRow(i)),
  );
  await resolve();
  expect(await counts()).toEqual({ resolved: 0, orphans: 10 });
  await insertRaw(
    database,
    "predictions",
    range(0, 7).map((i) => predictionRow(i)),
  );
  await resolve();
  expect(await counts()).toEqual({ resolved: 7, orphans: 3 });
});

it("changes nothing when it is repeated, or when labels are sent again", async () => {
  await insertRaw(
    database,
    "predictions",
    range(0, 20).map((i) => predictionRow(i, { score: 0.9 })),
  );
  const labels = range(0, 30).map((i) => labelRow(i));
  await insertRaw(database, "labels", labels);
  await resolve();
  await insertRaw(
    database,
    "labels",
    labels.map((label) => ({ ...label, received_at: predictionRow(0)["received_at"] })),
  );
  await resolve();
  await resolve();
  expect(await counts()).toEqual({ resolved: 20, orphans: 10 });
  expect(await windowOf("1", "production")).toMatchObject({ predictions: 20, labelled: 20 });
});

it("lets the latest timestamp correct earlier labels, whichever was received first", async () => {
  await insertRaw(database, "predictions", [
    predictionRow(0, { score: 0.9 }),
    predictionRow(1, { score: 0.9 }),
  ]);
  const late = labelRow(0)["timestamp"];
  const later = "2026-06-03 00:00:00.000";
  await insertRaw(database, "labels", [
    labelRow(0, { label: "false", timestamp: later, payload_hash: "10" }),
    labelRow(1, { label: "false", timestamp: later, payload_hash: "11" }),
  ]);
  await resolve();
  await insertRaw(database, "labels", [labelRow(0, { label: "true", timestamp: late, payload_hash: "12" })]);
  await resolve();
  const window = await windowOf("1", "production");
  expect(window?.aggregate).toMatchObject({ confusion: { truePositive: 0, falsePositive: 2 } });
  const history = await database.store.client.query({
    query: "SELECT count() AS n FROM labels FINAL WHERE prediction_id = 'p0'",
    format: "JSONEachRow",
  });
  expect(await history.json()).toEqual([{ n: 2 }]);
});

it("gives a label to every version that scored its prediction, also to one that scores it long after", async () => {
  await insertRaw(
    database,
    "predictions",
    range(0, 50).map((i) => predictionRow(i, { score: 0.5 })),
  );
  await insertRaw(
    database,
    "labels",
    range(0, 50).map((i) => labelRow(i)),
  );
  await resolve();
  await insertRaw(
    database,
    "predictions",
    range(0, 50).map((i) => predictionRow(i, { version: "2", environment: "shadow", score: 0.8 })),
  );
  await resolve();
  expect(await windowOf("2", "shadow")).toMatchObject({ predictions: 50, labelled: 50 });
});

it("counts when labels come, as delays in event time", async () => {
  await insertRaw(
    database,
    "predictions",
    range(0, 40).map((i) => predictionRow(i)),
  );
  await insertRaw(
    database,
    "labels",
    range(0, 25).map((i) => labelRow(i)),
  );
  await resolve();
  const filter = { model: MODEL, version: "1", environment: "production", from: START, to: START + HOUR_MS };
  // An hour is 3,600 s: bucket ceil(4·log2(3600)) = 48.
  expect(await database.store.labels.arrivals(PROJECT, filter, HOUR_MS)).toEqual([
    { start: START, predictions: 40, delayBuckets: [48], delayCounts: [25] },
  ]);
});
