import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import { estimateDispersion, judgeDeviation, type ReferenceDeviation } from "./estimate-dispersion.ts";

const options = { priorVariance: 0.0001, baselineWindows: 200 };

function wandering(seed: number, correlation: number): ReferenceDeviation[] {
  const random = createRandom(seed);
  let level = drawNormal(random);
  const values = Array.from({ length: 200 }, () => {
    level = correlation * level + Math.sqrt(1 - correlation ** 2) * drawNormal(random);
    return 0.2 * level + 0.1 * drawNormal(random);
  });
  return values.map((value, index) => ({
    squared: value ** 2,
    samplingLevel: 0.01,
    ...(index + 1 < values.length ? { productWithNext: value * values[index + 1]! } : {}),
  }));
}

describe("estimateDispersion", () => {
  test("finds the variance between windows beside that of sampling", () => {
    const variances = [1, 2, 3, 4, 5].map((seed) => estimateDispersion(wandering(seed, 0), options).variance);
    const mean = variances.reduce((sum, variance) => sum + variance, 0) / 5;
    expect(mean).toBeGreaterThan(0.032);
    expect(mean).toBeLessThan(0.048);
  });

  test("finds how alike neighbouring windows are", () => {
    expect(estimateDispersion(wandering(1, 0), options).correlation).toBeLessThan(0.2);
    expect(estimateDispersion(wandering(1, 0.8), options).correlation).toBeGreaterThan(0.6);
  });

  test("takes a week that stands still for no slower than the prior says", () => {
    const still = Array.from({ length: 7 }, () => ({
      squared: 0.01,
      samplingLevel: 0.01,
      productWithNext: 0,
    }));
    expect(estimateDispersion(still, options).correlation).toBe(0.5);
    const moving = still.map((window) => ({ ...window, squared: 0.05, productWithNext: 0.03 }));
    expect(estimateDispersion(moving, options).correlation).toBeGreaterThan(0.9);
  });

  test("is the prior without windows, and 0 never", () => {
    expect(estimateDispersion([], options).variance).toBe(0.0001);
    const still = Array.from({ length: 50 }, () => ({ squared: 0, samplingLevel: 0.01 }));
    expect(estimateDispersion(still, options).variance).toBeGreaterThan(0);
  });
});

describe("judgeDeviation", () => {
  const learnedFrom = (windows: number) => ({
    variance: 0.01,
    correlation: 0,
    windows,
    baseline_windows: windows,
    baseline_share: 1 / windows,
    degrees: windows - 1,
  });
  const dispersion = learnedFrom(30);

  test("asks for more where fewer windows are known", () => {
    const bars = [3, 10, 30, 300].map((windows) =>
      judgeDeviation({
        squared: 0,
        samplingLevel: 0.01,
        degrees: 9,
        dispersion: learnedFrom(windows),
      }).barAt(1e-4),
    );
    expect([...bars].sort((a, b) => b - a)).toEqual(bars);
  });

  test.each([1, 9])("passes its own bar with that probability or less (%d degrees)", (degrees) => {
    const at = (squared: number) => judgeDeviation({ squared, samplingLevel: 0.01, degrees, dispersion });
    for (const tail of [1e-2, 1e-4, 1e-6]) {
      expect(at(at(0).barAt(tail) * 1.001).pCalibrated).toBeLessThanOrEqual(tail * 1.3);
    }
  });

  test("keeps a distance's false exceedances below the tail when one direction wanders", () => {
    const random = createRandom(11);
    const bar = judgeDeviation({ squared: 0, samplingLevel: 0.018, degrees: 9, dispersion }).barAt(0.001);
    let exceeded = 0;
    for (let draw = 0; draw < 50_000; draw++) {
      let squared = (0.1 * drawNormal(random) + Math.sqrt(0.002) * drawNormal(random)) ** 2;
      for (let direction = 1; direction < 9; direction++) squared += 0.002 * drawNormal(random) ** 2;
      if (squared > bar) exceeded++;
    }
    expect(exceeded / 50_000).toBeLessThan(0.001);
  });
});
