import { expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

test("the eigenvalues of a known matrix descend and its vectors are unit vectors", () => {
  const { values, vectors } = symmetricEigen([
    Float64Array.of(2, 1, 0),
    Float64Array.of(1, 2, 0),
    Float64Array.of(0, 0, 5),
  ]);
  expect([...values].map((value) => Number(value.toFixed(12)))).toEqual([5, 3, 1]);
  const [first, second] = vectors.map((vector) => [...vector].map((value) => Number(value.toFixed(9))));
  expect(first).toEqual([0, 0, 1]);
  expect(second).toEqual([Math.SQRT1_2, Math.SQRT1_2, 0].map((value) => Number(value.toFixed(9))));
});

test("values and vectors rebuild a random symmetric matrix of 40 rows", () => {
  const random = createRandom(9);
  const size = 40;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      matrix[i]![j] = drawNormal(random);
      matrix[j]![i] = matrix[i]![j]!;
    }
  }
  const { values, vectors } = symmetricEigen(matrix);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let rebuilt = 0;
      for (let k = 0; k < size; k++) rebuilt += values[k]! * vectors[k]![i]! * vectors[k]![j]!;
      expect(Math.abs(rebuilt - matrix[i]![j]!)).toBeLessThan(1e-10);
    }
  }
});

test("a matrix of zeros has eigenvalues 0", () => {
  expect([...symmetricEigen([new Float64Array(2), new Float64Array(2)]).values]).toEqual([0, 0]);
});
