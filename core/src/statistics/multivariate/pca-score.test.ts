import { describe, expect, test } from "vitest";
import { createRandom, drawNormal, type RandomSource } from "../../random/index.ts";
import { fitPca } from "./pca-model.ts";
import { scorePca } from "./pca-score.ts";

// Five columns that follow two hidden ones; `coupling` is how closely.
function drawColumns(rows: number, random: RandomSource, coupling = 1): Float64Array[] {
  const columns = Array.from({ length: 5 }, () => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const a = drawNormal(random);
    const b = drawNormal(random);
    [a, 2 * a, a + b, b, a - b].forEach((value, f) => {
      const noise = drawNormal(random);
      columns[f]![row] = coupling * value + 0.3 * noise + (1 - coupling) * 2 * noise;
    });
  }
  return columns;
}

function fitted(random: RandomSource) {
  const fit = fitPca(drawColumns(4000, random), 0.8);
  if (fit.outcome !== "ok") throw new Error(fit.reason);
  return fit.model;
}

describe("PCA reconstruction error", () => {
  test("keeps as many components as hold the asked share of variance", () => {
    const model = fitted(createRandom(1));
    expect(model.components).toHaveLength(2);
    expect(model.varianceKept).toBeGreaterThan(0.8);
  });

  test("sees columns that stop moving together although each keeps its spread", () => {
    const random = createRandom(2);
    const score = scorePca(fitted(random), drawColumns(500, random, 0.5));
    if (score.outcome !== "ok") throw new Error(score.reason);
    expect(score.error).toBeGreaterThan(2 * score.referenceError);
    expect(score.pValue).toBeLessThan(1e-12);
  });

  test("is quiet under no drift as often as its p-value says", () => {
    const random = createRandom(3);
    const model = fitted(random);
    let rejected = 0;
    for (let round = 0; round < 300; round++) {
      const score = scorePca(model, drawColumns(200, random));
      if (score.outcome === "ok" && score.pValue < 0.05) rejected++;
    }
    expect(rejected).toBeGreaterThan(4);
    expect(rejected).toBeLessThan(30);
  });

  test("names what it cannot judge", () => {
    const model = fitted(createRandom(4));
    expect(scorePca(model, [new Float64Array(9)]).outcome).toBe("not_defined");
    expect(
      scorePca(
        model,
        model.means.map(() => new Float64Array(1)),
      ).outcome,
    ).toBe("insufficient_data");
    expect(fitPca([new Float64Array(3), new Float64Array(3)]).outcome).toBe("insufficient_data");
    expect(fitPca([new Float64Array(50), new Float64Array(50).fill(7)]).outcome).toBe("not_defined");
  });

  test("takes missing and infinite values as the mean", () => {
    const random = createRandom(5);
    const model = fitted(random);
    const columns = drawColumns(300, random);
    columns[0]!.fill(Number.NaN, 0, 50);
    columns[1]![7] = Number.POSITIVE_INFINITY;
    const score = scorePca(model, columns);
    expect(score.outcome === "ok" && Number.isFinite(score.error)).toBe(true);
  });
});
