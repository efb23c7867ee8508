import { countOnGrid, createNumericGrid } from "@leeway/core/statistics";
import { expect, it } from "vitest";
import { gridBoundaries, nextDouble } from "./grid-boundaries.ts";

const binByBoundaries = (boundaries: number[], x: number) =>
  boundaries.filter((boundary) => boundary <= x).length;

it("puts every value into the bin that core puts it into, ties, extremes and neighbouring doubles included", () => {
  const values = [
    0,
    0,
    0,
    1,
    2,
    2,
    2,
    2,
    3,
    nextDouble(3),
    1e300,
    -1e300,
    5e-324,
    -5e-324,
    7,
    7,
    7,
    8,
    9,
    10,
  ];
  const grid = createNumericGrid(Float64Array.from(values).sort(), 8);
  const boundaries = gridBoundaries(grid);
  const probes = [
    ...values,
    -0,
    -1e308,
    1e308,
    ...grid.edges.flatMap((edge) => [nextDouble(edge), edge - 1e-9]),
  ];
  for (const probe of probes) {
    const bin = countOnGrid(grid, Float64Array.of(probe)).indexOf(1);
    expect([probe, binByBoundaries(boundaries, probe)]).toEqual([probe, bin]);
  }
});

it("steps to the very next double on either side of zero", () => {
  expect(nextDouble(1)).toBe(1 + Number.EPSILON);
  expect(nextDouble(0)).toBe(Number.MIN_VALUE);
  expect(nextDouble(-Number.MIN_VALUE)).toBe(-0);
});
