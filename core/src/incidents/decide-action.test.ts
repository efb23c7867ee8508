import { expect, test } from "vitest";
import {
  type Incident,
  type IncidentState,
  incidentActionSchema,
  incidentStateSchema,
} from "../records/index.ts";
import { allowedActions, decideAction, UNDO_MS } from "./decide-action.ts";
import { foldIncident } from "./fold-incident.ts";

const NOW = 1e15;

test.each<[IncidentState, string[]]>([
  ["pending", ["acknowledge", "resolve", "snooze", "assign", "note"]],
  ["firing", ["acknowledge", "resolve", "snooze", "assign", "note", "mark"]],
  ["acknowledged", ["resolve", "snooze", "assign", "note", "mark"]],
  ["resolved", ["reopen", "assign", "note", "mark"]],
])("an incident that is %s allows %j", (state, actions) => {
  expect(allowedActions({ state }, NOW)).toEqual(actions);
});

test("a resolution by a person can be taken back for a minute, one by Leeway cannot", () => {
  const resolved = { state: "resolved", resolved_by: "ann@example.com", resolved_at: NOW } as const;
  expect(allowedActions(resolved, NOW + UNDO_MS)).toContain("undo");
  expect(allowedActions(resolved, NOW + UNDO_MS + 1)).not.toContain("undo");
  expect(allowedActions({ ...resolved, resolved_by: "leeway" }, NOW)).not.toContain("undo");
  expect(decideAction({ state: "firing" }, "undo", NOW)).toMatchObject({ outcome: "refused" });
});

test("an action is allowed exactly where it changes the incident, but for notes, marks and assignments", () => {
  for (const state of incidentStateSchema.options) {
    for (const action of incidentActionSchema.shape.action.options) {
      if (action === "note" || action === "assign" || action === "mark") continue;
      const resolution = state === "resolved" ? { resolved_at: NOW, resolved_by: "ann@example.com" } : {};
      const incident = { id: "i", state, ...resolution } as Incident;
      const record = { id: "a", incident_id: "i", action, actor: "ann@example.com", at: NOW, until: NOW };
      const isChanged = foldIncident(incident, [record]) !== incident;
      expect([state, action, decideAction(incident, action, NOW).outcome]).toEqual([
        ...[state, action],
        isChanged ? "allowed" : "refused",
      ]);
    }
  }
});

test("a refusal says how the incident stands and who made it so", () => {
  const acknowledged = { state: "acknowledged", acknowledged_by: "ann@example.com" } as const;
  expect(decideAction(acknowledged, "acknowledge", NOW)).toEqual({
    outcome: "refused",
    reason:
      "This incident is acknowledged by ann@example.com; it can be acknowledged only while it is pending or firing.",
  });
  expect(decideAction({ state: "resolved", resolved_by: "leeway" }, "resolve", NOW)).toMatchObject({
    reason: "This incident is resolved by Leeway; it cannot be resolved again.",
  });
});
