import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { patience } from "../../machine/patience.ts";
import { at, normal } from "./seeded-sql.ts";

const HOUR = 3_600_000;
const WINDOW = 28 * 24 * HOUR;
const HOURS = 100_000;
/** The feature moves by five standard deviations in the last windows. */
const MOVED_HOURS = 3 * 28 * 24;
const FROM = Date.UTC(2015, 0, 5);
const UNTIL = FROM + HOURS * HOUR;
const MOST_PASSES = 40;

let now = UNTIL;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ now: () => now });
});
afterAll(() => database.close());

// Some hundred statements: how long they take is the machine's affair, so the limit is generous.
it(
  "judges eleven years of hours up to the newest window, and sees the drift at their end",
  async () => {
    const { store } = database;
    const time = at(`(${FROM} + toInt64(number) * ${HOUR})`);
    await store.client.command({
      query: `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, numbers, score)
      SELECT 'default', 'station', '1', 'production', toString(number), ${time}, ${at(String(UNTIL))}, number,
        map('pressure', ${normal(1)} + if(number >= ${HOURS - MOVED_HOURS}, 5, 0)), 0.5
      FROM numbers(${HOURS})`,
    });
    await store.records.model.put(
      "default",
      "station",
      { model: "station", task: "binary", window: WINDOW, configured: true, created_at: FROM },
      "test",
    );
    await store.records.reference.put(
      "default",
      "first-year",
      await store.references.fromWindow("default", {
        id: "first-year",
        model: "station",
        version: "1",
        environment: "production",
        source: "window",
        from: FROM,
        to: FROM + 365 * 24 * HOUR,
      }),
      "test",
    );
    const evaluator = createEvaluator({
      store,
      clocks: createModelClocks({ store, idleMs: 60_000, now: () => now }),
      memory: new Map(),
      backoff: createFailureBackoff(() => now),
      now: () => now,
    });
    const drift = () =>
      store.evaluations.list("default", { model: "station", kind: "drift", from: 0, to: now });
    const windows = Math.floor(HOURS / (28 * 24)) - 1;
    for (let pass = 0; pass < MOST_PASSES && (await drift()).length < windows; pass++) {
      now += 120_000;
      await evaluator({ project: "default", model: "station" });
    }
    const verdicts = await drift();
    expect(verdicts.length).toBeGreaterThanOrEqual(windows);
    expect(verdicts.filter(({ outcome }) => outcome === "error")).toEqual([]);
    expect(verdicts.slice(-2).map(({ outcome }) => outcome)).toEqual(["alarm", "alarm"]);
  },
  patience(400_000),
);
