import { expect, test } from "vitest";
import { axisTicks } from "./axis-ticks.ts";

const DAY = 86_400_000;

test("ticks are round moments inside the range and never more than asked for", () => {
  const from = Date.UTC(2026, 0, 1, 5, 17);
  for (const days of [0.1, 1, 7, 28, 180, 900, 5_000]) {
    const to = from + days * DAY;
    const ticks = axisTicks(from, to, 8);
    expect(ticks.length).toBeLessThanOrEqual(9);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.every((tick) => tick >= from && tick <= to)).toBe(true);
  }
});

test("ticks a week or more apart fall on Mondays", () => {
  const ticks = axisTicks(Date.UTC(2026, 0, 1), Date.UTC(2026, 2, 1), 9);
  expect(ticks.every((tick) => new Date(tick).getUTCDay() === 1)).toBe(true);
});
