import type { Evaluation } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { insertTraffic } from "./synthetic-traffic.ts";

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);
const NOW = Date.UTC(2026, 5, 1);
const DAYS = 24;
const CHANGE = 14;
const PROJECT = "default";
let database: TestDatabase;

const monitor = (
  id: string,
  kind: Monitor["kind"],
  segment: Record<string, string>,
  model = "flights",
): Monitor => ({
  id,
  model,
  kind,
  environment: "production",
  window: DAY,
  segment,
  minimum_count: 30,
  enabled: true,
  automatic: false,
  created_at: FROM,
});

beforeAll(async () => {
  database = await createTestDatabase({ now: () => NOW });
  const { store } = database;
  const traffic = {
    model: "flights",
    version: "1",
    from: FROM,
    rowsPerDay: 1_500,
    seed: 11,
    receivedAt: NOW - 120_000,
    truth: (score: number, day: number, region: string) =>
      region === "eu" && day >= CHANGE ? Math.min(1, score * 1.7) : score,
  };
  await insertTraffic(store, { ...traffic, days: DAYS });
  await store.records.monitor.put(PROJECT, "eu", monitor("eu", "performance", { region: "eu" }), "test");
  await store.records.monitor.put(PROJECT, "us", monitor("us", "performance", { region: "us" }), "test");
  await store.records.monitor.put(PROJECT, "ua", monitor("ua", "performance", { carrier: "UA" }), "test");
  await store.records.monitor.put(
    PROJECT,
    "requests",
    monitor("requests", "volume", { region: "us" }),
    "test",
  );
  // The us always fly three times as far; what the eu fly changes.
  await insertTraffic(store, {
    model: "fares",
    version: "1",
    from: FROM,
    days: DAYS,
    rowsPerDay: 1_500,
    seed: 12,
    receivedAt: NOW - 120_000,
    distance: (value, day, _replica, region) =>
      region === "us" ? 3 * value : day >= CHANGE ? 1.4 * value : value,
  });
  for (const [id, segment] of [
    ["inputs-us", { region: "us" }],
    ["inputs-eu", { region: "eu" }],
    ["inputs-ua", { region: "us", carrier: "UA" }],
    ["inputs-rare", { distance: "6540.." }],
  ] as const) {
    await store.records.monitor.put(PROJECT, id, monitor(id, "drift", segment, "fares"), "test");
  }
  const evaluator = createEvaluator({
    store,
    clocks: createModelClocks({ store, idleMs: 60_000, now: () => NOW }),
    memory: new Map(),
    backoff: createFailureBackoff(() => NOW),
    now: () => NOW,
  });
  await evaluator({ project: PROJECT, model: "flights" });
  await evaluator({ project: PROJECT, model: "fares" });
});
afterAll(() => database.close());

describe("a performance monitor of a segment", () => {
  it("alarms where the segment's outcome changed, names it, and stays quiet elsewhere", async () => {
    const eu = await verdicts("eu");
    const firstAlarm = eu.find(({ outcome }) => outcome === "alarm");
    expect(firstAlarm?.segment).toBe("region=eu");
    expect(firstAlarm?.reason).toMatch(/^region=eu: /);
    expect(firstAlarm!.window_start).toBeGreaterThanOrEqual(FROM + CHANGE * DAY);
    expect(firstAlarm!.window_start).toBeLessThanOrEqual(FROM + (CHANGE + 3) * DAY);
    expect((await verdicts("us")).map(({ outcome }) => outcome)).not.toContain("alarm");
  });

  it("counts the segment's rows only, by tag or by feature", async () => {
    const [eu, ua] = await Promise.all([verdicts("eu"), verdicts("ua")]);
    expect(eu.map(({ detail }) => detail["predictions"])).toEqual(Array(DAYS).fill(500));
    const ofCarrier = ua.map(({ detail }) => Number(detail["predictions"]));
    expect(Math.min(...ofCarrier)).toBeGreaterThan(300);
    expect(Math.max(...ofCarrier)).toBeLessThan(450);
  });
});

describe("a drift monitor of a segment", () => {
  it("stays quiet where the segment always differed from the rest, and tells when it changes", async () => {
    const outcomes = async (id: string) => (await verdicts(id)).map(({ outcome }) => outcome);
    expect(await outcomes("inputs-us")).toContain("ok");
    expect(await outcomes("inputs-us")).not.toContain("alarm");
    expect(await outcomes("inputs-ua")).toContain("ok");
    expect(await outcomes("inputs-ua")).not.toContain("alarm");
    const changed = await verdicts("inputs-eu");
    const firstAlarm = changed.find(({ outcome }) => outcome === "alarm");
    expect(firstAlarm?.reason).toMatch(/^region=eu: .*distance/);
    expect(firstAlarm!.window_start).toBeGreaterThanOrEqual(FROM + CHANGE * DAY);
    expect(firstAlarm!.window_start).toBeLessThanOrEqual(FROM + (CHANGE + 2) * DAY);
  });

  it("says so where the reference knows too little of the segment", async () => {
    const judged = (await verdicts("inputs-rare")).filter(({ outcome }) => outcome !== "no_data");
    expect(new Set(judged.map(({ outcome }) => outcome))).toEqual(new Set(["insufficient_data"]));
    expect(judged.at(-1)?.reason).toMatch(/rows of distance=6540\.\., 200 are needed/);
  });
});

describe("a volume monitor of a segment", () => {
  it("counts the segment's requests", async () => {
    const requests = await verdicts("requests");
    expect(requests.map(({ detail }) => detail["count"])).toEqual(Array(DAYS).fill(1_000));
    expect(requests.at(-1)).toMatchObject({ outcome: "ok", segment: "region=us" });
  });
});

function verdicts(monitorId: string): Promise<Evaluation[]> {
  const model = monitorId.startsWith("inputs-") ? "fares" : "flights";
  return database.store.evaluations.list(PROJECT, { model, monitorId, from: 0, to: NOW });
}
