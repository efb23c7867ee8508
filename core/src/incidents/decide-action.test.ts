import { expect, test } from "vitest";
import {
  type Incident,
  type IncidentState,
  incidentActionSchema,
  incidentStateSchema,
} from "../records/index.ts";
import { allowedActions, decideAction } from "./decide-action.ts";
import { foldIncident } from "./fold-incident.ts";

test.each<[IncidentState, string[]]>([
  ["pending", ["acknowledge", "resolve", "note"]],
  ["firing", ["acknowledge", "resolve", "note"]],
  ["acknowledged", ["resolve", "note"]],
  ["resolved", ["note"]],
])("an incident that is %s allows %j", (state, actions) => {
  expect(allowedActions({ state })).toEqual(actions);
});

test("an action is allowed exactly where it changes the incident, but for notes", () => {
  for (const state of incidentStateSchema.options) {
    for (const action of incidentActionSchema.shape.action.options) {
      if (action === "note") continue;
      const incident = { id: "i", state } as Incident;
      const after = foldIncident(incident, [
        { id: "a", incident_id: incident.id, action, actor: "ann@example.com", at: 1e15 },
      ]);
      expect([state, action, decideAction(incident, action).outcome]).toEqual([
        ...[state, action],
        after.state === state ? "refused" : "allowed",
      ]);
    }
  }
});

test("a refusal says how the incident stands and who made it so", () => {
  expect(decideAction({ state: "acknowledged", acknowledged_by: "ann@example.com" }, "acknowledge")).toEqual({
    outcome: "refused",
    reason:
      "This incident is acknowledged by ann@example.com; it can be acknowledged only while it is pending or firing.",
  });
  expect(decideAction({ state: "resolved", resolved_by: "leeway" }, "resolve")).toMatchObject({
    reason: "This incident is resolved by Leeway; it cannot be resolved again.",
  });
});
