import { describe, expect, it } from "vitest";
import type { Rhythm, Severity } from "../records/index.ts";
import { heldUntil, standbyReason } from "./index.ts";

const at = (text: string) => Date.parse(text);
const nights: Rhythm = {
  days: ["mon", "tue", "wed", "thu", "fri"],
  ...{ from: "20:00", to: "07:00", time_zone: "Europe/Berlin" },
};
const weekends: Rhythm = { days: ["sat", "sun"], from: "00:00", to: "00:00", time_zone: "Europe/Berlin" };

describe("heldUntil", () => {
  it.each<[string, Rhythm | undefined, Severity, string, string | undefined]>([
    ["a ticket by day", nights, "ticket", "2026-06-01T10:00:00Z", undefined],
    ["a ticket at night", nights, "ticket", "2026-06-01T20:00:00Z", "2026-06-02T05:00:00Z"],
    ["a notice at night", nights, "notice", "2026-06-01T20:00:00Z", "2026-06-02T05:00:00Z"],
    ["a page at night", nights, "page", "2026-06-01T20:00:00Z", undefined],
    ["a ticket at the very beginning", nights, "ticket", "2026-06-01T18:00:00Z", "2026-06-02T05:00:00Z"],
    ["a ticket at the very end", nights, "ticket", "2026-06-02T05:00:00Z", undefined],
    [
      "a ticket in winter, when the zone is an hour off",
      nights,
      "ticket",
      "2026-01-05T19:30:00Z",
      "2026-01-06T06:00:00Z",
    ],
    [
      "a ticket on Saturday, through Sunday",
      weekends,
      "ticket",
      "2026-06-06T10:00:00Z",
      "2026-06-07T22:00:00Z",
    ],
    ["a ticket without quiet hours", undefined, "ticket", "2026-06-01T20:00:00Z", undefined],
  ])("of %s", (_, quiet_hours, severity, now, end) => {
    const until = heldUntil(quiet_hours === undefined ? {} : { quiet_hours }, { severity }, at(now));
    expect(until && new Date(until).toISOString()).toBe(end && new Date(at(end)).toISOString());
  });

  it("ends after a week where the hours never end", () => {
    const always = { ...weekends, days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as Rhythm["days"] };
    const now = at("2026-06-01T10:00:00Z");
    const until = heldUntil({ quiet_hours: always }, { severity: "ticket" }, now) ?? 0;
    expect(until - now).toBeLessThan(10 * 86_400_000);
  });
});

it("a channel that waits says for how long", () => {
  expect([standbyReason({}), standbyReason({ notify_after: 900_000 })]).toEqual([
    undefined,
    "it is notified where nobody acknowledges for 15m",
  ]);
});
