import type { Incident } from "@leeway/core/records";

const AT = Date.UTC(2026, 0, 5);

/** exampleIncident returns a made-up firing incident: what the message that tries a channel out tells of, and what tests use. */
export function exampleIncident(changes: Partial<Incident> = {}): Incident {
  return {
    id: "incident-1",
    model: "flight-delays",
    version: "1",
    environment: "production",
    cause: "concept_drift",
    confidence: 0.9,
    severity: "page",
    state: "firing",
    title: "flight-delays 1: the relation between inputs and outcome changed",
    summary: "Late flights came 29.4 % of the time where the model said 21.9 %.",
    next_steps: ["Compare the segments that got worse"],
    features: [],
    started_at: AT,
    last_failing_at: AT + 86_400_000,
    fired_at: AT + 86_400_000,
    healthy_windows: 0,
    evaluations: [],
    evaluation_count: 0,
    ...changes,
  };
}
