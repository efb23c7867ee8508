import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** loadGolden returns the parsed JSON of one file of golden numbers, named without its ending. */
export function loadGolden<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`./scipy/${name}.json`, import.meta.url), "utf8")) as Shape;
}

/** goldenNumber turns a golden value into a number; infinities are written as strings. */
export function goldenNumber(value: number | string): number {
  return Number(value);
}

/** expectClose asserts |actual − expected| ≤ absolute + relative·|expected|. */
export function expectClose(
  actual: number,
  expected: number,
  tolerance: { relative?: number; absolute?: number },
): void {
  if (Object.is(actual, expected)) return;
  const allowed = (tolerance.absolute ?? 0) + (tolerance.relative ?? 0) * Math.abs(expected);
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(allowed);
}
