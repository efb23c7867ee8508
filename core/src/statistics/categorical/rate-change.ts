import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { chiSquareContingency } from "./chi-square-contingency.ts";
import { fisherExact } from "./fisher-exact.ts";

/** RateChange is how the share of rows with some property moved, with the chance of so large a move without cause. */
export type RateChange = {
  referenceRate: number;
  rate: number;
  difference: number;
  pValue: number;
  pValueMethod: "fisher_exact" | "chi_square" | "unchanged";
};

/** Below this expected count chi-square is rough and Fisher's exact test is used. */
const SMALL_EXPECTED = 20;

/**
 * rateChange returns how the share of rows with a property (missing, wrong type, out of range) changed, with its p-value.
 *
 * Range of the difference [−1, 1], positive when it grew. Fisher's exact test where an expected count is below 20, else
 * chi-square. Arguments: events and rows a side. Smallest sample: one row a side (`insufficient_data`). O(events).
 * Source: Fisher 1935; Pearson 1900.
 *
 * @example rateChange({ events: 0, rows: 1000 }, { events: 5, rows: 100 }).outcome; // "ok"
 */
export function rateChange(
  reference: { events: number; rows: number },
  current: { events: number; rows: number },
): Outcome<RateChange> {
  if (reference.rows === 0 || current.rows === 0) return insufficientData("a side has no rows");
  const referenceRate = reference.events / reference.rows;
  const rate = current.events / current.rows;
  if (!(referenceRate <= 1 && rate <= 1 && referenceRate >= 0 && rate >= 0)) {
    return notDefined("more events than rows, or fewer than none");
  }
  const base = { outcome: "ok", referenceRate, rate, difference: rate - referenceRate } as const;
  const table = chiSquareContingency([
    [reference.events, reference.rows - reference.events],
    [current.events, current.rows - current.events],
  ]);
  if (table.outcome !== "ok") return { ...base, pValue: 1, pValueMethod: "unchanged" };
  if (table.minExpected < SMALL_EXPECTED) {
    const exact = fisherExact(
      { successes: reference.events, trials: reference.rows },
      { successes: current.events, trials: current.rows },
    );
    if (exact.outcome === "ok") return { ...base, pValue: exact.pValue, pValueMethod: "fisher_exact" };
  }
  return { ...base, pValue: table.pValue, pValueMethod: "chi_square" };
}
