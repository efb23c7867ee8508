import { describe, expect, test } from "vitest";
import { slowLevels } from "./slow-levels.ts";

const inARow = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("slowLevels", () => {
  // By summing the autocovariances of the deviations from the mean, matrix by matrix.
  test.each([
    [7, 0.5, 0.348, 0.201],
    [7, 0.9, 0.798, 0.419],
    [14, 0.9, 0.649, 0.672],
    [28, 0.7, 0.183, 0.627],
  ])("of %d windows in a row with correlation %d: share %d, seen %d", (count, correlation, share, seen) => {
    const levels = slowLevels(inARow(count));
    expect(levels.share(correlation)).toBeCloseTo(share, 3);
    expect(levels.correlationBehind(seen)).toBeCloseTo(correlation, 2);
  });

  test("a correlation above what so few windows can show is the highest there is", () => {
    expect(slowLevels(inARow(7)).correlationBehind(0.6)).toBe(0.95);
    expect(slowLevels(inARow(7)).correlationBehind(-0.5)).toBe(0);
  });

  test("four Mondays hide less of a level than four days in a row, and show neighbours as alike as they are", () => {
    const mondays = slowLevels([0, 7, 14, 21]);
    expect(mondays.share(0)).toBeCloseTo(0.25, 10);
    expect(mondays.share(0.8)).toBeLessThan(slowLevels(inARow(4)).share(0.8));
    expect(mondays.correlationBehind(0.6)).toBeCloseTo(0.6, 10);
  });
});
