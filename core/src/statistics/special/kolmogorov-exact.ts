import { logGamma } from "./log-gamma.ts";
import { marsagliaTsangWang } from "./marsaglia-tsang-wang.ts";
import { pelzGood } from "./pelz-good.ts";

/**
 * kolmogorovExactUpperTail returns P(D_n ≥ x) for the one-sample, two-sided Kolmogorov statistic of n values.
 *
 * For: a small window against a reference so large that it counts as known. Arguments: whole n ≥ 1, x in [0, 1]. Range [0, 1].
 * Exact while n·x ≤ 50 (relative error about 1e-9), else Pelz & Good's series (about 1e-7 there), twice the one-sided tail far out.
 * O((n·x)³ log n) while exact, O(1) by the series, O(n) in the tail. Source: Marsaglia, Tsang & Wang 2003; Simard & L'Ecuyer 2011.
 *
 * @example kolmogorovExactUpperTail(0.274, 10); // 0.3716…
 */
export function kolmogorovExactUpperTail(x: number, n: number): number {
  const scaled = n * x * x;
  if (n * x <= 0.5) return 1;
  if (x >= 1) return 0;
  if (x >= 0.5 || scaled >= 4 || (n > 400 && scaled >= 3)) return Math.min(1, 2 * smirnovUpperTail(x, n));
  const below = n * x <= 50 ? marsagliaTsangWang(x, n) : pelzGood(x, n);
  return Math.min(1, Math.max(0, 1 - below));
}

/**
 * smirnovUpperTail returns P(D⁺_n ≥ x), the exact tail of the one-sample, one-sided Kolmogorov–Smirnov statistic.
 *
 * Arguments: whole n ≥ 1, x in [0, 1]. Range [0, 1]; only positive terms, so far tails keep their digits. O(n).
 * Source: Birnbaum & Tingey 1951.
 *
 * @example smirnovUpperTail(0.5, 10); // 0.00377…
 */
export function smirnovUpperTail(x: number, n: number): number {
  if (x <= 0) return 1;
  if (x >= 1) return 0;
  const logFactorial = logGamma(n + 1);
  const last = Math.floor(n * (1 - x));
  let sum = 0;
  for (let j = 0; j <= last; j++) {
    const above = x + j / n;
    const rest = 1 - above;
    if (rest <= 0) continue;
    const logChoose = logFactorial - logGamma(j + 1) - logGamma(n - j + 1);
    sum += Math.exp(logChoose + (j - 1) * Math.log(above) + (n - j) * Math.log(rest));
  }
  return Math.min(1, x * sum);
}
