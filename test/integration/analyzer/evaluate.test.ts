import type { Channel } from "@leeway/core/channels";
import { LeewayError } from "@leeway/core/errors";
import { driftWindowSchema, type Evaluation } from "@leeway/core/evaluation";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { insertTraffic, type TrafficPlan } from "./synthetic-traffic.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 0, 5);
const RECEIVED = Date.UTC(2026, 5, 1);
let database: TestDatabase;
// Each test has a project of its own.
let project: string;
let tests = 0;
let now = RECEIVED;

const plan: TrafficPlan = {
  model: "flights",
  version: "1",
  from: FROM,
  days: 24,
  rowsPerDay: 600,
  seed: 7,
  labelDelayMs: 6 * HOUR,
  receivedAt: RECEIVED - 1_000,
};

const team: Channel = {
  ...{ id: "team", name: "team", enabled: true, created_at: 0 },
  ...{ kind: "slack", slack_channel: "C1" },
};

beforeAll(async () => {
  database = await createTestDatabase({ now: () => now });
});
afterAll(() => database.close());
beforeEach(() => {
  now = RECEIVED;
  project = `project-${++tests}`;
});

describe("a pass over a model nobody configured", () => {
  it("makes its records, takes the first days as reference and stays quiet where nothing changed", async () => {
    const { evaluator, store } = world();
    await send(plan);
    await evaluator({ project, model: "flights" });
    const monitors = await store.records.monitor.list(project);
    expect(monitors.map(({ kind, window }) => [kind, window]).sort()).toEqual([
      ["drift", DAY],
      ["labels", DAY],
      ["performance", DAY],
      ["volume", DAY],
    ]);
    expect(await store.records.model.get(project, "flights")).toMatchObject({
      task: "binary",
      positive_class: "true",
      configured: false,
    });
    expect((await store.records.reference.list(project))[0]).toMatchObject({
      source: "automatic",
      version: "1",
    });
    expect(await store.records.incident.list(project)).toEqual([]);
    const drift = await verdicts(store, "drift");
    expect(drift).toHaveLength(24);
    expect(new Set(drift.slice(3).map(({ outcome }) => outcome))).toEqual(new Set(["ok"]));
    const performance = await verdicts(store, "performance");
    expect(performance.at(-3)?.outcome).toBe("ok");
  });

  it("tells which replica alone sends broken values", async () => {
    const { evaluator, store } = world();
    await send({
      ...plan,
      distance: (value, day, replica) => (day >= 15 && replica === "b" ? -1 : value),
    });
    await evaluator({ project, model: "flights" });
    const [incident] = await store.records.incident.list(project);
    expect(incident?.cause).toBe("pipeline");
    expect(incident?.summary).toContain(
      "only replica=b (25 % of the rows) has drifted, the other 3 have not",
    );
    const last = (await verdicts(store, "drift")).at(-1);
    const { sources } = driftWindowSchema.parse(last?.detail);
    expect(sources?.filter(({ drifted }) => drifted).map(({ tag, value }) => [tag, value])).toContainEqual([
      "replica",
      "b",
    ]);
    expect(sources).toHaveLength(6);
  });

  it("tells features that stop moving together, each of them unchanged, as joint drift", async () => {
    const { evaluator, store } = world();
    await send({ ...plan, coupling: (day) => (day < 15 ? 0.9 : 0) });
    await evaluator({ project, model: "flights" });
    const [incident] = await store.records.incident.list(project);
    expect(incident?.cause).toBe("input_drift");
    expect(
      incident?.features
        .slice(0, 2)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["detour", "distance"]);
    const drift = (await verdicts(store, "drift")).map(({ detail }) => driftWindowSchema.parse(detail));
    expect(drift[10]?.multivariate).toMatchObject({ drifted: false, rows: 600 });
    expect(drift[16]?.multivariate).toMatchObject({ drifted: true });
    expect(drift[16]?.multivariate?.auc_low).toBeGreaterThan(0.6);
    expect(drift[16]?.multivariate?.pairs[0]?.reference_correlation).toBeGreaterThan(0.8);
  });

  it("tells comments made of other characters, none longer than before, with the share that moved", async () => {
    const { evaluator, store } = world();
    const word = (random: () => number) => String(Math.floor(random() * 1e6)).padStart(6, "0");
    const comment = (random: () => number, day: number) =>
      Array.from({ length: 4 + Math.floor(random() * 6) }, () =>
        random() < (day < 15 ? 0.05 : 0.5)
          ? word(random)
          : word(random).replace(/\d/g, (digit) => "abcdefghij"[Number(digit)]!),
      ).join(" ");
    await send({ ...plan, comment });
    await evaluator({ project, model: "flights" });
    const [incident, ...others] = await store.records.incident.list(project);
    expect(others).toEqual([]);
    expect(incident?.cause).toBe("input_drift");
    expect(incident?.features[0]?.name).toBe("comment");
    expect(incident?.summary).toMatch(/comment: share of (digits|letters) \d+(\.\d)? % against/);
    expect(incident?.started_at).toBeLessThanOrEqual(FROM + 16 * DAY);
    const drift = (await verdicts(store, "drift")).map(({ detail }) => driftWindowSchema.parse(detail));
    expect(drift[10]?.features["comment"]).toMatchObject({
      type: "text",
      drifted: false,
      text: { rows: 500 },
    });
    expect(drift[16]?.features["comment"]).toMatchObject({ drifted: true, text: { drifted: true } });
  });

  it("tells an embedding that moved while every feature stayed", async () => {
    const { evaluator, store } = world();
    const embedding = (random: () => number, day: number) =>
      Array.from({ length: 16 }, (_, k) => random() + random() + (day >= 15 && k < 4 ? 0.4 : 0));
    await send({ ...plan, embedding });
    await evaluator({ project, model: "flights" });
    const [incident, ...others] = await store.records.incident.list(project);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ cause: "input_drift", features: [{ name: "comment" }] });
    expect(incident?.summary).toContain("comment: the mean embedding lies 0.");
    expect(incident?.started_at).toBeLessThanOrEqual(FROM + 16 * DAY);
    const drift = (await verdicts(store, "drift")).map(({ detail }) => driftWindowSchema.parse(detail));
    expect(drift[10]?.features["comment"]).toMatchObject({
      type: "embedding",
      drifted: false,
      embedding: { dimensions: 16, rows: 200, reference_rows: 200 },
    });
    expect(drift[16]?.features["comment"]).toMatchObject({ type: "embedding", drifted: true });
  });

  it("tells a unit change as a broken pipeline that names the feature, and writes nothing new when the same windows are judged again", async () => {
    const { evaluator, store } = world();
    await send({
      ...plan,
      distance: (value, day) => (day >= 15 && day < 18 ? value * 1.609344 : value),
    });
    await evaluator({ project, model: "flights" });
    const incidents = await store.records.incident.list(project);
    expect(incidents.map(({ cause }) => cause)).toEqual(["pipeline"]);
    // With three reference days the bar is high: the second window confirms the first.
    expect(incidents[0]?.started_at).toBeLessThanOrEqual(FROM + 16 * DAY);
    expect(incidents[0]?.state).toBe("resolved");
    expect(incidents[0]?.features[0]?.name).toBe("distance");
    const before = await everything(store);
    // A fresh process has forgotten everything but the store.
    await restart(store)({ project, model: "flights" });
    expect(await everything(store)).toEqual(before);
  });

  it("tells concept drift where the outcome changed and the inputs didn't", async () => {
    const { evaluator, store } = world();
    await send({
      ...plan,
      truth: (score, day) => (day >= 14 ? Math.min(1, score * 1.6) : score),
    });
    await evaluator({ project, model: "flights" });
    const incidents = await store.records.incident.list(project);
    expect(incidents.map(({ cause, state }) => [cause, state])).toEqual([["concept_drift", "firing"]]);
    expect(incidents[0]!.started_at).toBeLessThanOrEqual(FROM + 18 * DAY);
    expect(incidents[0]!.started_at).toBeGreaterThanOrEqual(FROM + 14 * DAY);
  });

  it("revises the windows that late labels touch, and no others", async () => {
    const { evaluator, store } = world();
    await send({ ...plan, days: 12 });
    await evaluator({ project, model: "flights" });
    now += 120_000;
    await store.client.insert({
      table: "labels",
      values: Array.from({ length: 300 }, (_, row) => ({
        project,
        model: "flights",
        prediction_id: `flights-1-10-${row}`,
        label: "true",
        timestamp: new Date(FROM + 13 * DAY).toISOString().replace("T", " ").replace("Z", ""),
        received_at: new Date(now).toISOString().replace("T", " ").replace("Z", ""),
        payload_hash: String(9_000_000 + row),
      })),
      format: "JSONEachRow",
    });
    now += 1_000;
    await evaluator({ project, model: "flights" });
    const performance = await verdicts(store, "performance");
    const revised = performance
      .filter(({ revision }) => revision > 1)
      .map(({ window_start }) => window_start);
    expect(revised).toContain(FROM + 10 * DAY);
    expect(revised.every((start) => start >= FROM + 9 * DAY)).toBe(true);
    expect(performance.find(({ window_start }) => window_start === FROM + 10 * DAY)?.outcome).toBe("alarm");
  });
});

describe("a monitor that cannot be judged", () => {
  it("says so on its first owed window, keeps no other from being judged, and is judged in full once it can be", async () => {
    const { evaluator, store } = world();
    await send({ ...plan, days: 10 });
    await evaluator({ project, model: "flights" });
    await send({
      ...plan,
      from: FROM + 10 * DAY,
      days: 4,
      idPrefix: "more",
      receivedAt: RECEIVED,
    });
    now += 1;
    const broken = restart({
      ...store,
      profiles: { ...store.profiles, windows: () => Promise.reject(new Error("unknown column")) },
    });
    for (let i = 0; i < 3; i++) await broken({ project, model: "flights" });
    expect((await verdicts(store, "volume")).at(-1)?.window_end).toBe(FROM + 14 * DAY);
    const failed = (await verdicts(store, "drift")).filter(({ outcome }) => outcome === "error");
    expect(failed.map(({ window_start, reason }) => [window_start, reason])).toEqual([
      [FROM + 10 * DAY, "This window could not be judged: unknown column"],
    ]);
    now += 1_000;
    await evaluator({ project, model: "flights" });
    const drift = await verdicts(store, "drift");
    expect(drift.map(({ window_start }) => window_start)).toEqual(
      Array.from({ length: 14 }, (_, day) => FROM + day * DAY),
    );
    expect(drift[10]).toMatchObject({ outcome: "ok", revision: 2 });
  });

  it("leaves no verdict while the store is overloaded, stores what the others gave, and is owed at the next pass", async () => {
    const { evaluator, store } = world();
    await send({ ...plan, days: 6 });
    const overloaded = new LeewayError("store_overloaded", "memory limit exceeded");
    const broken = restart({
      ...store,
      profiles: { ...store.profiles, windows: () => Promise.reject(overloaded) },
    });
    await expect(broken({ project, model: "flights" })).rejects.toThrow("memory limit");
    expect(await verdicts(store, "drift")).toEqual([]);
    const volume = await verdicts(store, "volume");
    expect(volume.length).toBeGreaterThan(0);
    await evaluator({ project, model: "flights" });
    const drift = await verdicts(store, "drift");
    expect(drift).toHaveLength(volume.length);
    expect(drift.filter(({ outcome }) => outcome === "error")).toEqual([]);
  });
});

describe("a range job", () => {
  it("answers with the alarms that would have been raised, and raises none unless asked", async () => {
    const { evaluator, store } = world();
    await send({
      ...plan,
      distance: (value, day) => (day >= 15 && day < 18 ? value * 1.609344 : value),
    });
    const range = { from: FROM, to: FROM + 24 * DAY, raise: false };
    const pass = await evaluator({ project, model: "flights", range });
    expect(pass.result.windows).toBeGreaterThan(23);
    expect(pass.result.alarms).toHaveLength(1);
    expect(pass.result.alarms[0]).toMatchObject({ cause: "pipeline", features: ["distance"] });
    expect(pass.result.alarms[0]!.start).toBeLessThanOrEqual(FROM + 16 * DAY);
    expect(await store.records.incident.list(project)).toEqual([]);
    const again = await evaluator({ project, model: "flights", range });
    expect(again.result).toEqual(pass.result);
    expect(await store.evaluations.folded(project, { model: "flights" })).toEqual([]);
    await evaluator({ project, model: "flights" });
    const raised = await store.records.incident.list(project);
    expect(raised.map(({ cause }) => cause)).toEqual(["pipeline"]);
    expect(raised[0]?.features[0]?.name).toBe("distance");
    await evaluator({ project, model: "flights", range: { ...range, raise: true } });
    expect(await store.records.incident.list(project)).toEqual(raised);
    const folded = await store.evaluations.folded(project, { model: "flights" });
    const alarms = folded.filter(({ outcome }) => outcome === "alarm");
    expect(alarms.map(({ incident_id }) => incident_id)).toEqual(alarms.map(() => raised[0]?.id));
    expect(alarms[0]).toMatchObject({ stopped: "no_channel", notification_ids: [] });
    expect(alarms.slice(1).every(({ stopped }) => stopped === "grouped")).toBe(true);
  });

  it("raises by the first `raise` what evaluations for a look left alone", async () => {
    const { evaluator, store } = world();
    await send({
      ...plan,
      distance: (value, day) => (day >= 15 && day < 18 ? value * 1.609344 : value),
    });
    await store.records.channel.put(project, "team", team, "ada");
    // The newest days alone, before the schedule ever came by: what lies before them is still owed.
    const look = { from: FROM + 14 * DAY, to: FROM + 24 * DAY, raise: false };
    await evaluator({ project, model: "flights", range: look });
    expect(await store.records.notification.list(project)).toEqual([]);
    const asked = { ...look, raise: true };
    const pass = await evaluator({ project, model: "flights", range: asked });
    const [incident] = await store.records.incident.list(project);
    expect(incident?.cause).toBe("pipeline");
    expect(pass.deliver.length).toBeGreaterThan(0);
    const before = await store.records.notification.list(project);
    expect(before.filter(({ transition }) => transition === "fired")).toHaveLength(1);
    await evaluator({ project, model: "flights" });
    expect((await verdicts(store, "drift")).map(({ window_start }) => window_start)).toEqual(
      Array.from({ length: 24 }, (_, day) => FROM + day * DAY),
    );
    const after = await store.records.notification.list(project);
    expect(after.filter(({ transition }) => transition === "fired")).toHaveLength(1);
  });
});

const send = (traffic: TrafficPlan) => insertTraffic(database.store, traffic, project);

function world() {
  return { store: database.store, evaluator: restart(database.store) };
}

function restart(store: TestDatabase["store"]) {
  return createEvaluator({
    store,
    clocks: createModelClocks({ store, idleMs: 60_000, now: () => now }),
    memory: new Map(),
    backoff: createFailureBackoff(() => now),
    now: () => now,
  });
}

function verdicts(store: TestDatabase["store"], kind: Evaluation["kind"]): Promise<Evaluation[]> {
  return store.evaluations.list(project, { model: "flights", kind, from: 0, to: RECEIVED * 2 });
}

async function everything(store: TestDatabase["store"]) {
  return {
    evaluations: await store.evaluations.list(project, { model: "flights", from: 0, to: RECEIVED * 2 }),
    incidents: await store.records.incident.list(project),
    notifications: await store.records.notification.list(project),
  };
}
