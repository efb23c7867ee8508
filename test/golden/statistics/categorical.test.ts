import { categoricalDrift, countCategories } from "@leeway/core/statistics";
import { expect, test } from "vitest";
import { expectClose, goldenNumber, loadGolden } from "../golden-file.ts";

type Expected = {
  psi: number;
  jensen_shannon_distance_base2: number;
  hellinger: number;
  total_variation: number;
  kl_cur_ref_nats: number | string;
  chi_square: {
    statistic: number;
    dof: number;
    p_value: number;
    cramers_v: number;
    min_expected: number;
  } | null;
  new_categories: string[];
  missing_categories: string[];
};
type Case = {
  id: string;
  reference: (string | null)[];
  current: (string | null)[];
  categories: string[];
  counts_ref: number[];
  counts_cur: number[];
  expected: Expected | null;
};

const { cases } = loadGolden<{ cases: Case[] }>("categorical");

test.each(cases)("categorical drift of $id equals the golden values", (golden) => {
  // The golden file leaves missing values out of PSI and counts them apart.
  const reference = { ...countCategories(golden.reference), missing: 0 };
  const current = { ...countCategories(golden.current), missing: 0 };
  const drift = categoricalDrift(reference, current);
  const { expected } = golden;
  if (expected === null) return expect(drift.psi.outcome).toBe("insufficient_data");
  expect(drift.bins.labels.map((label) => (label.kind === "category" ? label.name : label.kind))).toEqual(
    golden.categories,
  );
  expect(drift.bins.reference).toEqual(golden.counts_ref);
  expect(drift.bins.current).toEqual(golden.counts_cur);
  expectValue(drift.jensenShannon, expected.jensen_shannon_distance_base2);
  expectValue(drift.hellinger, expected.hellinger);
  expectValue(drift.totalVariation, expected.total_variation);
  if (drift.psi.outcome !== "ok") throw new Error(drift.psi.reason);
  expectClose(drift.psi.psi, expected.psi, { absolute: 1e-9 });
  if (Number.isFinite(goldenNumber(expected.kl_cur_ref_nats))) {
    expectValue(drift.kullbackLeibler, goldenNumber(expected.kl_cur_ref_nats));
  } else expect(drift.kullbackLeibler.outcome).toBe("not_defined");
  expect(drift.changes.newCategoryCount).toBe(expected.new_categories.length);
  expect(drift.changes.vanishedCategoryCount).toBe(expected.missing_categories.length);
  if (expected.chi_square === null) return expect(drift.chiSquare.outcome).toBe("not_defined");
  if (drift.chiSquare.outcome !== "ok") throw new Error(drift.chiSquare.reason);
  expectClose(drift.chiSquare.statistic, expected.chi_square.statistic, { absolute: 1e-9 });
  expect(drift.chiSquare.degreesOfFreedom).toBe(expected.chi_square.dof);
  expectClose(drift.chiSquare.pValue, expected.chi_square.p_value, { relative: 1e-7 });
  expectClose(drift.chiSquare.cramersV, expected.chi_square.cramers_v, { absolute: 1e-9 });
});

function expectValue(actual: { outcome: string; value?: number }, expected: number): void {
  expect(actual.outcome).toBe("ok");
  expectClose(actual.value!, expected, { absolute: 1e-9 });
}
