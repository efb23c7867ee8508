import { expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import { changedPairs, crossSums, without } from "./changed-pairs.ts";
import { fisherZ, pairCorrelations } from "./pair-correlations.ts";

test("pairs are ranked as their correlations say, also where rows were taken out of the sums", () => {
  const random = createRandom(1);
  const columns = Array.from({ length: 5 }, () =>
    Float64Array.from({ length: 400 }, () => drawNormal(random)),
  );
  columns[3] = columns[3]!.map((x, row) => (row < 200 ? x : x + 2 * columns[1]![row]!));
  const rows = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);
  const pick = (from: number, to: number) =>
    pairCorrelations(columns.map((column) => column.slice(from, to)));
  const [before, after] = [pick(0, 200), pick(200, 300)];
  const expected = before.pairs
    .map((pair, i) => ({
      pair,
      change: Math.abs(fisherZ(before.correlations[i]!) - fisherZ(after.correlations[i]!)),
    }))
    .sort((a, b) => b.change - a.change)
    .map(({ pair }) => pair);
  const second = without(crossSums(columns, rows(200, 400)), crossSums(columns, rows(300, 400)));
  expect(changedPairs(crossSums(columns, rows(0, 200)), second, 10)).toEqual(expected);
  expect(expected[0]).toEqual([1, 3]);
});
