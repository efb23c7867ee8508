import { chiSquareContingency } from "@leeway/core/statistics";
import { expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";

type Case = {
  id: string;
  table: number[][];
  expected: {
    statistic: number;
    dof: number;
    p_value: number;
    cramers_v: number;
    min_expected: number;
    n: number;
  } | null;
};

const { cases } = loadGolden<{ cases: Case[] }>("chi_square");

test.each(cases)("the chi-square test of $id equals the golden values", ({ table, expected }) => {
  const result = chiSquareContingency(table);
  if (expected === null) return expect(result.outcome).not.toBe("ok");
  if (result.outcome !== "ok") throw new Error(result.reason);
  expectClose(result.statistic, expected.statistic, { relative: 1e-9, absolute: 1e-12 });
  expect(result.degreesOfFreedom).toBe(expected.dof);
  expectClose(result.pValue, expected.p_value, { relative: 1e-7, absolute: 1e-300 });
  expectClose(result.cramersV, expected.cramers_v, { relative: 1e-9, absolute: 1e-9 });
  expectClose(result.minExpected, expected.min_expected, { relative: 1e-12 });
  expect(result.total).toBe(expected.n);
});
