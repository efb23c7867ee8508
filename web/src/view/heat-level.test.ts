import { expect, test } from "vitest";
import { heatLevel } from "./heat-level.ts";

test.each([
  [0, 0],
  [0.024, 0],
  [0.03, 1],
  [0.099, 2],
  [0.1, 3],
  [0.29, 5],
  [0.31, 6],
  [50, 6],
])("a PSI of %f against a threshold of 0.1 is step %i", (psi, level) => {
  expect(heatLevel({ state: "ok", psi, threshold: 0.1 })).toBe(level);
});

test("a cell without a number is the lowest step", () => {
  expect(heatLevel({ state: "absent", psi: null, threshold: null })).toBe(0);
});
