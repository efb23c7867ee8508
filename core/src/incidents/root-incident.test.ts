import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import type { Incident } from "../records/index.ts";
import { type FeedingModel, rootIncident } from "./root-incident.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 4, 14);

const incidentOf = (model: string, rest: Partial<Incident> = {}): Incident => ({
  ...{ id: `inc_${model}`, model, version: "1", environment: "production", cause: "pipeline" },
  ...{ confidence: 1, severity: "page", state: "firing", title: `${model} broke`, summary: "", features: [] },
  ...{ next_steps: [], started_at: START, last_failing_at: START + HOUR, healthy_windows: 0 },
  evaluations: [
    { monitor_id: "m", window_start: START, window_end: (rest.started_at ?? START) + HOUR, reason: "r" },
  ],
  evaluation_count: 1,
  ...rest,
});
const feeds = (model: string, ...fed: string[]): FeedingModel => ({ model, feeds: fed });
const CHAIN = [feeds("prices", "demand"), feeds("demand", "orders"), feeds("orders")];
const rootOf = (incident: Incident, others: Incident[], models: FeedingModel[] = CHAIN) =>
  rootIncident(incident, [incident, ...others], models)?.id;

describe("an incident of a model that is fed by another", () => {
  const orders = incidentOf("orders");
  it.each<[string, Incident[], string | undefined]>([
    ["the incident of its feeder", [incidentOf("demand")], "inc_demand"],
    ["the first of a chain", [incidentOf("demand"), incidentOf("prices")], "inc_prices"],
    ["one behind a feeder that is well", [incidentOf("prices")], "inc_prices"],
    ["none of a model that does not feed it", [incidentOf("churn")], undefined],
    ["one that began hours before", [incidentOf("demand", { started_at: START - 5 * HOUR })], "inc_demand"],
    [
      "one that began in its first window",
      [incidentOf("demand", { started_at: START + HOUR })],
      "inc_demand",
    ],
    ["none that began later", [incidentOf("demand", { started_at: START + HOUR + 1 })], undefined],
    [
      "one that resolved shortly before",
      [incidentOf("demand", { state: "resolved", started_at: 0, last_failing_at: START - HOUR })],
      "inc_demand",
    ],
    [
      "none that was over long before",
      [incidentOf("demand", { state: "resolved", started_at: 0, last_failing_at: START - 25 * HOUR })],
      undefined,
    ],
    ["none of another environment", [incidentOf("demand", { environment: "staging" })], undefined],
    ["none of which nobody was to know yet", [incidentOf("demand", { state: "pending" })], undefined],
    ["none of a model that is only not evaluated", [incidentOf("demand", { cause: "blind" })], undefined],
  ])("follows from %s", (_what, others, root) => {
    expect(rootOf(orders, others)).toBe(root);
  });

  it("is the root itself where it feeds the other", () => {
    expect(rootOf(incidentOf("prices"), [incidentOf("demand"), orders])).toBeUndefined();
  });

  it("of two that feed each other follows from the one that failed first", () => {
    const ring = [feeds("a", "b"), feeds("b", "a")];
    const [a, b] = [incidentOf("a"), incidentOf("b", { started_at: START - HOUR })];
    expect([rootOf(a, [b], ring), rootOf(b, [a], ring)]).toEqual(["inc_b", undefined]);
  });
});

it("a root follows from nothing, and no incident from itself, in any graph of models (300 graphs)", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = createRandom(seed);
    const pick = (count: number) => Math.floor(random() * count);
    const names = Array.from({ length: 2 + pick(6) }, (_, index) => `m${index}`);
    const models = names.map((name) => feeds(name, ...names.filter(() => random() < 0.35)));
    const incidents = names.flatMap((name) =>
      Array.from({ length: pick(3) }, (_, index) => {
        const started_at = START + pick(4) * HOUR;
        return incidentOf(name, { id: `${name}-${index}`, started_at, last_failing_at: started_at + HOUR });
      }),
    );
    for (const incident of incidents) {
      const root = rootIncident(incident, incidents, models);
      if (root === undefined) continue;
      expect([seed, root.id === incident.id]).toEqual([seed, false]);
      expect([seed, rootIncident(root, incidents, models)]).toEqual([seed, undefined]);
    }
  }
});
