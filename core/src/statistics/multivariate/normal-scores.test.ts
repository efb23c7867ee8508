import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import { classifyDomain } from "./domain-classifier.ts";
import { normalScores } from "./normal-scores.ts";
import { fisherZ, pairCorrelations } from "./pair-correlations.ts";

describe("normal scores", () => {
  test("are the same values for every column, whatever its shape, ties and missing values", () => {
    const random = createRandom(1);
    const columns = [
      Float64Array.from({ length: 200 }, () => Math.exp(3 * drawNormal(random))),
      Float64Array.from({ length: 200 }, () => (random() < 0.8 ? 0 : 1)),
      Float64Array.from({ length: 200 }, () => (random() < 0.3 ? Number.NaN : random())),
      new Float64Array(200).fill(Number.POSITIVE_INFINITY),
    ];
    const scores = normalScores(columns, random);
    for (const column of scores) expect(column.slice().sort()).toEqual(scores[0]!.slice().sort());
    const missing = columns[2]!.findIndex(Number.isNaN);
    const present = columns[2]!.findIndex((x) => !Number.isNaN(x));
    expect(scores[2]![missing]!).toBeLessThan(scores[2]![present]!);
  });
});

describe("pair correlations", () => {
  test("have the sampling variance that repeated samples show, normal or not", () => {
    const random = createRandom(2);
    const rows = 400;
    const draws = Array.from({ length: 200 }, () => {
      const x = Float64Array.from({ length: rows }, () => drawNormal(random));
      const tied = x.map((value) => (random() < 0.5 ? value : -value));
      const near = x.map((value) => 0.8 * value + 0.6 * drawNormal(random));
      return pairCorrelations([x, tied, near]);
    });
    draws[0]!.pairs.forEach((_, pair) => {
      const z = draws.map(({ correlations }) => fisherZ(correlations[pair]!));
      const mean = z.reduce((sum, value) => sum + value, 0) / z.length;
      const observed = z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (z.length - 1);
      const stated = draws.reduce((sum, { variances }) => sum + variances[pair]!, 0) / draws.length / rows;
      expect(observed / stated).toBeGreaterThan(0.75);
      expect(observed / stated).toBeLessThan(1.3);
    });
    // Values of random sign are uncorrelated but far from independent: three times the variance of normal ones.
    expect(draws[0]!.variances[0]).toBeGreaterThan(2);
    expect(draws[0]!.variances[1]).toBeCloseTo(1, 0);
  });
});

test("products of pairs let the domain classifier see one pair of twenty features that moves together no more", () => {
  const random = createRandom(3);
  const draw = (correlation: number) => {
    const columns = Array.from({ length: 20 }, () =>
      Float64Array.from({ length: 800 }, () => drawNormal(random)),
    );
    columns[7] = columns[7]!.map(
      (x, row) => correlation * columns[4]![row]! + Math.sqrt(1 - correlation ** 2) * x,
    );
    return columns;
  };
  const [before, after, again] = [draw(0.7), draw(0), draw(0.7)];
  const areaOf = (window: Float64Array[], products: number) => {
    const result = classifyDomain(before, window, { random: createRandom(9), products });
    if (result.outcome !== "ok") throw new Error(result.reason);
    return result;
  };
  const seen = areaOf(after, 8);
  expect(seen.low).toBeGreaterThan(0.58);
  expect(
    seen.blame
      .slice(0, 2)
      .map(({ feature }) => feature)
      .sort(),
  ).toEqual([4, 7]);
  expect(areaOf(after, 0).low).toBeLessThan(seen.low);
  expect(areaOf(again, 8).pValue).toBeGreaterThan(0.01);
});
