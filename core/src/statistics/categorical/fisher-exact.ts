import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { logGamma } from "../special/log-gamma.ts";

/**
 * fisherExact returns Fisher's exact two-sided p-value for two proportions: all tables no more likely than the one seen.
 *
 * For: null rates and flags in small windows, where chi-square is rough. Range (0, 1]. Arguments: whole successes and trials a
 * side. Smallest sample: one trial a side (`insufficient_data`); `not_defined` for impossible counts.
 * O(successes). Source: Fisher 1935.
 *
 * @example fisherExact({ successes: 3, trials: 6 }, { successes: 6, trials: 6 }); // { outcome: "ok", pValue: 0.1818… }
 */
export function fisherExact(
  reference: { successes: number; trials: number },
  current: { successes: number; trials: number },
): Outcome<{ pValue: number }> {
  for (const { successes, trials } of [reference, current]) {
    const isPossible =
      Number.isInteger(successes) && Number.isInteger(trials) && successes >= 0 && successes <= trials;
    if (!isPossible) return notDefined(`${successes} successes in ${trials} trials`);
    if (trials === 0) return insufficientData("a side has no trials");
  }
  const total = reference.trials + current.trials;
  const successes = reference.successes + current.successes;
  const least = Math.max(0, successes - current.trials);
  const most = Math.min(successes, reference.trials);
  const logWays = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const logAll = logWays(total, successes);
  const probability = (k: number) =>
    Math.exp(logWays(reference.trials, k) + logWays(current.trials, successes - k) - logAll);
  // Equally likely tables must count as such although their logarithms are rounded.
  const seen = probability(reference.successes) * (1 + 1e-7);
  let pValue = 0;
  for (let k = least; k <= most; k++) {
    const p = probability(k);
    if (p <= seen) pValue += p;
  }
  return { outcome: "ok", pValue: Math.min(1, pValue) };
}
