import { HEALTH_STATES, type ModelHealth } from "@leeway/core/health";
import type { Incident } from "@leeway/core/records";
import { expect, test } from "vitest";
import { modelState, sinceWords } from "./model-state.ts";

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;

const incident = (id: string, state: Incident["state"], cause: Incident["cause"] = "pipeline") =>
  ({ id, state, cause, started_at: NOW - 3 * HOUR }) as Incident;

const health = (state: ModelHealth["state"], incident_id: string | null = null): ModelHealth => ({
  ...{ state, since: NOW - HOUR, sentence: "Why it is so", incident_id, findings: [] },
});

test.each<[string, ModelHealth, Incident[], string, string]>([
  ["a firing incident", health("incident", "a"), [incident("a", "firing")], "firing", "Input pipeline broke"],
  [
    "an acknowledged incident",
    health("incident", "a"),
    [incident("a", "acknowledged")],
    ...(["acknowledged", "Input pipeline broke"] as const),
  ],
  [
    "two open incidents and one that is over",
    health("incident", "b"),
    [incident("a", "acknowledged"), incident("b", "firing", "concept_drift"), incident("c", "resolved")],
    ...(["firing", "Concept drifted (+1)"] as const),
  ],
  ["blindness", health("blind"), [], "blind", "Cannot be judged"],
  ["health", health("healthy"), [], "healthy", "Healthy"],
])("%s is shown as core decided", (_, decided, incidents, badge, words) => {
  expect(modelState(decided, incidents)).toMatchObject({ badge, words, sentence: "Why it is so" });
});

test("the overview ranks as health does, and an incident that somebody has taken on after those that nobody has", () => {
  const ranks = [
    modelState(health("incident", "a"), [incident("a", "firing")]).rank,
    modelState(health("incident", "a"), [incident("a", "acknowledged")]).rank,
    ...HEALTH_STATES.slice(1).map((state) => modelState(health(state), []).rank),
  ];
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
});

test("a state's beginning is a span while it is fresh and a date later", () => {
  expect(sinceWords(NOW - 3 * HOUR, NOW)).toBe("for 3 h");
  expect(sinceWords(NOW - 240 * HOUR, NOW)).toBe("since 1 Feb");
  expect(sinceWords(undefined, NOW)).toBeUndefined();
});
