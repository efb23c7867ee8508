import { expect, test } from "vitest";
import type { EventCounts } from "../../slo/index.ts";
import { assessSloWindow } from "./assess-slo-window.ts";

const HOUR_MS = 3_600_000;
const objective = { threshold_ms: 200, target: 0.99, period_ms: 28 * 24 * HOUR_MS };

// A steady 1000 requests an hour, of which a share was bad during the last `badHours`.
function requests(badShare: number, badHours: number) {
  return (durationMs: number): EventCounts => {
    const hours = durationMs / HOUR_MS;
    const total = 1_000 * hours;
    return { total, good: total - badShare * 1_000 * Math.min(hours, badHours) };
  };
}

const assess = (countOver: (durationMs: number) => EventCounts) =>
  assessSloWindow({ window: { start: 0, end: HOUR_MS }, objective, countOver });

test("a total outage of an hour fires, with what is left of the budget", () => {
  const verdict = assess(requests(1, 1));
  expect(verdict.outcome).toBe("alarm");
  expect(verdict.cause).toBe("serving");
  expect(verdict.detail.budget_left).toBeCloseTo(1 - 1 / 6.72, 9);
  expect(verdict.reason).toContain("objective 99 % within 200 ms");
});

test("errors within the budget are OK and burn at their rate", () => {
  const verdict = assess(requests(0.005, 28 * 24));
  expect(verdict.outcome).toBe("ok");
  expect(
    verdict.detail.burn_rates.every(
      ({ burn_rate }) => burn_rate !== null && Math.abs(burn_rate - 0.5) < 1e-9,
    ),
  ).toBe(true);
});

test("no requests are no data, never OK", () => {
  expect(assess(() => ({ good: 0, total: 0 })).outcome).toBe("no_data");
});

test("a handful of requests is too little to say", () => {
  expect(assess(() => ({ good: 1, total: 4 })).outcome).toBe("insufficient_data");
});
