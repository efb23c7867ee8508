import {
  chiSquareLowerTail,
  chiSquareUpperTail,
  cramerVonMisesUpperTail,
  kolmogorovExactUpperTail,
  kolmogorovUpperTail,
  logGamma,
  normalQuantile,
  normalUpperTail,
  regularizedBeta,
  smirnovUpperTail,
  studentTQuantile,
  studentTUpperTail,
} from "@leeway/core/statistics";
import { describe, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";

type Tolerance = { relative?: number; absolute?: number };
type Row = [name: string, compute: (...args: number[]) => number, tolerance: Tolerance];

const { cases } = loadGolden<{ cases: Record<string, number[][]> }>("special_functions");
const exact = { relative: 1e-10 };
const functions: Row[] = [
  ["normal_upper_tail", (z) => normalUpperTail(z!), exact],
  ["normal_quantile", (p) => normalQuantile(p!), { relative: 1e-9, absolute: 1e-14 }],
  ["chi_square_upper_tail", (x, d) => chiSquareUpperTail(x!, d!), { relative: 1e-9, absolute: 1e-280 }],
  ["chi_square_lower_tail", (x, d) => chiSquareLowerTail(x!, d!), { relative: 1e-9, absolute: 1e-280 }],
  ["regularized_beta", (a, b, x) => regularizedBeta(a!, b!, x!), { relative: 1e-9, absolute: 1e-280 }],
  ["student_t_upper_tail", (t, d) => studentTUpperTail(t!, d!), exact],
  ["student_t_quantile", (p, d) => studentTQuantile(p!, d!), { relative: 1e-9, absolute: 1e-14 }],
  ["log_gamma", (x) => logGamma(x!), { relative: 1e-12, absolute: 1e-14 }],
  ["kolmogorov_upper_tail", (x) => kolmogorovUpperTail(x!), exact],
  [
    "kolmogorov_exact_upper_tail",
    (x, n) => kolmogorovExactUpperTail(x!, n!),
    { relative: 5e-6, absolute: 1e-12 },
  ],
  ["smirnov_upper_tail", (x, n) => smirnovUpperTail(x!, n!), exact],
  ["cramer_von_mises_upper_tail", (x) => cramerVonMisesUpperTail(x!), { absolute: 1e-10 }],
];

describe.each(functions)("%s", (name, compute, tolerance) => {
  test.each(cases[name]!.map((row) => [row]))("equals SciPy's value at %j", (row) => {
    expectClose(compute(...row.slice(0, -1)), row[row.length - 1]!, tolerance);
  });
});
