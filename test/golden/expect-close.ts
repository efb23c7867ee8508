import { expect } from "vitest";

/** Tolerance allows |actual − expected| <= absolute + relative · |expected|. */
export interface Tolerance {
  absolute?: number;
  relative?: number;
}

/** expectClose asserts that `actual` is `expected` within the tolerance; null only equals null. */
export function expectClose(
  actual: number | null,
  expected: number | null,
  tolerance: Tolerance,
  what: string,
): void {
  if (actual === null || expected === null) {
    expect(actual, what).toBe(expected);
    return;
  }
  const allowed = (tolerance.absolute ?? 0) + (tolerance.relative ?? 0) * Math.abs(expected);
  expect(Math.abs(actual - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(allowed);
}
