import { describe, expect, it } from "vitest";
import type { Incident, Rhythm, Silence } from "../records/index.ts";
import {
  isInForce,
  isLike,
  isTimeZone,
  matchesIncident,
  previewSilence,
  silenceSpan,
  silenceWords,
} from "./index.ts";
import { timeAt, wallClock } from "./wall-clock.ts";

const at = (text: string) => Date.parse(text);
const HOUR = 3_600_000;
const nights: Rhythm = {
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "22:00",
  to: "06:00",
  time_zone: "Europe/Berlin",
};
const yearly = { starts_at: at("2026-01-01T00:00:00Z"), ends_at: at("2027-01-01T00:00:00Z") };

describe("wall clocks", () => {
  it.each([
    ["UTC", "2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z"],
    ["Europe/Berlin", "2026-07-01T12:00:00Z", "2026-07-01T14:00:00Z"],
    ["Europe/Berlin", "2026-01-01T12:00:00Z", "2026-01-01T13:00:00Z"],
    ["America/Los_Angeles", "2026-01-01T03:00:00Z", "2025-12-31T19:00:00Z"],
    ["Asia/Kathmandu", "2026-01-01T00:00:00Z", "2026-01-01T05:45:00Z"],
  ])("in %s at %s read %s", (zone, time, wall) => {
    expect(wallClock(at(time), zone)).toBe(at(wall));
    expect(timeAt(at(wall), zone)).toBe(at(time));
  });

  it("that jump ahead leave out an hour, which is read with the offset from before; of one that comes twice it is the first", () => {
    expect(timeAt(at("2026-03-29T02:30:00Z"), "Europe/Berlin")).toBe(at("2026-03-29T01:30:00Z"));
    expect(timeAt(at("2026-10-25T02:30:00Z"), "Europe/Berlin")).toBe(at("2026-10-25T00:30:00Z"));
  });

  it("are of zones that exist", () => {
    expect([isTimeZone("Europe/Berlin"), isTimeZone("Mars/Olympus")]).toEqual([true, false]);
  });
});

describe("the hours of a silence", () => {
  it.each([
    ["before it begins", "2025-12-31T23:59:59Z", false],
    ["on a Monday night", "2026-06-01T21:30:00Z", true],
    ["after midnight of the same night", "2026-06-02T03:59:59Z", true],
    ["in the morning, when it is over", "2026-06-02T04:00:00Z", false],
    ["by day", "2026-06-01T10:00:00Z", false],
    ["on a Saturday night", "2026-06-06T21:30:00Z", false],
    ["early on Saturday, which is still Friday's night", "2026-06-06T03:00:00Z", true],
    ["in winter, when the zone is an hour off", "2026-01-05T20:59:59Z", false],
    ["in winter, at ten", "2026-01-05T21:00:00Z", true],
    ["after its end", "2027-01-04T21:30:00Z", false],
  ])("%s (%s): %s", (_, time, expected) => {
    expect(isInForce({ ...yearly, recurs: nights }, at(time))).toBe(expected);
  });

  it("go from the newest beginning to its end, also when that is over", () => {
    const span = { from: at("2026-06-05T20:00:00Z"), to: at("2026-06-06T04:00:00Z") };
    expect(silenceSpan({ ...yearly, recurs: nights }, at("2026-06-08T12:00:00Z"))).toEqual(span);
  });

  it("end with the silence", () => {
    const ends_at = at("2026-06-01T22:00:00Z");
    expect(silenceSpan({ ...yearly, ends_at, recurs: nights }, at("2026-06-09T00:00:00Z"))).toEqual({
      from: at("2026-06-01T20:00:00Z"),
      to: ends_at,
    });
  });

  it("of all days agree with a search minute by minute over the change to summer time", () => {
    const recurs: Rhythm = { ...nights, days: ["sun"], from: "01:00", to: "04:00" };
    for (let time = at("2026-03-28T20:00:00Z"); time < at("2026-03-29T06:00:00Z"); time += HOUR / 4) {
      const wall = new Date(wallClock(time, "Europe/Berlin"));
      const expected = wall.getUTCDay() === 0 && wall.getUTCHours() >= 1 && wall.getUTCHours() < 4;
      expect([new Date(time).toISOString(), isInForce({ ...yearly, recurs }, time)]).toEqual([
        new Date(time).toISOString(),
        expected,
      ]);
    }
  });
});

const incident = (rest: Partial<Incident> = {}) =>
  ({
    ...{
      id: "i",
      model: "fraud-eu",
      version: "2",
      environment: "production",
      cause: "pipeline",
      severity: "page",
    },
    ...{ owner: "#risk", state: "firing", fired_at: 1_000, features: [{ name: "amount", evidence: "" }] },
    ...rest,
  }) as Incident;

describe("what a silence matches", () => {
  it.each<[Partial<Silence>, boolean]>([
    [{}, true],
    [{ model: "fraud-eu" }, true],
    [{ owner: "#risk" }, true],
    [{ owner: "#ri*" }, true],
    [{ owner: "#search" }, false],
    [{ model: "fraud-*" }, true],
    [{ model: "fraud" }, false],
    [{ version: "2" }, true],
    [{ version: "1" }, false],
    [{ environment: "staging" }, false],
    [{ severity: "page" }, true],
    [{ severity: "ticket" }, false],
    [{ cause: "labels" }, false],
    [{ feature: "amount" }, true],
    [{ feature: "*count" }, false],
    [{ model: "fraud-*", cause: "pipeline", feature: "a*t" }, true],
  ])("%o: %s", (matchers, expected) => {
    expect(matchesIncident(matchers, incident())).toBe(expected);
  });

  it("is no incident in which another feature fails, too, and none without features", () => {
    const two = [
      { name: "amount", evidence: "" },
      { name: "city", evidence: "" },
    ];
    expect(matchesIncident({ feature: "amount" }, incident({ features: two }))).toBe(false);
    expect(matchesIncident({ feature: "amount" }, incident({ features: [] }))).toBe(false);
  });

  it.each([
    ["a*b*c", "a--b--c", true],
    ["a*b*c", "abc", true],
    ["a*b*c", "acb", false],
    ["aba*aba", "aba", false],
    ["*", "", true],
    ["**", "x", true],
    ["a.c", "abc", false],
  ])("%s is like %s: %s", (pattern, value, expected) => {
    expect(isLike(pattern, value)).toBe(expected);
  });
});

describe("the preview of a silence", () => {
  const now = at("2026-06-10T12:00:00Z");
  const resolved = (id: string, fired: string) => incident({ id, state: "resolved", fired_at: at(fired) });
  const incidents = [
    incident({ id: "open", fired_at: now }),
    incident({ id: "pending", state: "pending", fired_at: undefined }),
    resolved("by day", "2026-06-09T10:00:00Z"),
    resolved("by night", "2026-06-08T21:00:00Z"),
    resolved("long ago", "2026-01-08T21:00:00Z"),
  ];
  const ids = ({ open, past }: { open: Incident[]; past: Incident[] }) =>
    [open, past].map((list) => list.map(({ id }) => id));

  it("has what is open and what fired in the last 30 days, newest first", () => {
    expect(ids(previewSilence({}, incidents, now))).toEqual([["open"], ["by day", "by night"]]);
  });

  it("of a rhythm has of the past what fired in its hours", () => {
    expect(ids(previewSilence({ recurs: nights }, incidents, now))).toEqual([["open"], ["by night"]]);
  });
});

describe("the words of a silence", () => {
  it.each<[Partial<Silence>, string, string | undefined]>([
    [{}, "Everything of all models", undefined],
    [{ model: "fraud", version: "2" }, "Everything of fraud, version 2", undefined],
    [{ owner: "#risk" }, "All models: owned by #risk", undefined],
    [
      { model: "fraud", cause: "labels", feature: "a" },
      "fraud: Labels are missing or wrong, only feature a",
      undefined,
    ],
    [
      { recurs: nights },
      "Everything of all models",
      "Mondays, Tuesdays, Wednesdays, Thursdays, Fridays, 22:00 to 06:00 (Europe/Berlin)",
    ],
    [
      { recurs: { ...nights, days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } },
      "Everything of all models",
      "every day, 22:00 to 06:00 (Europe/Berlin)",
    ],
  ])("%o", (silence, what, hours) => {
    expect(silenceWords({ ...yearly, ...silence })).toEqual({ what, hours });
  });
});
