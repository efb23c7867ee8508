import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateBinaryRows } from "../performance/index.ts";
import { createRandom } from "../random/index.ts";
import { fitCalibration } from "./fit-calibration.ts";
import { calibrateScore, fitIsotonic } from "./isotonic.ts";

describe("isotonic calibration", () => {
  it("pools violators to their mean", () => {
    const map = fitIsotonic({ scores: [0.1, 0.4, 0.8], positives: [1, 0, 1], rows: [2, 2, 1] });
    expect(map).toEqual({ scores: [0.25, 0.8], probabilities: [0.25, 1], rows: [4, 1] });
  });

  it("never descends, stays within [0, 1], and keeps the mean", () => {
    const row = fc.record({
      rows: fc.integer({ min: 1, max: 50 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (groups) => {
        const scores = groups.map((_, i) => (i + 0.5) / groups.length);
        const rows = groups.map((group) => group.rows);
        const positives = groups.map((group) => Math.round(group.rows * group.share));
        const map = fitIsotonic({ scores, positives, rows });
        const total = (columns: number[]) => columns.reduce((sum, n) => sum + n, 0);
        map.probabilities.forEach((p, i) => {
          expect(p).toBeGreaterThanOrEqual(i === 0 ? 0 : map.probabilities[i - 1]!);
          expect(p).toBeLessThanOrEqual(1);
        });
        const expected = map.probabilities.reduce((sum, p, i) => sum + p * map.rows[i]!, 0);
        expect(expected).toBeCloseTo(total(positives), 8);
      }),
    );
  });

  it("is linear between its points and flat beyond them; an empty one changes nothing", () => {
    const map = { scores: [0.2, 0.6], probabilities: [0.1, 0.5], rows: [10, 10] };
    expect(calibrateScore(map, 0.4)).toBeCloseTo(0.3, 12);
    expect(calibrateScore(map, 0)).toBe(0.1);
    expect(calibrateScore(map, 1)).toBe(0.5);
    expect(calibrateScore({ scores: [], probabilities: [], rows: [] }, 0.37)).toBe(0.37);
  });
});

describe("the choice of a calibration", () => {
  const windows = (distort: (p: number) => number) => {
    const random = createRandom(41);
    return Array.from({ length: 9 }, () => {
      const truth = Array.from({ length: 800 }, () => random());
      const labels = truth.map((p) => (random() < p ? 1 : 0));
      return aggregateBinaryRows({ labels, scores: truth.map(distort) }).scoreHistogram;
    });
  };

  it("is isotonic for distorted scores, and then undoes the distortion", () => {
    const calibration = fitCalibration(windows((p) => p ** 3));
    expect(calibration.method).toBe("isotonic");
    for (const p of [0.3, 0.5, 0.8])
      expect(Math.abs(calibrateScore(calibration.map, p ** 3) - p)).toBeLessThan(0.06);
  });

  it("leaves calibrated scores as they are", () => {
    const calibration = fitCalibration(windows((p) => p));
    expect(calibration.method).toBe("as_is");
    expect(calibration.reason).toContain("does not help");
  });

  it("leaves scores as they are without enough labels", () => {
    expect(fitCalibration(windows((p) => p ** 3).slice(0, 2)).method).toBe("as_is");
  });
});
