import { expect, test } from "vitest";
import { formatAge, formatDate, formatInstant, formatSpan, formatTick, formatWindow } from "./format-time.ts";

const NOW = Date.UTC(2026, 4, 20, 12, 0);
const HOUR = 3_600_000;

test("a day carries its year only when it is another year's", () => {
  expect(formatDate(Date.UTC(2026, 4, 12), NOW)).toBe("12 May");
  expect(formatDate(Date.UTC(2025, 4, 12), NOW)).toBe("12 May 2025");
  expect(formatInstant(Date.UTC(2026, 4, 12, 14, 5))).toBe("12 May 2026, 14:05 UTC");
});

test("a window reads in the coarsest form that is exact", () => {
  const start = Date.UTC(2026, 4, 12);
  expect(formatWindow(start, start + 24 * HOUR, NOW)).toBe("12 May");
  expect(formatWindow(start, start + 7 * 24 * HOUR, NOW)).toBe("12 May – 18 May");
  expect(formatWindow(start + 14 * HOUR, start + 15 * HOUR, NOW)).toBe("12 May, 14:00 – 15:00");
});

test("ages and spans are rounded down to one unit", () => {
  expect(formatAge(NOW - 3_000, NOW)).toBe("just now");
  expect(formatAge(NOW - 4.9 * 60_000, NOW)).toBe("4 min ago");
  expect(formatAge(NOW + 2 * HOUR, NOW)).toBe("in 2 h");
  expect(formatSpan(47 * HOUR)).toBe("47 h");
  expect(formatSpan(49 * HOUR)).toBe("2 days");
});

test("axis ticks show the clock within two days and the date beyond", () => {
  expect(formatTick(NOW, 24 * HOUR, NOW)).toBe("12:00");
  expect(formatTick(NOW, 72 * HOUR, NOW)).toBe("20 May");
});
