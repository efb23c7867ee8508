import type { Evaluation, Outcome } from "@leeway/core/evaluation";
import type { Incident, MonitorKind } from "@leeway/core/records";
import { expect, test } from "vitest";
import { latestOfEach, type ModelFacts, modelState, sinceWords } from "./model-state.ts";

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;

function incident(state: Incident["state"], cause: Incident["cause"] = "pipeline"): Incident {
  return {
    id: `${state}-${cause}`,
    model: "m",
    version: "1",
    environment: "production",
    cause,
    confidence: 0.9,
    state,
    title: "",
    summary: "",
    next_steps: [],
    features: [],
    started_at: NOW - 3 * HOUR,
    last_failing_at: NOW,
    healthy_windows: 0,
    evaluations: [],
    evaluation_count: 0,
  };
}

function evaluation(kind: MonitorKind, outcome: Outcome, end = NOW): Evaluation {
  return {
    model: "m",
    version: "1",
    environment: "production",
    monitor_id: kind,
    kind,
    segment: "",
    window_start: end - HOUR,
    window_end: end,
    revision: 1,
    outcome,
    reason: "",
    detail: {},
    state: {},
    evaluated_at: end,
  };
}

function stateOf(facts: Partial<ModelFacts>) {
  const { badge, words } = modelState({
    incidents: [],
    latest: [evaluation("drift", "ok")],
    lastReceived: NOW,
    lastEvent: NOW,
    now: NOW,
    ...facts,
  });
  return [badge, words];
}

test.each<[string, Partial<ModelFacts>, string[]]>([
  ["healthy verdicts on fresh data", {}, ["healthy", "Healthy"]],
  ["a firing incident", { incidents: [incident("firing")] }, ["firing", "Input pipeline broke"]],
  [
    "a firing incident beside an acknowledged one",
    { incidents: [incident("acknowledged"), incident("firing", "concept_drift")] },
    ["firing", "Concept drifted (+1)"],
  ],
  [
    "a firing incident beside a resolved one",
    { incidents: [incident("resolved", "serving"), incident("firing")] },
    ["firing", "Input pipeline broke"],
  ],
  [
    "an acknowledged incident",
    { incidents: [incident("acknowledged")] },
    ["acknowledged", "Input pipeline broke"],
  ],
  ["a resolved incident", { incidents: [incident("resolved")] }, ["healthy", "Healthy"]],
  [
    "nothing ever received",
    { lastReceived: undefined, lastEvent: undefined, latest: [] },
    ["no_data", "No data yet"],
  ],
  ["data without any verdict", { latest: [] }, ["stale", "Learning what is normal"]],
  [
    "traffic that stopped",
    { latest: [evaluation("drift", "ok"), evaluation("volume", "no_data")] },
    ["no_data", "No data"],
  ],
  [
    "a check that failed",
    { latest: [evaluation("drift", "ok"), evaluation("performance", "error")] },
    ["stale", "The last check failed"],
  ],
  [
    "verdicts older than three windows",
    { latest: [evaluation("drift", "ok", NOW - 4 * HOUR)] },
    ["stale", "Verdicts are behind the data"],
  ],
  [
    "a drifting window",
    { latest: [evaluation("drift", "drifting")] },
    ["pending", "Drifting, not yet an alarm"],
  ],
  [
    "too small a window",
    { latest: [evaluation("drift", "insufficient_data")] },
    ["no_data", "Too little data to judge"],
  ],
])("%s is shown as it is", (_, facts, expected) => {
  expect(stateOf(facts)).toEqual(expected);
});

test("the overview ranks what burns before what is healthy", () => {
  const rank = (facts: Partial<ModelFacts>) =>
    modelState({ incidents: [], latest: [], lastReceived: NOW, lastEvent: NOW, now: NOW, ...facts }).rank;
  const order = [
    rank({ incidents: [incident("firing")] }),
    rank({ incidents: [incident("acknowledged")] }),
    rank({ latest: [evaluation("drift", "drifting")] }),
    rank({}),
    rank({ latest: [evaluation("drift", "ok")] }),
  ];
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test("a state's beginning is a span while it is fresh and a date later", () => {
  expect(sinceWords(NOW - 3 * HOUR, NOW)).toBe("for 3 h");
  expect(sinceWords(NOW - 240 * HOUR, NOW)).toBe("since 1 Feb");
  expect(sinceWords(undefined, NOW)).toBeUndefined();
});

test("verdicts that are behind but keep coming are no reason to worry", () => {
  const coming = { ...evaluation("drift", "ok", NOW - 9 * HOUR), evaluated_at: NOW - 5_000 };
  expect(stateOf({ latest: [coming] })).toEqual(["healthy", "Healthy"]);
});

test("of each monitor the newest verdict counts", () => {
  const evaluations = [
    evaluation("drift", "alarm", NOW - HOUR),
    evaluation("labels", "ok"),
    evaluation("drift", "ok"),
  ];
  expect(latestOfEach(evaluations).map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ["drift", "ok"],
    ["labels", "ok"],
  ]);
});
