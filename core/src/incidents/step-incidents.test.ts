import { describe, expect, test } from "vitest";
import type { Cause, Incident } from "../records/index.ts";
import { foldIncident } from "./fold-incident.ts";
import type { IncidentPolicy } from "./incident-policy.ts";
import type { IncidentEvaluation, IncidentTransition } from "./incident-step.ts";
import { type StepMonitor, stepIncidents } from "./step-incidents.ts";

const DAY_MS = 86_400_000;

function evaluation(
  day: number,
  outcome: IncidentEvaluation["outcome"],
  cause?: Cause,
  changes: Partial<IncidentEvaluation> = {},
): IncidentEvaluation {
  return {
    model: "flights",
    version: "1",
    environment: "production",
    monitor_id: "drift",
    kind: "drift",
    window_start: day * DAY_MS,
    window_end: (day + 1) * DAY_MS,
    outcome,
    cause,
    confidence: cause === undefined ? undefined : 0.8,
    reason: `day ${day} is ${outcome}`,
    blamed:
      cause === undefined
        ? []
        : [
            {
              name: "distance",
              claim: "looks multiplied by 1.609",
              evidence: "values look multiplied by 1.609",
            },
          ],
    ...changes,
  };
}

const ok = (day: number, changes: Partial<IncidentEvaluation> = {}) =>
  evaluation(day, "ok", undefined, changes);
const broken = (day: number) => evaluation(day, "alarm", "pipeline");
const lost = (day: number, cause: Cause = "concept_drift") =>
  evaluation(day, "alarm", cause, { monitor_id: "performance", kind: "performance", blamed: [] });

const PERFORMANCE = { monitor_id: "performance", kind: "performance" } as const;

/** Runs one step per group and returns what people were notified of, with the incidents in the end. */
function run(
  groups: IncidentEvaluation[][],
  policy: Partial<IncidentPolicy> = {},
  start: Incident[] = [],
  monitors: StepMonitor[] = [],
) {
  let incidents = start;
  const told: IncidentTransition[] = [];
  groups.forEach((evaluations, index) => {
    const step = stepIncidents({ incidents, evaluations, now: 1_000 + index, policy, monitors });
    const changed = new Map(step.changed.map((incident) => [incident.id, incident]));
    incidents = [
      ...incidents.map((incident) => changed.get(incident.id) ?? incident),
      ...step.changed.filter(({ id }) => !incidents.some((incident) => incident.id === id)),
    ];
    told.push(...step.transitions);
  });
  return { incidents, told: told.map(({ transition, reason }) => `${transition}: ${reason}`) };
}

describe("one incident, not forty alerts", () => {
  test("ten failing windows tell people once", () => {
    const { incidents, told } = run(Array.from({ length: 10 }, (_, day) => [broken(day)]));
    expect(told).toEqual(["fired: first_alarm"]);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({
      state: "firing",
      evaluation_count: 10,
      started_at: 0,
      last_failing_at: 10 * DAY_MS,
    });
    expect(incidents[0]?.title).toBe("flights (v1): distance looks multiplied by 1.609");
  });

  test("drift and lost performance of one window are one incident under the cause that explains both", () => {
    const { incidents } = run([[broken(0), lost(0)]]);
    expect(incidents.map(({ cause }) => cause)).toEqual(["pipeline"]);
    expect(incidents[0]?.evaluations.map(({ monitor_id }) => monitor_id)).toEqual(["drift", "performance"]);
  });

  test("performance that is lost later, inside a pipeline's incident, joins it without another word", () => {
    const { incidents, told } = run([[broken(0)], [broken(1)], [lost(0)]]);
    expect(incidents).toHaveLength(1);
    expect(told).toEqual(["fired: first_alarm"]);
  });

  test("performance lost beside drifting inputs renames the incident and says so", () => {
    const { incidents, told } = run([[evaluation(0, "alarm", "input_drift")], [lost(0)], [lost(1)]]);
    expect(incidents.map(({ cause }) => cause)).toEqual(["concept_drift"]);
    expect(told).toEqual(["fired: first_alarm", "updated: cause_changed"]);
  });

  test("one window never renames an incident", () => {
    const drifted = (day: number) => evaluation(day, "alarm", "input_drift");
    const { incidents, told } = run([[drifted(0)], [lost(0)], [drifted(1)], [drifted(2)]]);
    expect(incidents.map(({ cause }) => cause)).toEqual(["input_drift"]);
    expect(told).toEqual(["fired: first_alarm"]);
  });

  test("a feature that begins to fail inside an open incident is announced once, whatever its cause", () => {
    const also = (day: number) =>
      evaluation(day, "alarm", "input_drift", {
        blamed: [{ name: "x1", evidence: "mean 3 against 1" }],
      });
    const { incidents, told } = run([[lost(0)], [lost(1)], [also(2), lost(2)], [also(3), lost(3)]]);
    expect(told).toEqual(["fired: first_alarm", "updated: new_evidence"]);
    expect(incidents[0]?.features.map(({ name }) => name)).toContain("x1");
  });

  test("windows judged at once are one message, with what the later ones add", () => {
    const also = evaluation(1, "alarm", "input_drift", {
      blamed: [{ name: "x1", evidence: "mean 3 against 1" }],
    });
    const { incidents, told } = run([[lost(0), also, lost(1)]]);
    expect(told).toEqual(["fired: first_alarm"]);
    expect(incidents[0]?.features.map(({ name }) => name)).toContain("x1");
  });

  test("a cause that is not settled is given no advice to retrain, and says so once it is", () => {
    const open = (day: number, confidence: number) =>
      evaluation(day, "alarm", "input_drift", { kind: "performance", monitor_id: "performance", confidence });
    const { incidents, told } = run([[open(0, 0.4)], [open(1, 0.4)]]);
    expect(told).toEqual(["fired: first_alarm"]);
    expect(incidents[0]?.next_steps.join(" ")).toContain("Do not retrain before the cause is known");
    expect(run([[open(0, 0.4)], [open(1, 0.8)]]).told).toEqual([
      "fired: first_alarm",
      "updated: cause_settled",
    ]);
  });

  test("what turns out to be worse becomes more urgent, with a message, and never less urgent again", () => {
    const slow = (day: number, burn: "page" | "ticket") =>
      evaluation(day, "alarm", "serving", { monitor_id: "slo", kind: "latency_slo", harm: { burn } });
    const { incidents, told } = run([[slow(0, "ticket")], [slow(1, "page")], [slow(2, "ticket")]]);
    expect(told).toEqual(["fired: first_alarm", "updated: severity_raised"]);
    expect(incidents[0]).toMatchObject({ severity: "page", severity_reason: "the error budget burns fast" });
  });

  test("lost performance that joins a broken pipeline later makes it a page", () => {
    const loss = { basis: "realised" as const, metric: "mae", value: 3, low: 2.5, high: 3.5, reference: 2 };
    const { incidents, told } = run([[broken(0)], [{ ...lost(0), harm: { loss } }]]);
    expect(told).toEqual(["fired: first_alarm", "updated: severity_raised"]);
    expect(incidents[0]).toMatchObject({ cause: "pipeline", severity: "page" });
  });

  test("slow serving is an incident of its own", () => {
    const slow = evaluation(0, "alarm", "serving", { monitor_id: "slo", kind: "latency_slo" });
    const { incidents } = run([[broken(0), slow]]);
    expect(incidents.map(({ cause }) => cause).sort()).toEqual(["pipeline", "serving"]);
  });

  test("another version is another incident", () => {
    const { incidents } = run([[broken(0), { ...broken(0), version: "2" }]]);
    expect(incidents).toHaveLength(2);
  });

  test("a concept drift that outlasts a broken pipeline gets an incident of its own, and the pipeline's resolves", () => {
    const days = Array.from({ length: 12 }, (_, day) => [day < 3 ? broken(day) : ok(day), lost(day)]);
    const { incidents, told } = run(days);
    expect(incidents.map(({ cause, state, last_failing_at }) => [cause, state, last_failing_at])).toEqual([
      ["pipeline", "resolved", 3 * DAY_MS],
      ["concept_drift", "firing", 12 * DAY_MS],
    ]);
    expect(told).toEqual(["fired: first_alarm", "resolved: recovered", "fired: first_alarm"]);
  });

  test("lost performance whose labels come days later is still the drifted inputs' incident", () => {
    const drifted = (day: number) => evaluation(day, "alarm", "input_drift");
    const { incidents } = run([[drifted(0)], [drifted(1)], [drifted(2)], [lost(0)], [drifted(3)], [lost(1)]]);
    expect(incidents.map(({ cause }) => cause)).toEqual(["concept_drift"]);
  });

  test("a pipeline that breaks during a long concept drift is an incident of its own", () => {
    const { incidents } = run([...Array.from({ length: 6 }, (_, day) => [lost(day)]), [lost(6), broken(6)]]);
    expect(incidents.map(({ cause }) => cause).sort()).toEqual(["concept_drift", "pipeline"]);
  });
});

describe("it resolves by itself", () => {
  test("after three healthy windows, and says why", () => {
    const { incidents, told } = run([[broken(0)], [ok(1)], [ok(2)], [ok(3)]]);
    expect(told).toEqual(["fired: first_alarm", "resolved: recovered"]);
    expect(incidents[0]).toMatchObject({ state: "resolved", resolved_by: "leeway" });
    expect(incidents[0]?.resolution).toBe(
      "Resolved: 3 healthy windows in a row. The last failing window ended 1970-01-02. Now: day 3 is ok",
    );
  });

  test("not after healthy windows that were interrupted", () => {
    const { told } = run([[broken(0)], [ok(1)], [ok(2)], [broken(3)], [ok(4)], [ok(5)]]);
    expect(told).toEqual(["fired: first_alarm"]);
  });

  test.each(["insufficient_data", "no_data", "immature", "error", "not_defined", "drifting"] as const)(
    "not by windows that are %s: what could not be judged is not healthy",
    (outcome) => {
      const { incidents } = run([[broken(0)], ...[1, 2, 3, 4].map((day) => [evaluation(day, outcome)])]);
      expect(incidents[0]?.state).toBe("firing");
    },
  );

  test("not by another monitor's health", () => {
    const other = (day: number) => ok(day, { monitor_id: "volume", kind: "volume" });
    const { incidents } = run([[broken(0)], [other(1)], [other(2)], [other(3)]]);
    expect(incidents[0]?.state).toBe("firing");
  });

  test("and a return soon after is the same incident again, told again", () => {
    const { incidents, told } = run([[broken(0)], [ok(1)], [ok(2)], [ok(3)], [broken(5)]]);
    expect(incidents).toHaveLength(1);
    expect(told).toEqual(["fired: first_alarm", "resolved: recovered", "fired: came_back"]);
    expect(incidents[0]?.summary).toBe("day 5 is alarm It came back after it had resolved.");
    expect(incidents[0]?.resolution).toBeUndefined();
  });

  test("and a return long after is a new one", () => {
    const { incidents } = run([[broken(0)], [ok(1)], [ok(2)], [ok(3)], [broken(30)]]);
    expect(incidents).toHaveLength(2);
  });

  test("and late labels of a window that had failed are filed, not told", () => {
    const { incidents, told } = run([[broken(0)], [ok(1)], [ok(2)], [ok(3)], [lost(0, "pipeline")]]);
    expect(told).toEqual(["fired: first_alarm", "resolved: recovered"]);
    expect(incidents[0]).toMatchObject({ state: "resolved", evaluation_count: 2 });
  });
});

describe("hold times", () => {
  const policy = { pendingMs: 2 * DAY_MS };

  test("an alarm is pending until it has lasted, then told", () => {
    expect(run([[broken(0)]], policy).incidents[0]?.state).toBe("pending");
    expect(run([[broken(0)], [broken(1)]], policy).told).toEqual(["fired: held_long_enough"]);
  });

  test("an alarm that goes away before is never told", () => {
    const { incidents, told } = run([[broken(0)], [ok(1)]], policy);
    expect(incidents[0]?.state).toBe("resolved");
    expect(told).toEqual([]);
  });
});

describe("what a monitor says of how long things must last", () => {
  const HOUR_MS = 3_600_000;
  const hourly = (hour: number, outcome: "ok" | "alarm") =>
    evaluation(0, outcome, outcome === "ok" ? undefined : "pipeline", {
      window_start: hour * HOUR_MS,
      window_end: (hour + 1) * HOUR_MS,
    });
  const play = (pattern: string, monitor: Partial<StepMonitor> = {}, start = 0, incidents: Incident[] = []) =>
    run(
      [...pattern].map((letter, hour) => [hourly(start + hour, letter === "x" ? "alarm" : "ok")]),
      {},
      incidents,
      [{ id: "drift", ...monitor }],
    );

  test.each<[Partial<StepMonitor>, string, string[]]>([
    [{}, "xooo", ["fired: first_alarm", "resolved: recovered"]],
    [{ hold_firing: { windows: 2 } }, "xoooo", []],
    [{ hold_firing: { windows: 2 } }, "xxo", ["fired: held_long_enough"]],
    [{ hold_firing: { for: 3 * HOUR_MS } }, "xx", []],
    [{ hold_firing: { for: 3 * HOUR_MS } }, "xxx", ["fired: held_long_enough"]],
    [{ hold_resolved: { windows: 1 } }, "xo", ["fired: first_alarm", "resolved: recovered"]],
    [{ hold_resolved: { windows: 5 } }, "xoooo", ["fired: first_alarm"]],
    [{ hold_resolved: { for: 4 * HOUR_MS } }, "xooo", ["fired: first_alarm"]],
    [{ hold_resolved: { for: 4 * HOUR_MS } }, "xoooo", ["fired: first_alarm", "resolved: recovered"]],
  ])("%j plays %s and notifies of %j", (monitor, pattern, expected) => {
    expect(play(pattern, monitor).told).toEqual(expected);
  });

  test("a monitor that comes and goes for two days is one incident and four messages, and says that it flaps", () => {
    const { incidents, told } = play("xooo".repeat(12) + "o".repeat(12));
    expect(told).toEqual([
      ...["fired: first_alarm", "resolved: recovered", "fired: came_back", "resolved: recovered"],
    ]);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.returns).toHaveLength(11);
    expect(incidents[0]?.summary).toContain("Flapping: it came back 11 times in 40h.");
    expect(incidents[0]?.evaluation_count).toBe(12);
  });

  test("without damping each return is a message", () => {
    const { told } = play("xooo".repeat(3), { damping: 0 });
    expect(told.filter((one) => one === "fired: came_back")).toHaveLength(2);
    expect(told.filter((one) => one === "resolved: recovered")).toHaveLength(3);
  });

  test("what stays broken for longer than the damping time resolves as ever", () => {
    const { told } = play(`xooox${"x".repeat(13)}ooo`);
    expect(told.slice(2)).toEqual(["fired: came_back", "resolved: recovered"]);
  });

  test("a return after the damping time is none of a flapping incident", () => {
    const before = play("xooo");
    const { incidents, told } = play("xooo", {}, 20, before.incidents);
    expect(told).toEqual(["fired: came_back", "resolved: recovered"]);
    expect(incidents[0]?.returns).toBeUndefined();
  });
});

describe("what people do", () => {
  const firing = run([[broken(0)]]).incidents[0]!;
  const action = (kind: "acknowledge" | "resolve" | "note", at: number, text?: string) => ({
    id: `${kind}-${at}`,
    incident_id: firing.id,
    action: kind,
    actor: "ana",
    at,
    ...(text === undefined ? {} : { text }),
  });

  test("an acknowledged incident goes on and resolves by itself", () => {
    const acknowledged = foldIncident(firing, [action("acknowledge", 2_000)]);
    expect(acknowledged).toMatchObject({ state: "acknowledged", acknowledged_by: "ana" });
    const { incidents, told } = run([[broken(1)], [ok(2)], [ok(3)], [ok(4)]], {}, [acknowledged]);
    expect(told).toEqual(["resolved: recovered"]);
    expect(incidents[0]?.state).toBe("resolved");
  });

  test("folding twice changes nothing, and the order of the list does not matter", () => {
    const actions = [
      action("resolve", 3_000, "rolled back"),
      action("acknowledge", 2_000),
      action("note", 2_500),
    ];
    const once = foldIncident(firing, actions);
    expect(once).toMatchObject({ state: "resolved", resolution: "Resolved by ana: rolled back" });
    expect(foldIncident(once, [...actions].reverse())).toEqual(once);
  });

  test("what was done before an incident came back does not apply to its return", () => {
    const resolved = foldIncident(firing, [action("resolve", 1_000.5)]);
    const returned = run([[broken(1)]], {}, [resolved]).incidents[0]!;
    expect(returned.state).toBe("firing");
    expect(returned.summary).toContain("after ana had resolved it");
    const later = { ...returned, fired_at: 5_000 };
    expect(foldIncident(later, [action("acknowledge", 2_000)]).state).toBe("firing");
  });

  test("a resolution that is taken back leaves what stood before; one that is reopened asks again", () => {
    const acts = [action("acknowledge", 2_000), action("resolve", 3_000)];
    const undo = { ...action("note", 3_500), id: "undo", action: "undo" as const };
    const reopen = { ...undo, id: "reopen", action: "reopen" as const };
    const undone = foldIncident(firing, [...acts, undo]);
    expect(undone).toMatchObject({ state: "acknowledged", acknowledged_by: "ana" });
    expect([undone.resolved_at, undone.resolution]).toEqual([undefined, undefined]);
    const reopened = foldIncident(firing, [...acts, reopen]);
    expect(reopened).toMatchObject({ state: "firing", healthy_windows: 0 });
    expect(reopened.acknowledged_by).toBeUndefined();
  });

  test("an incident that is reopened needs its healthy windows anew, counted once each", () => {
    const acts = [action("resolve", 2_000), { ...action("note", 3_000), id: "r", action: "reopen" as const }];
    let incident = foldIncident(firing, acts);
    const states: string[] = [];
    for (const day of [1, 2, 3]) {
      const step = run([[ok(day)]], {}, [foldIncident(incident, acts)]);
      incident = step.incidents[0]!;
      states.push(`${incident.state} ${incident.healthy_windows}`);
    }
    expect(states).toEqual(["firing 1", "firing 2", "resolved 3"]);
  });

  test("another incident's actions do nothing", () => {
    expect(foldIncident(firing, [{ ...action("resolve", 2_000), incident_id: "other" }])).toBe(firing);
  });
});

test("a step that is repeated changes and tells nothing", () => {
  const first = stepIncidents({ incidents: [], evaluations: [broken(0), lost(0)], now: 1 });
  const again = stepIncidents({ incidents: first.changed, evaluations: [broken(0), lost(0)], now: 2 });
  expect(again).toMatchObject({ changed: [], transitions: [] });
});

test("an incident's id follows from what it is about: two analyzers come to the same one", () => {
  const id = (now: number) => stepIncidents({ incidents: [], evaluations: [broken(0)], now }).changed[0]?.id;
  expect(id(1)).toBe(id(99));
});

test("windows handed over out of order are taken in order", () => {
  const step = stepIncidents({ incidents: [], evaluations: [ok(2), broken(0), ok(3), ok(1)], now: 1 });
  expect(step.transitions.map(({ transition }) => transition)).toEqual(["fired", "resolved"]);
});

describe("verdicts that late rows or labels revise", () => {
  test("an incident whose every failing window is healthy after all resolves and says so", () => {
    const { incidents, told } = run([[lost(1)], [lost(2)], [ok(1, PERFORMANCE)], [ok(2, PERFORMANCE)]]);
    expect(told).toEqual(["fired: first_alarm", "resolved: recovered"]);
    expect(incidents[0]).toMatchObject({ state: "resolved", resolved_at: 1_003 });
    expect(incidents[0]?.resolution).toMatch(/^Withdrawn: what came late made every failing window healthy/);
  });

  test("an incident with one failing window left stays open, and its last failing window is that one", () => {
    const { incidents, told } = run([[lost(1)], [lost(2)], [ok(2, PERFORMANCE)]]);
    expect(told).toEqual(["fired: first_alarm"]);
    expect(incidents[0]).toMatchObject({ state: "firing", last_failing_at: 2 * DAY_MS, healthy_windows: 1 });
  });

  test("the healthy verdict of another monitor withdraws nothing", () => {
    expect(run([[lost(1)], [ok(1)]]).incidents[0]).toMatchObject({ state: "firing" });
  });

  test("the same healthy verdict again changes nothing", () => {
    const once = run([[lost(1)], [lost(2)], [ok(2, PERFORMANCE)]]);
    const twice = run([[ok(2, PERFORMANCE)]], {}, once.incidents);
    expect(twice.incidents).toEqual(once.incidents);
  });

  test("an incident that was withdrawn as a whole is reported again where its window fails after all", () => {
    const { incidents, told } = run([[lost(1)], [ok(1, PERFORMANCE)], [lost(1)]]);
    expect(told).toEqual(["fired: first_alarm", "resolved: recovered", "fired: came_back"]);
    expect(incidents[0]).toMatchObject({ state: "firing", evaluation_count: 1 });
  });

  test("a window that fails again after it was withdrawn is an alarm again, once", () => {
    const { incidents } = run([[lost(1)], [lost(2)], [ok(2, PERFORMANCE)], [lost(2)]]);
    expect(incidents[0]).toMatchObject({
      state: "firing",
      last_failing_at: 3 * DAY_MS,
      evaluation_count: 2,
    });
    expect(incidents[0]?.evaluations.map(({ withdrawn }) => withdrawn)).toEqual([undefined, undefined]);
  });
});

test("a resolution that came while a pass was under way does not close what that pass reopens", () => {
  const { incidents } = run([[lost(1)]]);
  const action = {
    id: "a",
    incident_id: incidents[0]!.id,
    action: "resolve",
    actor: "ada",
    at: 9_000,
  } as const;
  const resolved = foldIncident(incidents[0]!, [action]);
  const again = run([[lost(2)]], {}, [resolved]).incidents[0]!;
  expect([resolved.state, again.state, foldIncident(again, [action]).state]).toEqual([
    "resolved",
    "firing",
    "firing",
  ]);
});
