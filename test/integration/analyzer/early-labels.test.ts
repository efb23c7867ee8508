import { type PerformanceWindow, performanceWindowSchema } from "@leeway/core/evaluation";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { at, normal, uniform } from "./seeded-sql.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 0, 5);
const DAYS = 52;
const ROWS = 500;
let database: TestDatabase;
// Each test has a project of its own.
let project: string;
let tests = 0;
let now = 0;

beforeAll(async () => {
  database = await createTestDatabase({ now: () => now });
});
afterAll(() => database.close());
beforeEach(() => {
  project = `project-${++tests}`;
});

const TIME = `(${FROM} + toInt64(number * ${DAY / ROWS}))`;
const SCORE = `(1 / (1 + exp(1.4 - 0.8 * ${normal(1)})))`;

/** Fraud is reported within two days; that all was well is known after one day to a fortnight. From `driftDay` on there is more fraud than the scores say. */
function labels(driftDay: number) {
  const odds = `(${SCORE} / (1 - ${SCORE}) * if(intDiv(number, ${ROWS}) >= ${driftDay}, 1.8, 1))`;
  const isFraud = `(${uniform(3)} < ${odds} / (1 + ${odds}))`;
  const delay = `if(${isFraud}, ${DAY / 2} + 1.5 * ${DAY} * ${uniform(4)}, ${DAY} + 13 * ${DAY} * ${uniform(4)})`;
  return { label: `if(${isFraud}, 'fraud', 'honest')`, comes: `toInt64(${TIME} + ${delay})` };
}

/** stream returns a function that lets a day come: what was predicted and what labels came until then, and a pass over it. */
async function stream(options: { labelDelayMs: number; driftDay: number }) {
  const { store } = database;
  now = FROM;
  await store.records.model.put(
    project,
    "m",
    {
      model: "m",
      task: "binary",
      positive_class: "fraud",
      label_delay: options.labelDelayMs,
      window: DAY,
      configured: true,
      created_at: FROM,
    },
    "test",
  );
  const evaluator = createEvaluator({
    store,
    clocks: createModelClocks({ store, idleMs: 60_000, now: () => now }),
    memory: new Map(),
    backoff: createFailureBackoff(() => now),
    now: () => now,
  });
  const { label, comes } = labels(options.driftDay);
  let seenUntil = FROM;
  return async (day: number): Promise<PerformanceWindow[]> => {
    now = FROM + day * DAY + 1_000;
    const until = FROM + day * DAY;
    const received = at(String(until));
    const isNew = (time: string) => `${time} >= ${seenUntil} AND ${time} < ${until}`;
    await store.client.command({
      query: `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, numbers, score)
        SELECT '${project}', 'm', '1', 'production', toString(number), ${at(TIME)}, ${received}, number, map('x', ${uniform(5)}), ${SCORE}
        FROM numbers(${DAYS * ROWS}) WHERE ${isNew(TIME)}`,
    });
    await store.client.command({
      query: `INSERT INTO labels (project, model, prediction_id, label, timestamp, received_at, payload_hash)
        SELECT '${project}', 'm', toString(number), ${label}, ${at(comes)}, ${received}, number
        FROM numbers(${DAYS * ROWS}) WHERE ${isNew(comes)}`,
    });
    seenUntil = until;
    await evaluator({ project, model: "m" });
    const found = await store.evaluations.list(project, {
      model: "m",
      kind: "performance",
      from: 0,
      to: now,
    });
    return found.map(({ detail }) => performanceWindowSchema.parse(detail));
  };
}

const conceptIncidents = async () =>
  (await database.store.records.incident.list(project)).filter(({ cause }) => cause === "concept_drift");

it("labels of which one class comes sooner are weighed: no false alarm is raised from them, and a true one is", async () => {
  const letCome = await stream({ labelDelayMs: 6 * DAY, driftDay: 39 });
  await letCome(30);
  for (const day of [34, 39, 44]) {
    const windows = await letCome(day);
    const corrected = windows.filter(({ label_bias }) => label_bias?.outcome === "corrected");
    expect(corrected.length, `day ${day}`).toBeGreaterThan(0);
    // Six days after, all of the fraud and some 40 % of the rest have come: taken as they are, they would say 40 % and more.
    for (const { start, metrics, reason, label_coverage } of corrected.filter(
      (window) => window.start < FROM + 39 * DAY,
    )) {
      expect(metrics["positive_rate"]?.value, new Date(start).toISOString()).toBeLessThan(0.33);
      expect(label_coverage).toBeLessThan(0.95);
      expect(reason).toMatch(
        /Corrected: the labels that come early are a biased sample: 100 % of those saying "fraud"/,
      );
    }
    expect(await conceptIncidents(), `day ${day}`).toEqual([]);
  }
  await letCome(48);
  await letCome(51);
  const incidents = await conceptIncidents();
  expect(incidents.map(({ state }) => state)).toEqual(["firing"]);
  expect(incidents[0]!.started_at).toBeGreaterThanOrEqual(FROM + 39 * DAY);
});

it("labels of which hardly any of one class can have come are refused, with the reason, until they have", async () => {
  const letCome = await stream({ labelDelayMs: 12 * HOUR, driftDay: DAYS });
  await letCome(32);
  const windows = await letCome(33);
  const last = windows.findLast(({ start }) => start === FROM + 31 * DAY);
  expect(last).toMatchObject({ outcome: "immature", mature: false, label_bias: { outcome: "refused" } });
  expect(last?.reason).toMatch(/^Not judged yet: .* biased sample: .* too few to weigh for the rest$/);
  expect(await conceptIncidents()).toEqual([]);
});
