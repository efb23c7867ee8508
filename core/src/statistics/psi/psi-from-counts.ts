import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { chiSquareUpperTail } from "../special/chi-square-distribution.ts";

/** Proportions below this are raised to it before the logarithm; they are not renormalised. */
export const PSI_FLOOR = 1e-4;

/** PsiValue is a population stability index with its null p-value and what each bin added. */
export type PsiValue = {
  /** Σ (q−p)·ln(q/p) over the bins; 0 without change. */
  psi: number;
  /** Upper tail of χ² with `degreesOfFreedom` at psi·nm/(n+m): how often no drift at all gives a PSI this large. */
  pValue: number;
  /** Bins that hold anything on either side, minus one. */
  degreesOfFreedom: number;
  /** The smallest count expected in a used bin on either side; below about 5 the p-value is rough. */
  minExpected: number;
  referenceTotal: number;
  currentTotal: number;
  /** What each bin added to psi, in the order of the bins. */
  contributions: number[];
};

/**
 * psiFromCounts returns the population stability index between two histograms over the same bins.
 *
 * For: the size of a shift of one feature, whatever its type. Range [0, about 18.4·…] in nats, larger is a larger shift,
 * symmetric in its arguments up to the floor. Arguments: counts (or weights) per bin, same bins on both sides; count missing
 * values as one more bin where either side has any. Proportions are floored at 1e-4, not renormalised.
 * Smallest sample: one value a side (`insufficient_data` below); `not_defined` for unlike bins or counts that are negative or
 * not finite. O(bins). Source: Siddiqi 2006; null distribution Yurdakul & Naranjo 2020.
 *
 * @example psiFromCounts([50, 50], [30, 70]); // { outcome: "ok", psi: 0.1695, pValue: …, … }
 */
export function psiFromCounts(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome<PsiValue> {
  if (reference.length !== current.length) {
    return notDefined(`${reference.length} reference bins against ${current.length}`);
  }
  const referenceTotal = total(reference);
  const currentTotal = total(current);
  if (referenceTotal === null || currentTotal === null)
    return notDefined("a count is negative or not finite");
  if (referenceTotal === 0) return insufficientData("the reference has no values");
  if (currentTotal === 0) return insufficientData("the window has no values");
  const contributions: number[] = [];
  let psi = 0;
  let used = 0;
  let minPooled = Number.POSITIVE_INFINITY;
  for (let bin = 0; bin < reference.length; bin++) {
    const pooled = reference[bin]! + current[bin]!;
    if (pooled > 0) {
      used++;
      minPooled = Math.min(minPooled, pooled);
    }
    const p = Math.max(reference[bin]! / referenceTotal, PSI_FLOOR);
    const q = Math.max(current[bin]! / currentTotal, PSI_FLOOR);
    const contribution = (q - p) * Math.log(q / p);
    contributions.push(contribution);
    psi += contribution;
  }
  const pooledTotal = referenceTotal + currentTotal;
  const degreesOfFreedom = used - 1;
  // n·(m/(n+m)) rather than n·m/(n+m): the product of two large totals need not be exact.
  const statistic = psi * referenceTotal * (currentTotal / pooledTotal);
  return {
    outcome: "ok",
    psi,
    pValue: degreesOfFreedom === 0 ? 1 : chiSquareUpperTail(statistic, degreesOfFreedom),
    degreesOfFreedom,
    minExpected: minPooled * (Math.min(referenceTotal, currentTotal) / pooledTotal),
    referenceTotal,
    currentTotal,
    contributions,
  };
}

function total(counts: ArrayLike<number>): number | null {
  let sum = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin]!;
    if (!(count >= 0) || count === Number.POSITIVE_INFINITY) return null;
    sum += count;
  }
  return sum;
}
