import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { chiSquareContingency } from "./chi-square-contingency.ts";
import { fisherExact } from "./fisher-exact.ts";

/** MissingRateChange is how the share of missing values moved, with the chance of so large a move without cause. */
export type MissingRateChange = {
  referenceRate: number;
  rate: number;
  difference: number;
  pValue: number;
  pValueMethod: "fisher_exact" | "chi_square" | "unchanged";
};

/** Below this expected count chi-square is rough and Fisher's exact test is used. */
const SMALL_EXPECTED = 20;

/**
 * missingRateChange returns how the share of missing values changed from the reference to the window, with its p-value.
 *
 * Range of the difference [−1, 1], positive when more is missing. Fisher's exact test where an expected count is below 20, else
 * chi-square. Arguments: missing values and rows a side. Smallest sample: one row a side (`insufficient_data`). O(missing).
 * Source: Fisher 1935; Pearson 1900.
 *
 * @example missingRateChange({ missing: 0, rows: 1000 }, { missing: 5, rows: 100 }).outcome; // "ok"
 */
export function missingRateChange(
  reference: { missing: number; rows: number },
  current: { missing: number; rows: number },
): Outcome<MissingRateChange> {
  if (reference.rows === 0 || current.rows === 0) return insufficientData("a side has no rows");
  const referenceRate = reference.missing / reference.rows;
  const rate = current.missing / current.rows;
  if (!(referenceRate <= 1 && rate <= 1 && referenceRate >= 0 && rate >= 0)) {
    return notDefined("more missing values than rows");
  }
  const base = { outcome: "ok", referenceRate, rate, difference: rate - referenceRate } as const;
  const table = chiSquareContingency([
    [reference.missing, reference.rows - reference.missing],
    [current.missing, current.rows - current.missing],
  ]);
  if (table.outcome !== "ok") return { ...base, pValue: 1, pValueMethod: "unchanged" };
  if (table.minExpected < SMALL_EXPECTED) {
    const exact = fisherExact(
      { successes: reference.missing, trials: reference.rows },
      { successes: current.missing, trials: current.rows },
    );
    if (exact.outcome === "ok") return { ...base, pValue: exact.pValue, pValueMethod: "fisher_exact" };
  }
  return { ...base, pValue: table.pValue, pValueMethod: "chi_square" };
}
