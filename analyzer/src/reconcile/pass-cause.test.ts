import type { Monitor } from "@leeway/core/records";
import { describe, expect, it } from "vitest";
import type { ModelClock } from "./model-clocks.ts";
import { duePasses, passPriority } from "./pass-cause.ts";
import { closedUntil, nextDueAt, notePass, type PassNote } from "./pass-note.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOON = Date.UTC(2026, 5, 1, 12);

const monitor = (rest: Partial<Monitor> = {}): Monitor => ({
  ...{ id: "m/drift", model: "m", kind: "drift", environment: "production", window: HOUR },
  ...{ minimum_count: 1, enabled: true, automatic: true, created_at: 0 },
  ...rest,
});
const clockAt = (asOf: number, rest: Partial<ModelClock> = {}): ModelClock => ({
  ...{ model: "m", firstEventAt: NOON - 48 * HOUR, newestEventAt: asOf, lastReceivedAt: asOf, asOf },
  versions: [{ version: "1", environment: "production", firstSeenAt: 0, lastSeenAt: asOf }],
  ...{ late: "10 rows", lateReceivedAt: NOON - HOUR },
  ...rest,
});
const monitors = [monitor(), monitor({ id: "m/slo", kind: "latency_slo", window: 5 * MINUTE })];
const leaves = { looks: [], isLearning: false, isOwing: false, isPutOff: false };
const configuration = { monitors, fingerprint: "1,2" };
const noteOf = (
  rest: Partial<Parameters<typeof notePass>[1]> = {},
  before: PassNote | undefined = undefined,
): PassNote =>
  notePass(before, {
    ...{ part: "all", cause: "window_due", at: NOON + MINUTE, clock: clockAt(NOON + MINUTE) },
    ...{ configuration, leaves, ...rest },
  })!;

describe("a model that was looked at at 12:01, with windows of an hour and an objective of five minutes", () => {
  it.each<[string, Partial<ModelClock>, number, string[]]>([
    ["needs nothing while rows of the open window come", { lastReceivedAt: NOON + 3 * MINUTE }, 3, []],
    [
      "has its objective judged when five minutes are over",
      { asOf: NOON + 5 * MINUTE },
      5,
      ["serving window_due"],
    ],
    [
      "is judged whole when the hour is over",
      { asOf: NOON + HOUR },
      60,
      ["serving window_due", "all window_due"],
    ],
    ["is looked at when rows come for a window that was due", { late: "11 rows" }, 3, ["all late_rows"]],
    ["waits ten seconds before it looks at such rows again", { late: "11 rows" }, 1.1, []],
    [
      "is looked at once more a minute after they came",
      { lateReceivedAt: NOON + MINUTE - 1 },
      2.1,
      ["all settled"],
    ],
    ["needs nothing for six hours where no time passes for it", {}, 359, []],
    ["is looked at after six hours whatever else is seen", {}, 361, ["all checked"]],
  ])("%s", (_, clock, minutes, expected) => {
    const due = duePasses(noteOf(), clockAt(NOON + MINUTE, clock), "1,2", NOON + minutes * MINUTE);
    expect(due.map(({ part, cause }) => `${part} ${cause}`)).toEqual(expected);
  });

  it.each<[string, Partial<typeof leaves>, string[]]>([
    ["whose window could not be judged is tried again after a minute", { isOwing: true }, ["owed"]],
    ["whose touched windows were put off is looked at again", { isPutOff: true }, ["late_rows"]],
    ["that has no reference yet is looked at while rows come", { isLearning: true }, ["learning"]],
  ])("%s", (_, left, expected) => {
    const note = noteOf({ leaves: { ...leaves, ...left } });
    const clock = clockAt(NOON + MINUTE, { lastReceivedAt: NOON + 2 * MINUTE });
    const due = duePasses(note, clock, "1,2", NOON + 3 * MINUTE);
    expect(due.map(({ cause }) => cause)).toEqual(expected);
  });

  it("is looked at when its configuration was changed, and when nothing is remembered of it", () => {
    const clock = clockAt(NOON + MINUTE);
    expect(duePasses(noteOf(), clock, "1,3", NOON + 2 * MINUTE)).toEqual([
      { part: "all", cause: "configured" },
    ]);
    expect(duePasses(undefined, clock, "1,2", NOON)).toEqual([{ part: "all", cause: "not_looked_at" }]);
  });
});

describe("late rows that go on coming", () => {
  it("are looked at less and less often, and at once again after a quiet time", () => {
    let note = noteOf();
    const spacings = [];
    for (let at = NOON + 2 * MINUTE; at < NOON + 20 * MINUTE; at += note.revision.spacingMs) {
      note = noteOf({ cause: "late_rows", at }, note);
      spacings.push(note.revision.spacingMs / 1_000);
    }
    expect(spacings.slice(0, 8)).toEqual([10, 20, 40, 80, 160, 180, 180, 180]);
    const quiet = noteOf({ cause: "late_rows", at: NOON + HOUR }, note);
    expect(quiet.revision.spacingMs).toBe(10_000);
  });
});

describe("the next window", () => {
  it("ends never once every version has been silent for fourteen windows", () => {
    const silent = (hours: number) =>
      clockAt(NOON + hours * HOUR, {
        versions: [{ version: "1", environment: "production", firstSeenAt: 0, lastSeenAt: NOON + 1 }],
      });
    expect(nextDueAt(silent(14), monitors, "all")).toBe(NOON + 15 * HOUR);
    expect(nextDueAt(silent(15), monitors, "all")).toBe(Number.POSITIVE_INFINITY);
  });

  it("of a model without monitors ends with its first day, when they are made at the latest", () => {
    const clock = clockAt(NOON, { firstEventAt: NOON - HOUR });
    expect(nextDueAt(clock, [], "all")).toBe(NOON + 23 * HOUR);
  });

  it("closes hours only as far as some monitor's windows are over", () => {
    expect(closedUntil(monitors, NOON + 59 * MINUTE)).toBe(NOON);
    expect(closedUntil([monitor({ window: 24 * HOUR })], NOON)).toBe(NOON - 12 * HOUR);
    expect(closedUntil([], NOON)).toBe(0);
  });
});

describe("passes that wait", () => {
  it("begin with objectives, then production's windows, then others', and look back last", () => {
    const order = [
      passPriority({ part: "serving", cause: "window_due" }, ["production"]),
      passPriority({ part: "all", cause: "window_due" }, ["shadow", "production"]),
      passPriority({ part: "all", cause: "window_due" }, ["staging"]),
      passPriority({ part: "all", cause: "not_looked_at" }, ["production"]),
      passPriority({ part: "all", cause: "late_rows" }, ["production"]),
      passPriority({ part: "all", cause: "checked" }, ["production"]),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  });
});
