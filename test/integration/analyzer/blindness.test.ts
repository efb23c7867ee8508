import { readHealth, type Store } from "@leeway/store";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { insertTraffic } from "./synthetic-traffic.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 0, 5);
const LEARNED = 20;

let now = FROM + LEARNED * DAY + HOUR;
let database: TestDatabase;
let store: Store;
let days = 0;

beforeAll(async () => {
  database = await createTestDatabase({ now: () => now });
  store = database.store;
});
afterAll(() => database.close());

// One evaluator for all passes, as the process has.
const createPasses = () => {
  const pass = createEvaluator({
    store,
    clocks: createModelClocks({ store, idleMs: 60_000, now: () => now }),
    memory: new Map(),
    backoff: createFailureBackoff(() => now),
    now: () => now,
  });
  return async () => {
    for (let passes = 0; passes < 20; passes++) {
      if ((await pass({ project: "default", model: "flights" })).isComplete) return;
    }
    throw new Error("twenty passes did not suffice");
  };
};

async function sendDays(count: number): Promise<void> {
  now = FROM + (days + count) * DAY + HOUR;
  await insertTraffic(store, {
    ...{
      model: "flights",
      version: "1",
      from: FROM + days * DAY,
      days: count,
      rowsPerDay: 600,
      seed: days + 1,
    },
    ...{ idPrefix: `from-${days}`, receivedAt: now - 120_000 },
  });
  days += count;
}

const incidents = async () =>
  (await store.records.incident.list("default")).map(({ cause, state, started_at }) => ({
    ...{ cause, state, day: (started_at - FROM) / DAY },
  }));
const health = async () => (await readHealth(store, "default", { now }))[0];
const notified = async () =>
  (await store.records.notification.list("default")).map((one) => [one.channel_id, one.transition]);

it("a model whose roll-ups cannot be read is blind after two windows: in its health, in an incident and on its channel; and is judged in full once they can", async () => {
  const receiver = { kind: "webhook", url: "https://example.org/hook", secret: "s".repeat(32) } as const;
  const channel = { ...receiver, id: "hook", name: "On call", enabled: true, created_at: FROM };
  await store.records.channel.put("default", "hook", channel, "a person");
  const evaluate = createPasses();
  await sendDays(LEARNED);
  await evaluate();
  expect(await health()).toMatchObject({ state: "healthy" });
  expect([await incidents(), await notified()]).toEqual([[], []]);

  await store.client.command({
    query: "ALTER TABLE feature_profiles RENAME COLUMN quantiles TO quantiles_away",
  });
  await sendDays(1);
  await evaluate();
  expect(await incidents()).toEqual([]);
  expect(await health()).toMatchObject({ state: "blind" });
  await sendDays(2);
  await evaluate();
  expect(await incidents()).toEqual([{ cause: "blind", state: "firing", day: LEARNED }]);
  expect(await notified()).toEqual([["hook", "fired"]]);
  const blind = await health();
  expect(blind).toMatchObject({ state: "blind", since: FROM + LEARNED * DAY });
  expect(blind?.sentence).toContain("quantiles");

  await store.client.command({
    query: "ALTER TABLE feature_profiles RENAME COLUMN quantiles_away TO quantiles",
  });
  await sendDays(1);
  await evaluate();
  expect(await incidents()).toEqual([{ cause: "blind", state: "resolved", day: LEARNED }]);
  expect(await health()).toMatchObject({ state: "healthy" });
  const filter = { model: "flights", kind: "drift", from: FROM, to: now } as const;
  const verdicts = await store.evaluations.list("default", filter);
  const late = verdicts.filter(({ window_start }) => window_start >= FROM + LEARNED * DAY);
  expect(late.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 4 }, () => "ok"));
});
