import { type Evaluation, performanceWindowSchema } from "@leeway/core/evaluation";
import type { Model } from "@leeway/core/records";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { insertTraffic, type TrafficPlan } from "./synthetic-traffic.ts";

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);
const CHANGE = 15;
const RECEIVED = Date.UTC(2026, 5, 1);
const plan: TrafficPlan = {
  model: "flights",
  version: "1",
  from: FROM,
  days: 20,
  rowsPerDay: 600,
  seed: 7,
  labelDelayMs: 6 * 3_600_000,
  receivedAt: RECEIVED - 1_000,
};
const classes = (yes: string, no: string, threshold = 0.35): Partial<TrafficPlan> => ({
  predicted: (score) => (score >= threshold ? yes : no),
  label: (label) => (label === "true" ? yes : no),
});
let database: TestDatabase;
// Each test has a project of its own.
let project: string;
let tests = 0;

beforeAll(async () => {
  database = await createTestDatabase({ now: () => RECEIVED });
});
afterAll(() => database.close());
beforeEach(() => {
  project = `project-${++tests}`;
});

describe("classes that nobody configured fully", () => {
  it("takes 1 of 0 and 1 for the positive class of a model that was only called binary", async () => {
    await evaluated({ ...plan, ...classes("1", "0") }, { task: "binary" });
    const last = await lastPerformance();
    expect(last.outcome).toBe("ok");
    expect(last.detail.basis?.positive_class).toBe("1");
    expect(last.detail.metrics["accuracy"]?.value).toBeLessThan(0.95);
  });

  it("takes the class that is predicted where scores are high, whatever its name", async () => {
    await evaluated({ ...plan, ...classes("fraud", "ok") });
    const last = await lastPerformance();
    expect(last.outcome).toBe("ok");
    expect(last.detail.basis?.positive_class).toBe("fraud");
    const { realised, value } = last.detail.basis!.signals.find(({ name }) => name === "excess_log_loss")!;
    expect(Math.abs(value / realised!)).toBeLessThan(0.2);
  });

  it("judges nothing by a positive class that nothing carries, and names what is carried", async () => {
    await evaluated({ ...plan, ...classes("1", "0") }, { task: "binary", positive_class: "true" });
    const last = await lastPerformance();
    expect(last.outcome).toBe("not_defined");
    expect(last.reason).toMatch(/"true": predictions carry "0" and "1", labels carry "0" and "1"/);
    expect(valuesOf(last.detail)).toEqual([null]);
  });

  it("says that a positive class looks inverted, and judges and estimates nothing", async () => {
    await evaluated({ ...plan, ...classes("fraud", "ok") }, { task: "binary", positive_class: "ok" });
    const last = await lastPerformance();
    expect(last.outcome).toBe("not_defined");
    expect(last.reason).toContain('The positive class "ok" looks inverted');
    expect(valuesOf(last.detail)).toEqual([null]);
  });

  it("names both vocabularies where predictions and labels differ in case only", async () => {
    const spelt = {
      ...classes("Fraud", "Ok"),
      label: (label: string) => (label === "true" ? "fraud" : "ok"),
    };
    await evaluated({ ...plan, ...spelt });
    const last = await lastPerformance();
    expect(last.outcome).toBe("not_defined");
    for (const name of ["Fraud", "fraud", "Ok", "ok"]) expect(last.reason).toContain(`"${name}"`);
    expect(last.reason).toContain("upper and lower case");
  });
});

describe("labels that change", () => {
  it.each<[string, NonNullable<TrafficPlan["label"]>, RegExp]>([
    [
      "are spelt differently",
      (label, day) => (day < CHANGE ? (label === "true" ? "1" : "0") : label),
      /^Labels are spelt differently since 2026-01-20: .*1 → true/,
    ],
    [
      "are of other words",
      (label, day) => (day < CHANGE ? (label === "true" ? "1" : "0") : label === "true" ? "bad" : "good"),
      /^Labels are spelt differently since 2026-01-20: .*1 → bad/,
    ],
    [
      "are flipped",
      (label, day) => ((label === "true") === day < CHANGE ? "1" : "0"),
      /^Labels look flipped since 2026-01-20/,
    ],
  ])("%s: the labels are to blame, never the model", async (_situation, label, says) => {
    const store = await evaluated({ ...plan, predicted: (score) => (score >= 0.35 ? "1" : "0"), label });
    const incidents = await store.records.incident.list(project);
    expect(incidents.map(({ cause }) => cause)).toEqual(["labels"]);
    expect(incidents[0]?.started_at).toBe(FROM + CHANGE * DAY);
    const last = await lastPerformance();
    expect([last.outcome, last.cause]).toEqual(["alarm", "labels"]);
    expect(last.reason).toMatch(says);
  });

  it("of a regressor are too large to compute with: they came, and are not missing", async () => {
    const values: TrafficPlan["values"] = (random, day) => {
      const truth = 50 + 20 * random();
      return { predicted: truth + random(), truth: day < CHANGE ? truth : 1e300 };
    };
    const store = await evaluated({ ...plan, values }, { task: "regression" });
    const labels = (await verdicts("labels")).at(-1)!;
    expect([labels.outcome, labels.cause]).toEqual(["alarm", "labels"]);
    expect(labels.reason).toContain("600 labels came and cannot be used: beyond ±1e70");
    expect((await lastPerformance()).reason).toContain("600 labels came and cannot be used");
    const causes = (await store.records.incident.list(project)).map(({ cause }) => cause);
    expect(causes).toEqual(["labels"]);
  });
});

describe("a range that is asked for", () => {
  it("passes where windows were judged, and not where none lies in it or no monitor is enabled", async () => {
    const store = await evaluated({ ...plan, ...classes("1", "0") }, { task: "binary" });
    const judge = async (from: number, to: number) => {
      const range = { from, to, raise: false };
      return (await evaluator()({ project, model: "flights", range })).result;
    };
    expect(await judge(FROM + 10 * DAY, FROM + 12 * DAY)).toMatchObject({ verdict: "pass", judged: 2 });
    expect(await judge(FROM - 9 * DAY, FROM - 5 * DAY)).toMatchObject({ verdict: "not_judged", judged: 0 });
    for (const monitor of await store.records.monitor.list(project)) {
      await store.records.monitor.put(project, monitor.id, { ...monitor, enabled: false }, "a person");
    }
    const disabled = await judge(FROM + 10 * DAY, FROM + 12 * DAY);
    expect(disabled).toMatchObject({ windows: 0, verdict: "not_judged" });
    expect(disabled.reason).toContain("no monitor is enabled");
  });
});

async function evaluated(traffic: TrafficPlan, settings?: Pick<Model, "task" | "positive_class">) {
  const { store } = database;
  if (settings !== undefined) {
    const model: Model = { ...settings, model: "flights", configured: true, created_at: FROM };
    await store.records.model.put(project, "flights", model, "a person");
  }
  await insertTraffic(store, traffic, project);
  await evaluator()({ project, model: "flights" });
  return store;
}

function evaluator() {
  const { store } = database;
  return createEvaluator({
    store,
    clocks: createModelClocks({ store, idleMs: 60_000, now: () => RECEIVED }),
    memory: new Map(),
    backoff: createFailureBackoff(() => RECEIVED),
    now: () => RECEIVED,
  });
}

function verdicts(kind: Evaluation["kind"]): Promise<Evaluation[]> {
  const filter = { model: "flights", kind, from: 0, to: RECEIVED * 2 };
  return database.store.evaluations.list(project, filter);
}

// The last windows may still wait for their labels.
async function lastPerformance() {
  const judged = (await verdicts("performance")).filter(({ outcome }) => outcome !== "immature");
  const last = judged.at(-1)!;
  return { ...last, detail: performanceWindowSchema.parse(last.detail) };
}

function valuesOf({ metrics, estimated = {} }: ReturnType<typeof performanceWindowSchema.parse>) {
  return [...new Set([...Object.values(metrics), ...Object.values(estimated)].map(({ value }) => value))];
}
