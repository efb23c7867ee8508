import { expect, test } from "vitest";
import { deriveOperatingPoint, sustainedTail } from "./derive-operating-point.ts";

test("the tails add up to the budget over windows, tests and both rules", () => {
  const point = deriveOperatingPoint({ falseAlarmsPerMonth: 0.5, windowMs: 3_600_000, tests: 100 });
  expect(point.windows_per_month).toBe(720);
  expect((point.immediate_tail + point.joint_tail) * 720 * 100).toBeCloseTo(0.5, 12);
});

test("the lower bar rises with the correlation of successive windows, up to the immediate one", () => {
  const point = deriveOperatingPoint({ falseAlarmsPerMonth: 0.5, windowMs: 3_600_000, tests: 100 });
  const tails = [0, 0.3, 0.6, 0.9, 1].map((correlation) => sustainedTail(point, correlation));
  expect([...tails].sort((a, b) => b - a)).toEqual(tails);
  expect(tails[4]).toBeCloseTo(point.immediate_tail, 15);
});

test("a generous budget over few windows never asks for less than 1 %", () => {
  const point = deriveOperatingPoint({ falseAlarmsPerMonth: 100, windowMs: 7 * 86_400_000, tests: 1 });
  expect(sustainedTail(point, 0)).toBeLessThanOrEqual(0.01);
});
