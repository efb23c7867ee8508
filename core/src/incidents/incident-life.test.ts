import { expect, test } from "vitest";
import { createRandom } from "../random/index.ts";
import type { Incident, IncidentAction } from "../records/index.ts";
import { allowedActions, decideAction } from "./decide-action.ts";
import { foldIncident } from "./fold-incident.ts";
import type { IncidentEvaluation } from "./incident-step.ts";
import { stepIncidents } from "./step-incidents.ts";

const HOUR = 3_600_000;
const HISTORIES = 300;
const STEPS = 40;

const windowOf = (hour: number, outcome: "ok" | "alarm"): IncidentEvaluation => ({
  ...{ model: "m", version: "1", environment: "production", monitor_id: "volume", kind: "volume" },
  ...{ window_start: hour * HOUR, window_end: (hour + 1) * HOUR, outcome, reason: outcome },
  ...(outcome === "alarm" ? { cause: "volume" as const, confidence: 0.9 } : {}),
});

/** A life is what the analyzer stored, what people did, and how often people were notified that it fires and that it is over. */
interface Life {
  stored: Incident[];
  actions: IncidentAction[];
  fired: number;
  recovered: number;
  now: number;
}

const standing = ({ stored, actions }: Life) => stored.map((incident) => foldIncident(incident, actions));

function judge(life: Life, hour: number, outcome: "ok" | "alarm"): void {
  life.now += HOUR;
  const incidents = standing(life);
  const step = stepIncidents({ incidents, evaluations: [windowOf(hour, outcome)], now: life.now });
  for (const changed of step.changed) {
    life.stored = [...life.stored.filter(({ id }) => id !== changed.id), changed];
  }
  life.fired += step.transitions.filter(({ transition }) => transition === "fired").length;
  life.recovered += step.transitions.filter(({ transition }) => transition === "resolved").length;
}

// Two people look at the same page, and both do what it allows them, in the same moment.
function actTogether(life: Life, random: () => number): void {
  const incident = standing(life)[Math.floor(random() * life.stored.length)];
  if (incident === undefined) return;
  const allowed = allowedActions(incident, life.now);
  for (const actor of ["ana", "bo"]) {
    const action = allowed[Math.floor(random() * allowed.length)]!;
    const id = `${actor} ${life.now}`;
    const at = Math.max(life.now, incident.fired_at ?? 0);
    life.actions.push({ id, incident_id: incident.id, action, actor, at, until: life.now + 2 * HOUR });
  }
  life.now += 1_000;
}

test("in whatever order windows and people come, an alarm has an open incident, and folding again changes nothing", () => {
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const random = createRandom(seed);
    const life: Life = { stored: [], actions: [], fired: 0, recovered: 0, now: 0 };
    for (let hour = 0; hour < STEPS; hour++) {
      const outcome = random() < 0.4 ? "alarm" : "ok";
      judge(life, hour, outcome);
      const said = `seed ${seed}, hour ${hour}`;
      const after = standing(life);
      if (outcome === "alarm")
        expect(
          after.some(({ state }) => state !== "resolved"),
          said,
        ).toBe(true);
      expect(
        after.map((incident) => foldIncident(incident, life.actions)),
        said,
      ).toEqual(after);
      // Nothing is over for people that they were never notified of.
      expect(life.recovered, said).toBeLessThanOrEqual(
        life.fired + life.actions.filter(({ action }) => action === "reopen" || action === "undo").length,
      );
      if (random() < 0.4) actTogether(life, random);
    }
    const kept = life.stored.flatMap(({ evaluation_count }) => evaluation_count);
    expect(kept.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(life.fired);
  }
});

test("the second of two resolutions does not close what is reopened later", () => {
  const fired = stepIncidents({ incidents: [], evaluations: [windowOf(0, "alarm")], now: 1 }).changed[0]!;
  const act = (id: string, action: IncidentAction["action"], at: number): IncidentAction => ({
    ...{ id, incident_id: fired.id, action, actor: id, at },
  });
  const actions = [act("ana", "resolve", 10), act("bo", "resolve", 10)];
  const resolved = foldIncident(fired, actions);
  const reopened = foldIncident(resolved, [...actions, act("cy", "reopen", 20)]);
  expect(foldIncident(reopened, [...actions, act("cy", "reopen", 20)])).toEqual(reopened);
  expect(reopened.state).toBe("firing");
});

test.each<[string, IncidentAction["action"][], Incident["state"]]>([
  ["both acknowledge", ["acknowledge", "acknowledge"], "acknowledged"],
  ["one acknowledges, one resolves", ["acknowledge", "resolve"], "resolved"],
  ["one resolves, one acknowledges too late", ["resolve", "acknowledge"], "resolved"],
  ["both resolve, and one takes it back", ["resolve", "resolve", "undo"], "firing"],
  [
    "one reopens what the other resolved, and it is resolved again",
    ["resolve", "reopen", "resolve"],
    "resolved",
  ],
  ["both reopen", ["resolve", "reopen", "reopen"], "firing"],
  ["one undoes what the other reopened", ["acknowledge", "resolve", "reopen", "undo"], "firing"],
  ["one snoozes what the other resolved", ["resolve", "snooze"], "resolved"],
])("%s", (_, doings, state) => {
  const fired = stepIncidents({ incidents: [], evaluations: [windowOf(0, "alarm")], now: 1 }).changed[0]!;
  const actions = doings.map((action, index): IncidentAction => {
    const by = index % 2 === 0 ? "ana" : "bo";
    return { id: `${index}`, incident_id: fired.id, action, actor: by, at: 10, until: 20 };
  });
  expect(foldIncident(fired, actions).state).toBe(state);
  expect(decideAction(foldIncident(fired, actions), "undo", 10).outcome).toBe(
    state === "resolved" ? "allowed" : "refused",
  );
});
