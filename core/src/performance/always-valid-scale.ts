/** WINDOW_PRECISION and ROW_PRECISION are `priorPrecision` where the independent units are windows (effects of a standard deviation or so) and rows (of a twentieth). */
export const WINDOW_PRECISION = 0.5;
export const ROW_PRECISION = 400;

/**
 * alwaysValidScale returns how many standard errors an interval of `level` around a mean must reach so that it holds at every look, however often
 * and whenever one looks while units come in: the confidence sequence of the t-test with a normal mixture over the effect size. Above Student's
 * factor (3 to 4 instead of 2), infinite for so few units that nothing can be said. `units` is the number of independent units so far;
 * `priorPrecision` is 1 / the variance of the effect sizes (mean / standard deviation) for which the interval is narrowest. Exact for normal
 * units; units of any distribution by the central limit theorem. Sources: Lai, Annals of Statistics 4 (1976); Wang & Ramdas, "Anytime-valid
 * t-tests and confidence sequences for Gaussian means with unknown variance", Sequential Analysis 44 (2025). O(1).
 *
 * @example alwaysValidScale(0.95, 21, WINDOW_PRECISION) // 3.5, where one look alone would need 2.09
 */
export function alwaysValidScale(level: number, units: number, priorPrecision: number): number {
  if (!(units > 1)) return Number.POSITIVE_INFINITY;
  const kept = priorPrecision / (units + priorPrecision);
  // The mixture's likelihood ratio against the mean is ((1 + t²/(n−1)) / (1 + kept·t²/(n−1)))^(n/2)·√kept; it stays below 1/(1 − level).
  const bound = Math.exp((2 / units) * (Math.log(1 / (1 - level)) - Math.log(kept) / 2));
  const room = 1 - kept * bound;
  return room <= 0 ? Number.POSITIVE_INFINITY : Math.sqrt(((units - 1) * (bound - 1)) / room);
}
