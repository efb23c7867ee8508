import { expect, it } from "vitest";
import { createDemoCalendar } from "./calendar.ts";

it("moves the season by whole days, so that its last day is today and its hours stay what they were", () => {
  const now = Date.UTC(2026, 10, 21, 15, 30);
  const calendar = createDemoCalendar(now);
  expect(calendar.shiftMs % 86_400_000).toBe(0);
  expect(Date.UTC(2001, 5, 30) + calendar.shiftMs).toBe(Date.UTC(2026, 10, 21));
  expect(calendar.trafficUntil).toBe(now);
  expect(calendar.faultUntil).toBeLessThan(now);
});
