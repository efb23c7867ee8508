import { createRandom, drawNormal } from "@leeway/core/random";
import { createNumericGrid } from "@leeway/core/statistics";
import { describe, expect, it } from "vitest";
import { type BinLattice, cellOf, planLattice } from "./bin-lattice.ts";
import { gridBoundaries, nextDouble, previousDouble } from "./grid-boundaries.ts";

function binByLattice(lattice: BinLattice, boundaries: readonly number[]): (x: number) => number {
  const lowest = lattice.runs.flatMap(({ bin, cells }) => new Array<number>(cells).fill(bin));
  return (x) => {
    let bin = lowest[cellOf(lattice, x)]!;
    for (let step = 0; step < lattice.steps; step++) bin += x >= boundaries[bin]! ? 1 : 0;
    return bin;
  };
}

const binByCounting = (boundaries: readonly number[], x: number) =>
  boundaries.filter((boundary) => boundary <= x).length;

const random = createRandom(11);
const draw = (value: () => number) => Float64Array.from({ length: 20_000 }, value).sort();
const COLUMNS: Record<string, { column: Float64Array; steps: number | undefined }> = {
  "normal with an offset": { column: draw(() => 1e6 + 3 * drawNormal(random)), steps: 1 },
  "log-normal": { column: draw(() => Math.exp(2 * drawNormal(random))), steps: 1 },
  "whole numbers": { column: draw(() => Math.round(Math.abs(50 + 15 * drawNormal(random)))), steps: 1 },
  "whole numbers on both sides of zero": {
    column: draw(() => Math.round(40 * drawNormal(random))),
    steps: 2,
  },
  "mostly zero": { column: draw(() => Math.max(0, drawNormal(random))), steps: 1 },
  constant: { column: draw(() => 5), steps: 0 },
  "two values": { column: draw(() => (random() < 0.5 ? -1 : 1e-3)), steps: 2 },
  "heavy tails on both sides": { column: draw(() => drawNormal(random) / random()), steps: undefined },
  "sign and magnitude from 1e-300 to 1e300": {
    column: draw(() => (random() < 0.5 ? -1 : 1) * 10 ** (600 * random() - 300)),
    steps: undefined,
  },
  "magnitudes from 1e-300 to 1e300": { column: draw(() => 10 ** (600 * random() - 300)), steps: 1 },
  "neighbouring doubles": { column: Float64Array.of(1, nextDouble(1), 3, nextDouble(3), 4), steps: 1 },
};

describe("the lattice's bins are those of a search", () => {
  for (const [name, { column, steps }] of Object.entries(COLUMNS)) {
    it(`for a column of ${name}`, () => {
      const boundaries = gridBoundaries(createNumericGrid(column));
      const lattice = planLattice(boundaries);
      expect(lattice?.steps).toBe(steps);
      if (lattice === undefined) return;
      const binOf = binByLattice(lattice, boundaries);
      const probes = [
        ...column.filter((_, i) => i % 20 === 0),
        ...boundaries.flatMap((x) => [x, nextDouble(x), previousDouble(x)]),
        ...[-0, 0, 5e-324, -5e-324, 1e300, -1e300, Number.MAX_VALUE, -Number.MAX_VALUE],
        ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      ];
      for (const x of probes) {
        expect([x, binOf(x)]).toEqual([x, binByCounting(boundaries, x)]);
      }
      expect(lattice.runs.reduce((sum, { cells }) => sum + cells, 0)).toBe(lattice.lastCell + 1);
    });
  }
});

it("has no lattice for a grid without edges", () => {
  expect(planLattice([])).toBeUndefined();
});
