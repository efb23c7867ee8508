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

it("counts good requests exactly at an objective's own threshold, and tells failed ones and those without a latency apart", async () => {
  const model = "objective";
  const row = (i: number, latency: number | null, error = "") => ({
    ...predictionRow(i, { latency_ms: latency, error }),
    model,
    id: `objective-${i}`,
  });
  // 99 ms lies in the same 5 % bucket as 100 ms: a histogram cannot tell them apart.
  await insertRaw(database, "predictions", [
    ...Array.from({ length: 90 }, (_, i) => row(i, 99)),
    row(90, 100),
    row(91, 100.001),
    row(92, 102),
    row(93, 3, "timeout"),
    row(94, null),
    row(95, null, "timeout"),
  ]);
  now += 120_000;
  const scope = { model, thresholdMs: 100 };
  expect(await database.store.serving.refreshObjective(PROJECT, scope)).toBe(1);
  const events = await database.store.serving.objectiveEvents(PROJECT, {
    ...scope,
    environment: "production",
    from: START,
    to: START + DAY_MS,
    coarseBefore: START,
  });
  const total = (of: "total" | "good" | "failed" | "untimed") =>
    (events.get("1") ?? []).reduce((sum, one) => sum + (one[of] ?? 0), 0);
  expect([total("total"), total("good"), total("failed"), total("untimed")]).toEqual([95, 91, 2, 1]);
});
