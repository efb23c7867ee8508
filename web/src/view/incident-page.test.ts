import type { Incident } from "@leeway/core/records";
import { expect, test } from "vitest";
import { incidentTimeline } from "./incident-page.ts";

const incident: Incident = {
  id: "i",
  model: "m",
  version: "1",
  environment: "production",
  cause: "concept_drift",
  confidence: 0.8,
  severity: "page",
  state: "resolved",
  title: "t",
  summary: "s",
  next_steps: [],
  features: [],
  started_at: 0,
  last_failing_at: 5,
  fired_at: 10,
  resolved_at: 40,
  resolution: "7 healthy windows",
  healthy_windows: 7,
  evaluations: [],
  evaluation_count: 0,
};

test("an incident's activity is listed in order, by whoever did it", () => {
  const entries = incidentTimeline({
    incident,
    actions: [
      { id: "n", incident_id: "i", action: "note", actor: "ada@x.org", text: "looking", at: 25 },
      { id: "a", incident_id: "i", action: "acknowledge", actor: "ada@x.org", at: 20 },
    ],
    retrainings: [
      {
        id: "r",
        incident_id: "i",
        model: "m",
        version: "1",
        channel_id: "c",
        status: "succeeded",
        new_version: "2",
        requested_at: 11,
        updated_at: 30,
      },
    ],
  });
  expect(entries.map(({ who, what }) => `${who} ${what}`)).toEqual([
    "Leeway raised the incident",
    "Leeway asked for a retraining",
    "ada@x.org acknowledged the incident",
    "ada@x.org wrote",
    "The retraining job delivered version 2",
    "Leeway resolved the incident",
  ]);
  expect(entries.at(-1)?.text).toBe("7 healthy windows");
});

test("a resolution by a person is listed once", () => {
  const entries = incidentTimeline({
    incident: { ...incident, resolved_by: "ada@x.org" },
    actions: [{ id: "r", incident_id: "i", action: "resolve", actor: "ada@x.org", at: 40 }],
    retrainings: [],
  });
  expect(entries.filter(({ what }) => what.includes("resolved"))).toHaveLength(1);
});
