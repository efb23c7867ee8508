import { expect, test } from "vitest";
import { fillSteps, servingStep } from "./serving-step.ts";

const DAY = 86_400_000;

test.each([
  [DAY / 24, 60_000],
  [DAY, 900_000],
  [7 * DAY, DAY / 24],
  [180 * DAY, DAY],
  [1_000 * DAY, 7 * DAY],
])("a range of %d ms is cut into round steps", (span, step) => {
  expect(servingStep(span)).toBe(step);
});

test("steps without traffic between others become zeros", () => {
  const point = (start: number, total: number) => ({ start, end: start + 10, total });
  const filled = fillSteps([point(0, 5), point(30, 7)], 10, (start) => point(start, 0));
  expect(filled.map(({ start, total }) => [start, total])).toEqual([
    [0, 5],
    [10, 0],
    [20, 0],
    [30, 7],
  ]);
});
