import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, insertRaw, MODEL, PROJECT, predictionRow, START, sqlTime } from "./rows.ts";

let database: TestDatabase;
let now = Date.now();
beforeAll(async () => {
  database = await createTestDatabase({ now: () => now });
});
afterAll(() => database.close());

const filter = { model: MODEL, version: "1", environment: "production", from: START, to: START + DAY_MS };

it("counts requests, failures and slow ones per minute, once, however often rows are sent", async () => {
  const rows = Array.from({ length: 4_000 }, (_, i) =>
    predictionRow(i, { latency_ms: i % 100 === 0 ? 500 : 10, error: i % 1_000 === 7 ? "timeout" : "" }),
  );
  await insertRaw(database, "predictions", rows);
  await insertRaw(
    database,
    "predictions",
    rows.map((row) => ({ ...row })),
  );
  now = Date.now() + 5_000;
  expect(await database.store.serving.refresh(PROJECT, MODEL)).toBe(2);
  const [day] = await database.store.serving.windows(PROJECT, filter, DAY_MS);
  expect(day).toMatchObject({ start: START, total: 4_000, errors: 4 });
  expect(day?.latency.counts.reduce((sum, count) => sum + count, 0)).toBe(4_000);
  const minutes = await database.store.serving.goodMinutes(PROJECT, filter, 100);
  expect(minutes).toHaveLength(67);
  expect(minutes.reduce((sum, { good }) => sum + good, 0)).toBe(4_000 - 40 - 4);
});

it("recomputes exactly the hours that got rows since, and once more after a minute of quiet", async () => {
  expect(await database.store.serving.refresh(PROJECT, MODEL)).toBe(0);
  const receivedAt = now + 5_000;
  now = receivedAt + 5_000;
  await insertRaw(database, "predictions", [
    predictionRow(3_700, { id: "late", latency_ms: 20, received_at: sqlTime(receivedAt) }),
  ]);
  expect(await database.store.activity.dirtyHours(PROJECT, MODEL, "serving")).toEqual([
    expect.objectContaining({ version: "1", environment: "production", hour: START + HOUR_MS }),
  ]);
  expect(await database.store.serving.refresh(PROJECT, MODEL)).toBe(1);
  expect((await database.store.serving.windows(PROJECT, filter, DAY_MS))[0]).toMatchObject({ total: 4_001 });
  now += 120_000;
  expect(await database.store.serving.refresh(PROJECT, MODEL)).toBe(2);
  now += 1;
  expect(await database.store.serving.refresh(PROJECT, MODEL)).toBe(0);
});

it("holds rows that were stamped long before they came, by a slow clock or in an insert that took minutes", async () => {
  const stampedAt = now - 300_000;
  await insertRaw(database, "predictions", [
    predictionRow(3_701, { id: "stamped-long-ago", latency_ms: 20, received_at: sqlTime(stampedAt) }),
  ]);
  expect(await database.store.serving.refresh(PROJECT, MODEL)).toBe(1);
  expect((await database.store.serving.windows(PROJECT, filter, DAY_MS))[0]).toMatchObject({ total: 4_002 });
  expect(await database.store.serving.refresh(PROJECT, MODEL)).toBe(0);
});

it("replaces what it computed before even where the clock was set back an hour", async () => {
  now -= HOUR_MS;
  await insertRaw(database, "predictions", [
    predictionRow(3_702, { id: "after-the-step", latency_ms: 20, received_at: sqlTime(now) }),
  ]);
  expect(await database.store.serving.refresh(PROJECT, MODEL)).toBe(1);
  expect((await database.store.serving.windows(PROJECT, filter, DAY_MS))[0]).toMatchObject({ total: 4_003 });
});
