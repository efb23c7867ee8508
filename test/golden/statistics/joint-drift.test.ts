import { createRandom } from "@leeway/core/random";
import { fisherZ, fitPca, normalScores, pairCorrelations, scorePca } from "@leeway/core/statistics";
import { expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";

interface GoldenPair {
  pair: [number, number];
  correlation: number;
  fisher_z: number;
  variance: number;
}

const golden = loadGolden<{
  columns: number[][];
  window: number[][];
  normal_scores: number[][];
  pairs: GoldenPair[];
  pairs_of_scores: GoldenPair[];
  reconstruction_error: { reference: number; window: number };
}>("joint_drift");
const exactly = { relative: 1e-9, absolute: 1e-12 };
const columns = golden.columns.map((column) => Float64Array.from(column));

test("normal scores equal SciPy's", () => {
  normalScores(columns, createRandom(1)).forEach((column, f) => {
    column.forEach((score, row) => {
      expectClose(score, golden.normal_scores[f]![row]!, exactly);
    });
  });
});

test.each([
  ["raw values", columns, golden.pairs],
  ["normal scores", normalScores(columns, createRandom(2)), golden.pairs_of_scores],
] as const)("correlations of %s and their sampling variance equal NumPy's", (_, values, expected) => {
  const found = pairCorrelations(values);
  expect(found.pairs).toEqual(expected.map(({ pair }) => pair));
  expected.forEach(({ correlation, fisher_z, variance }, i) => {
    expectClose(found.correlations[i]!, correlation, exactly);
    expectClose(fisherZ(found.correlations[i]!), fisher_z, { relative: 1e-8 });
    expectClose(found.variances[i]!, variance, { relative: 1e-8 });
  });
});

test("reconstruction errors equal those of NumPy's eigenvectors", () => {
  const fitted = fitPca(columns, 0.65);
  if (fitted.outcome !== "ok") throw new Error(fitted.reason);
  const scored = scorePca(
    fitted.model,
    golden.window.map((column) => Float64Array.from(column)),
  );
  if (scored.outcome !== "ok") throw new Error(scored.reason);
  expectClose(scored.referenceError, golden.reconstruction_error.reference, exactly);
  expectClose(scored.error, golden.reconstruction_error.window, exactly);
});
