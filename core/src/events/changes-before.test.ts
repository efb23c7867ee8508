import { describe, expect, it } from "vitest";
import type { ChangeEvent } from "../records/index.ts";
import { changeDistance, changeLine } from "./change-words.ts";
import { changeSpan, changesBefore, MOST_CHANGES } from "./changes-before.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 4, 14);

const incidentOf = (windowMs: number, lastFailingAt = START + windowMs) => ({
  ...{ model: "fraud", environment: "production" as const },
  ...{ started_at: START, last_failing_at: lastFailingAt },
  evaluations: [{ monitor_id: "m", window_start: START, window_end: START + windowMs, reason: "r" }],
});
const eventAt = (timestamp: number, rest: Partial<ChangeEvent> = {}): ChangeEvent => ({
  ...{ id: `e${timestamp}`, timestamp, kind: "deploy", title: "t", source: "ci", attributes: {} },
  ...rest,
});
const idsOf = (windowMs: number, events: readonly ChangeEvent[]) =>
  changesBefore(incidentOf(windowMs), events).map(({ id }) => id);

describe("changeSpan", () => {
  it.each<[string, number, number]>([
    ["a day before where windows are short", HOUR, DAY],
    ["two windows before where they are long", DAY, 2 * DAY],
    ["a week before at most", 7 * DAY, 7 * DAY],
  ])("reaches %s, and to the end of the first failing window", (_words, windowMs, before) => {
    expect(changeSpan(incidentOf(windowMs))).toEqual({ from: START - before, to: START + windowMs });
  });

  it("ends with its beginning where no window is known", () => {
    const bare = { ...incidentOf(HOUR), evaluations: [] };
    expect(changeSpan(bare)).toEqual({ from: START - DAY, to: START + 1 });
  });
});

describe("changesBefore", () => {
  it("lists the nearest first, those within the first failing window too, and none from outside the span", () => {
    const events = [
      eventAt(START - DAY - 1, { id: "long before" }),
      eventAt(START - 3 * HOUR, { id: "three hours" }),
      eventAt(START + 20 * MINUTE, { id: "within" }),
      eventAt(START - 10 * MINUTE, { id: "ten minutes" }),
      eventAt(START + HOUR, { id: "after" }),
    ];
    expect(idsOf(HOUR, events)).toEqual(["ten minutes", "within", "three hours"]);
  });

  it.each<[string, Partial<ChangeEvent>, boolean]>([
    ["of the model", { model: "fraud" }, true],
    [
      "of another version of the model, which may have moved its traffic",
      { model: "fraud", version: "9" },
      true,
    ],
    ["of no model in particular", {}, true],
    ["of another model", { model: "churn" }, false],
    ["in its environment", { environment: "production" }, true],
    ["in another environment", { environment: "staging" }, false],
  ])("a change %s: %#", (_words, rest, isListed) => {
    expect(idsOf(HOUR, [eventAt(START - 1, rest)])).toHaveLength(isListed ? 1 : 0);
  });

  it("lists a bounded number, whatever their order", () => {
    const events = Array.from({ length: 50 }, (_, index) => eventAt(START - index * MINUTE));
    const ids = idsOf(HOUR, events);
    expect(ids).toHaveLength(MOST_CHANGES);
    expect(idsOf(HOUR, events.toReversed())).toEqual(ids);
  });
});

describe("the words of a change", () => {
  it.each([
    [START - 20_000, "less than a minute before"],
    [START - 40 * MINUTE, "40 min before"],
    [START - 5 * HOUR, "5 h before"],
    [START - 3 * DAY, "3 d before"],
    [START + 12 * MINUTE, "12 min after its start"],
  ])("say how long before: %#", (at, words) => {
    expect(changeDistance(at, START)).toBe(words);
  });

  it.each<[Partial<ChangeEvent>, string]>([
    [
      { title: "First prediction of version 7", version: "7", git_sha: "0123456789abcdef" },
      "First prediction of version 7, git 012345678",
    ],
    [{ title: "Deployed", version: "7" }, "Deployed (version 7)"],
    [{ title: "Deployed 0123456789", git_sha: "0123456789abcdef" }, "Deployed 0123456789"],
  ])("name version and commit once: %#", (rest, words) => {
    expect(changeLine(eventAt(START - 40 * MINUTE, rest), START)).toBe(
      `${words}: 40 min before, 2026-03-04 13:20 UTC`,
    );
  });
});
