import { describe, expect, test } from "vitest";
import { createRandom } from "../../random/index.ts";
import { binColumn, tabulate } from "./bin-rows.ts";
import { createGradientSteps, curvatureOf, gradientOf, setStep } from "./gradient-steps.ts";
import { evaluateTree, growTree } from "./histogram-tree.ts";

describe("gradient steps", () => {
  test("keep gradient and curvature apart in sums of all rows, as far as their resolution goes", () => {
    const random = createRandom(1);
    const rows = 5_000;
    const steps = createGradientSteps(rows);
    const expected = { gradient: 0, curvature: 0 };
    for (let row = 0; row < rows; row++) {
      const [gradient, curvature] = [row % 3 === 0 ? -1 : 2 * random() - 1, random() / 4];
      setStep(steps, row, gradient, curvature);
      expected.gradient += gradient;
      expected.curvature += curvature;
    }
    const sum = steps.packed.reduce((total, step) => total + step, 0);
    const gradient = gradientOf(sum);
    expect(gradient / steps.resolution).toBeCloseTo(expected.gradient, 1);
    expect(curvatureOf(sum, gradient) / steps.resolution).toBeCloseTo(expected.curvature, 1);
    expect(steps.packed.reduceRight((total, step) => total + step, 0)).toBe(sum);
  });

  test("do not run over when every row has the largest gradient and curvature", () => {
    for (const rows of [2, 1_023, 1_025, 2 ** 17]) {
      const steps = createGradientSteps(rows);
      for (let row = 0; row < rows; row++) setStep(steps, row, -1, 1);
      const sum = steps.packed.reduce((total, step) => total + step, 0);
      expect(gradientOf(sum)).toBe(-rows * steps.resolution);
      expect(curvatureOf(sum, gradientOf(sum))).toBe(rows * steps.resolution);
    }
  });
});

describe("a histogram tree", () => {
  const random = createRandom(2);
  const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: 600 }, random));
  const rows = tabulate(
    columns.map(binColumn),
    Uint32Array.from({ length: 600 }, (_, row) => row),
  );
  const grow = (gradientAt: (row: number) => number) => {
    const steps = createGradientSteps(600);
    for (let row = 0; row < 600; row++) setStep(steps, row, gradientAt(row), 0.25);
    return growTree({ rows, steps, minimumCurvature: 2.5, shrinkage: 0 }, 2);
  };

  test("splits where the gradient changes, then each side by what changes there", () => {
    const isIn = (row: number) => columns[1]![row]! > 0.5 && columns[2]![row]! > 0.25;
    const tree = grow((row) => (isIn(row) ? -0.5 : 0.5));
    expect(tree.features[0]).toBe(1);
    expect(tree.features[2]).toBe(2);
    const wrong = Array.from(
      { length: 600 },
      (_, row) => evaluateTree(tree, rows, row) > 0 !== isIn(row),
    ).filter(Boolean).length;
    // A bin holds a thirty-second of the rows, and the cuts may lie within one.
    expect(wrong).toBeLessThan(30);
  });

  test("is one leaf where no split lowers the loss", () => {
    const tree = grow(() => 0.5);
    expect([...tree.gains]).toEqual([0, 0, 0]);
    expect([...tree.values]).toEqual([-2, -2, -2, -2]);
  });
});
