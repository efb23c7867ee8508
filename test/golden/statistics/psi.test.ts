import {
  cleanColumn,
  countOnGrid,
  createNumericGrid,
  decileBins,
  decileCounts,
  numericPsi,
  psiFromGridCounts,
  sortFloats,
} from "@leeway/core/statistics";
import { describe, expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";
import { goldenSamples, type SamplePair } from "./golden-samples.ts";

type Variant = { psi: number; counts_ref: number[]; counts_cur: number[] };
type Case = SamplePair & { expected: { quantile_atoms: Variant; quantile_right_closed: Variant } | null };

const { cases } = loadGolden<{ cases: Case[] }>("psi_numeric");
const samples = goldenSamples();

describe.each(cases)("PSI of $id", ({ reference, current, expected }) => {
  const left = cleanColumn(samples[reference]!).values;
  const right = cleanColumn(samples[current]!).values;

  test("equals the golden value, or is named where there is none", () => {
    const result = numericPsi(left, right);
    if (expected === null) return expect(result.outcome).toBe("insufficient_data");
    if (result.outcome !== "ok") throw new Error(result.reason);
    expectClose(result.psi, expected.quantile_atoms.psi, { absolute: 1e-9 });
    // Without atoms the primary definition is the same.
    if (expected.quantile_atoms.counts_ref.length === expected.quantile_right_closed.counts_ref.length) {
      expectClose(result.psi, expected.quantile_right_closed.psi, { absolute: 1e-9 });
    }
  });

  test("from counts on the 256-quantile grid equals the golden counts and value", () => {
    if (expected === null) return;
    const grid = createNumericGrid(sortFloats(left));
    const referenceCounts = countOnGrid(grid, left);
    const currentCounts = countOnGrid(grid, right);
    expect([...decileCounts(grid, referenceCounts)]).toEqual(expected.quantile_atoms.counts_ref);
    expect([...decileCounts(grid, currentCounts)]).toEqual(expected.quantile_atoms.counts_cur);
    expect([...countOnGrid(decileBins(grid), right)]).toEqual(expected.quantile_atoms.counts_cur);
    const result = psiFromGridCounts(grid, referenceCounts, currentCounts);
    if (result.outcome !== "ok") throw new Error(result.reason);
    expectClose(result.psi, expected.quantile_atoms.psi, { absolute: 1e-9 });
  });
});
