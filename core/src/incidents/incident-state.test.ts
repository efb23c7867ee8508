import { expect, test } from "vitest";
import type { IncidentState } from "../records/index.ts";
import { type IncidentEvent, nextIncidentState } from "./incident-state.ts";

// A row per transition: 4 states × 7 events.
test.each<[IncidentState, IncidentEvent, IncidentState]>([
  ["pending", "failing", "pending"],
  ["pending", "failing_held", "firing"],
  ["pending", "healthy", "resolved"],
  ["pending", "healthy_held", "resolved"],
  ["pending", "acknowledged", "acknowledged"],
  ["pending", "resolved_by_person", "resolved"],
  ["pending", "reopened", "pending"],
  ["firing", "failing", "firing"],
  ["firing", "failing_held", "firing"],
  ["firing", "healthy", "firing"],
  ["firing", "healthy_held", "resolved"],
  ["firing", "acknowledged", "acknowledged"],
  ["firing", "resolved_by_person", "resolved"],
  ["firing", "reopened", "firing"],
  ["acknowledged", "failing", "acknowledged"],
  ["acknowledged", "failing_held", "acknowledged"],
  ["acknowledged", "healthy", "acknowledged"],
  ["acknowledged", "healthy_held", "resolved"],
  ["acknowledged", "acknowledged", "acknowledged"],
  ["acknowledged", "resolved_by_person", "resolved"],
  ["acknowledged", "reopened", "acknowledged"],
  ["resolved", "failing", "firing"],
  ["resolved", "failing_held", "firing"],
  ["resolved", "healthy", "resolved"],
  ["resolved", "healthy_held", "resolved"],
  ["resolved", "acknowledged", "resolved"],
  ["resolved", "resolved_by_person", "resolved"],
  ["resolved", "reopened", "firing"],
])("%s, %s → %s", (state, event, next) => {
  expect(nextIncidentState(state, event)).toBe(next);
});
