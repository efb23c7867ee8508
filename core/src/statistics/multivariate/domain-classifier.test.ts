import { describe, expect, test } from "vitest";
import { createRandom, drawNormal, type RandomSource } from "../../random/index.ts";
import { classifyDomain } from "./domain-classifier.ts";

const normalColumns = (rows: number, features: number, random: RandomSource) =>
  Array.from({ length: features }, () => Float64Array.from({ length: rows }, () => drawNormal(random)));

function classify(reference: Float64Array[], window: Float64Array[], seed = 7) {
  const result = classifyDomain(reference, window, { random: createRandom(seed) });
  if (result.outcome !== "ok") throw new Error(result.reason);
  return result;
}

describe("the domain classifier", () => {
  test("blames the feature that moved", () => {
    const random = createRandom(1);
    const window = normalColumns(800, 6, random);
    window[3] = window[3]!.map((x) => x + 1);
    const result = classify(normalColumns(800, 6, random), window);
    expect(result.blame[0]?.feature).toBe(3);
    expect(result.blame[0]?.share).toBeGreaterThan(0.6);
    expect(result.low).toBeGreaterThan(0.5);
    expect(result.pValue).toBeLessThan(1e-9);
  });

  test("sees a change of scale and of the null rate, which leave every mean alone", () => {
    const random = createRandom(2);
    const window = normalColumns(800, 4, random);
    window[0] = window[0]!.map((x) => 3 * x);
    window[1] = window[1]!.map((x, row) => (row % 4 === 0 ? Number.NaN : x));
    const result = classify(normalColumns(800, 4, random), window);
    expect(result.area).toBeGreaterThan(0.6);
    expect(
      result.blame
        .slice(0, 2)
        .map(({ feature }) => feature)
        .sort(),
    ).toEqual([0, 1]);
  });

  test("sees two features that change only together", () => {
    const random = createRandom(3);
    const reference = normalColumns(2000, 3, random);
    const window = normalColumns(2000, 3, random);
    window[1] = window[1]!.map((x, row) => Math.abs(x) * Math.sign(window[0]![row]!));
    expect(classify(reference, window).pValue).toBeLessThan(1e-6);
  });

  test("finds an area near one half without drift, within its interval as often as it promises", () => {
    let covered = 0;
    let rejected = 0;
    for (let seed = 0; seed < 60; seed++) {
      const random = createRandom(100 + seed);
      const result = classify(normalColumns(150, 3, random), normalColumns(150, 3, random), seed);
      if (result.low <= 0.5 && result.high >= 0.5) covered++;
      if (result.pValue < 0.05) rejected++;
    }
    expect(covered).toBeGreaterThanOrEqual(54);
    expect(rejected).toBeLessThanOrEqual(6);
  });

  test("is reproducible from its seed and names what it cannot judge", () => {
    const random = createRandom(5);
    const reference = normalColumns(300, 2, random);
    const window = normalColumns(300, 2, random);
    expect(classify(reference, window, 9)).toEqual(classify(reference, window, 9));
    expect(classifyDomain(reference, [], { random }).outcome).toBe("not_defined");
    expect(classifyDomain(normalColumns(10, 2, random), window, { random }).outcome).toBe(
      "insufficient_data",
    );
  });
});
