import { expect, test } from "vitest";
import type { Incident, Retraining } from "../records/index.ts";
import { decideRetraining, type RetrainingPolicy } from "./decide-retraining.ts";

const DAY = 86_400_000;
const AT = 100 * DAY;
const incident = (changes: Partial<Incident> = {}): Incident => ({
  ...{ id: "inc", model: "flights", version: "1", environment: "production", cause: "concept_drift" },
  ...{ confidence: 0.9, severity: "ticket", state: "firing", title: "distances are wrong", summary: "" },
  ...{ next_steps: [], features: [], started_at: AT - DAY, last_failing_at: AT, fired_at: AT },
  ...{ healthy_windows: 0, evaluations: [], evaluation_count: 0, ...changes },
});
const run = (daysAgo: number, changes: Partial<Retraining> = {}): Retraining => ({
  ...{ id: `run ${daysAgo}`, incident_id: "old", model: "flights", version: "1", channel_id: "c" },
  ...{ status: "succeeded", requested_at: AT - daysAgo * DAY, updated_at: 0, ...changes },
});
const worse = { verdict: "worse", sentence: "", labels: 1, more_labels: 0, from: 0, to: 1, at: 1 } as const;
const broken = (changes: Partial<Incident> = {}) =>
  incident({ id: "other", cause: "pipeline", state: "resolved", ...changes });
const policy: RetrainingPolicy = {
  ...{ causes: ["concept_drift"], least_confidence: 0.7, least_severity: "notice", cool_down: 0 },
  approval: false,
};

type Given = Partial<Parameters<typeof decideRetraining>[0]>;
test.each<[string, Given, string]>([
  ["nothing speaks against it", {}, "start"],
  ["a person has to approve", { policy: { ...policy, approval: true } }, "ask"],
  ["the cause is another", { incident: incident({ cause: "input_drift" }) }, "other_cause"],
  ["the cause is a guess", { incident: incident({ confidence: 0.69 }) }, "not_confident"],
  ["the confidence is just enough", { incident: incident({ confidence: 0.7 }) }, "start"],
  ["it is less severe than asked", { policy: { ...policy, least_severity: "page" } }, "not_severe"],
  ["it is as severe as asked", { policy: { ...policy, least_severity: "ticket" } }, "start"],
  ["inputs are broken now", { incidents: [broken({ state: "firing", started_at: 0 })] }, "broken_windows"],
  ["all its windows are broken", { incidents: [broken()] }, "broken_windows"],
  ["one window was broken", { incidents: [broken({ last_failing_at: AT - 1 })] }, "start"],
  ["another model is broken", { incidents: [broken({ model: "other", state: "firing" })] }, "start"],
  ["a run goes on", { runs: [run(90, { status: "running" })] }, "already_running"],
  ["a run waits for approval", { runs: [run(90, { status: "awaiting_approval" })] }, "already_running"],
  ["it cools down", { policy: { ...policy, cool_down: 7 * DAY }, runs: [run(6)] }, "cooling_down"],
  ["it has cooled down", { policy: { ...policy, cool_down: 7 * DAY }, runs: [run(7)] }, "start"],
  [
    "a failed run needs no cooling down",
    { policy: { ...policy, cool_down: 7 * DAY }, runs: [run(6, { status: "failed" })] },
    "start",
  ],
  [
    "a refused run is no run",
    { policy: { ...policy, cool_down: 7 * DAY, most_per_month: 1 }, runs: [run(1, { status: "refused" })] },
    "start",
  ],
  [
    "the month is spent",
    { policy: { ...policy, most_per_month: 2 }, runs: [run(1), run(29)] },
    "budget_spent",
  ],
  ["the month has one left", { policy: { ...policy, most_per_month: 2 }, runs: [run(1), run(30)] }, "start"],
  [
    "two in a row did not help",
    {
      policy: { ...policy, stop_after: 2 },
      runs: [run(60), run(9, { status: "timed_out" }), run(40, { verdict: worse })],
    },
    "did_not_help",
  ],
  [
    "the last one helped",
    { policy: { ...policy, stop_after: 1 }, runs: [run(9), run(40, { verdict: worse })] },
    "start",
  ],
])("where %s", (_, given, expected) => {
  const decision = decideRetraining({ policy, incident: incident(), runs: [], incidents: [], ...given });
  expect(decision.decision === "refuse" ? decision.code : decision.decision).toBe(expected);
});
