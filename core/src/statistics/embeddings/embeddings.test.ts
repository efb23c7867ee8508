import { describe, expect, test } from "vitest";
import { createRandom, drawNormal, type RandomSource } from "../../random/index.ts";
import { centroidDistance } from "./centroid-distance.ts";
import { maximumMeanDiscrepancy } from "./maximum-mean-discrepancy.ts";

const draw = (rows: number, random: RandomSource, shift = 0, scale = 1) =>
  Array.from({ length: rows }, () =>
    Float64Array.from({ length: 8 }, () => scale * drawNormal(random) + shift),
  );

describe("centroid distance", () => {
  test("is the distance of the means, in reference spreads, with the angle between them", () => {
    const result = centroidDistance(
      [
        [1, 0],
        [3, 0],
      ],
      [
        [0, 2],
        [0, 4],
      ],
    );
    expect(result).toMatchObject({ outcome: "ok", normalized: Math.sqrt(13), cosineDistance: 1 });
  });

  test("names embeddings that cannot be compared", () => {
    expect(centroidDistance([], [[1]]).outcome).toBe("insufficient_data");
    expect(centroidDistance([[1, 2]], [[1]]).outcome).toBe("not_defined");
    expect(centroidDistance([[Number.NaN]], [[1]]).outcome).toBe("not_defined");
    expect(centroidDistance([[1]], [[1]])).toMatchObject({ distance: 0, normalized: null });
  });
});

describe("maximum mean discrepancy", () => {
  test("sees a shift, and a change of spread that leaves the mean alone", () => {
    const random = createRandom(1);
    for (const window of [draw(100, random, 0.4), draw(100, random, 0, 1.5)]) {
      const result = maximumMeanDiscrepancy(draw(100, random), window, { random });
      expect(result.outcome === "ok" && result.pValue).toBeCloseTo(1 / 201, 12);
    }
  });

  test("has p-values spread evenly under no drift", () => {
    const random = createRandom(2);
    const pValues = Array.from({ length: 100 }, () => {
      const options = { random, permutations: 60 };
      const result = maximumMeanDiscrepancy(draw(20, random), draw(20, random), options);
      return result.outcome === "ok" ? result.pValue : Number.NaN;
    });
    const mean = pValues.reduce((sum, p) => sum + p, 0) / pValues.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
    expect(pValues.filter((p) => p < 0.1).length).toBeLessThan(20);
  });

  test("names what it cannot judge", () => {
    const random = createRandom(3);
    expect(maximumMeanDiscrepancy(draw(3, random), draw(9, random), { random }).outcome).toBe(
      "insufficient_data",
    );
    const same = Array.from({ length: 9 }, () => [1, 1]);
    expect(maximumMeanDiscrepancy(same, same, { random }).outcome).toBe("not_defined");
  });
});
