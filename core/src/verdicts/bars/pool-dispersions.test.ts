import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import { measureVariation, type OwnVariation } from "./own-variation.ts";
import { poolDispersions } from "./pool-dispersions.ts";

const PRIOR = 0.005;
const SAMPLING = 0.002;

// One feature's windows: a level that follows a first-order autoregression, seen with sampling error, each compared with the others.
function feature(seed: number, windows: number, correlation: number, deviation: number): OwnVariation {
  const random = createRandom(seed);
  let level = drawNormal(random);
  const values = Array.from({ length: windows }, () => {
    level = correlation * level + Math.sqrt(1 - correlation ** 2) * drawNormal(random);
    return deviation * level + Math.sqrt(SAMPLING) * drawNormal(random);
  });
  const sum = values.reduce((total, value) => total + value, 0);
  const differences = values.map((value) => value - (sum - value) / (windows - 1));
  return measureVariation(
    differences.map((difference, index) => ({
      squared: difference ** 2,
      samplingLevel: (SAMPLING * windows) / (windows - 1),
      ...(index + 1 < windows ? { productWithNext: difference * differences[index + 1]! } : {}),
    })),
    values.map((_, index) => index),
  );
}

const features = (count: number, windows: number, correlation: number, deviation: number) =>
  Array.from({ length: count }, (_, seed) => feature(seed + 1, windows, correlation, deviation));

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function predicted(variations: readonly (OwnVariation | undefined)[]): number {
  return median(poolDispersions(variations, PRIOR).map((one) => one!.variance * (1 + one!.baseline_share)));
}

describe("poolDispersions", () => {
  test("tells from a week of 50 features that levels wander slowly, and how far they will go", () => {
    const slow = poolDispersions(features(50, 7, 0.9, 0.15), PRIOR);
    expect(median(slow.map((one) => one!.correlation))).toBeGreaterThan(0.8);
    // Of 0.0225 of the level and nearly as much again of the week's own mean, a week by itself shows 0.0045.
    expect(predicted(features(50, 7, 0.9, 0.15))).toBeGreaterThan(0.02);
    const quick = poolDispersions(features(50, 7, 0, 0.15), PRIOR);
    expect(median(quick.map((one) => one!.correlation))).toBeLessThan(0.3);
  });

  test("asks little of features that stand still, less the more of them do", () => {
    expect(predicted(features(25, 7, 0, 0))).toBeLessThan(0.003);
    expect(predicted(features(1, 7, 0, 0))).toBeGreaterThan(predicted(features(25, 7, 0, 0)));
  });

  test("draws a variance that is small by chance up, and none down", () => {
    const variations = features(25, 14, 0.5, 0.2);
    const pooled = poolDispersions(variations, PRIOR).map((one) => one!.variance);
    const alone = variations.map((one) => poolDispersions([one], PRIOR)[0]!.variance);
    expect(Math.min(...pooled)).toBeGreaterThan(Math.min(...alone));
    const furthest = variations.reduce((most, one) => (one.squared > most.squared ? one : most));
    const itsVariance = poolDispersions(variations, PRIOR)[variations.indexOf(furthest)]!.variance;
    expect(itsVariance).toBeGreaterThanOrEqual(furthest.squared * 0.75);
  });

  test("does not let one feature that wanders far blind another that stands still", () => {
    const [still] = poolDispersions([feature(1, 20, 0, 0), feature(2, 20, 0.95, 5)], PRIOR);
    expect(still!.variance * (1 + still!.baseline_share)).toBeLessThan(0.03);
  });

  test("learns less from windows of which one holds all the variance", () => {
    const even = feature(1, 28, 0, 0.5);
    const squares = Array.from({ length: 28 }, (_, index) => (index === 9 ? 7 : 0.01));
    const odd = measureVariation(
      squares.map((squared) => ({ squared, samplingLevel: SAMPLING })),
      squares.map((_, index) => index),
    );
    expect(poolDispersions([even], PRIOR)[0]!.degrees).toBeGreaterThan(15);
    expect(poolDispersions([odd], PRIOR)[0]!.degrees).toBeLessThan(5);
  });

  test("leaves out what a feature does not have, and is the prior's where nothing is known of neighbours", () => {
    const [none, one] = poolDispersions([undefined, feature(1, 2, 0, 0)], PRIOR);
    expect(none).toBeUndefined();
    expect(one!.correlation).toBe(0.5);
    expect(poolDispersions([], PRIOR)).toEqual([]);
  });
});
