import { normalCdf } from "../statistics/index.ts";
import { gaussLegendre } from "./gauss-legendre.ts";
import { solveLinear } from "./solve-linear.ts";

/** CusumDesign fixes a CUSUM of standard normal deviations: it cumulates what exceeds `allowance` and alarms above `threshold`. */
export interface CusumDesign {
  threshold: number;
  allowance: number;
}

const NODES = 40;

/**
 * cusumRunLength returns the average run length of a one-sided CUSUM of independent normal deviations (unit variance, mean `shift`) that
 * begins at 0: the mean number of windows until it alarms. shift 0 gives the time between false alarms. Numerical solution of Page's
 * integral equation on 40 Gauss–Legendre nodes, of which Brook & Evans' Markov chain is the coarse form; five digits and more for
 * thresholds up to 20. Sources: Page, Biometrika 41 (1954); Brook & Evans, Biometrika 59 (1972). O(40³).
 *
 * @example cusumRunLength({ threshold: 4, allowance: 0.5 }, 0) // 335.4
 */
export function cusumRunLength({ threshold, allowance }: CusumDesign, shift: number): number {
  const { nodes, weights } = gaussLegendre(NODES, 0, threshold);
  const drift = shift - allowance;
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  // Unknowns: the run length from 0, then from each node. L(u) = 1 + L(0)·P(back to 0) + ∫ L(y)·f(y − u) dy.
  const starts = [0, ...nodes];
  const matrix = starts.map((start, row) =>
    Float64Array.from(starts, (end, column) => {
      const stay =
        column === 0 ? normalCdf(-start - drift) : weights[column - 1]! * density(end - start - drift);
      return (row === column ? 1 : 0) - stay;
    }),
  );
  const lengths = solveLinear(matrix, new Float64Array(starts.length).fill(1));
  return lengths === null ? Number.POSITIVE_INFINITY : lengths[0]!;
}

/** twoSidedCusumRunLength returns the same for a CUSUM in each direction, alarming with the first: 1/L = 1/L⁺ + 1/L⁻. O(40³). */
export function twoSidedCusumRunLength(design: CusumDesign, shift: number): number {
  return 1 / (1 / cusumRunLength(design, shift) + 1 / cusumRunLength(design, -shift));
}

/**
 * siegmundRunLength returns Siegmund's approximation to the one-sided average run length, (e^(2kb) − 2kb − 1) / 2k² with b = threshold +
 * 1.166 and k = allowance − shift. Within a few per cent. Source: Siegmund, Sequential Analysis, 1985. O(1).
 */
export function siegmundRunLength({ threshold, allowance }: CusumDesign, shift: number): number {
  const k = allowance - shift;
  const b = threshold + 1.166;
  return k === 0 ? b * b : (Math.exp(2 * k * b) - 2 * k * b - 1) / (2 * k * k);
}

/**
 * cusumThreshold returns the threshold at which a two-sided CUSUM with `allowance` (> 0) alarms falsely once in `averageRunLength` windows
 * on average (at least 2). The allowance is half the shift to be found soonest, in standard deviations of a window. Secant steps on the
 * logarithm of the run length, which is nearly linear in the threshold. O(10 · 40³).
 *
 * @example cusumThreshold({ averageRunLength: 465, allowance: 0.5 }) // 5.0
 */
export function cusumThreshold(input: { averageRunLength: number; allowance: number }): number {
  const { averageRunLength, allowance } = input;
  const target = Math.log(2 * averageRunLength);
  // Without a shift both sides are alike, so either runs twice as long as both.
  const excess = (threshold: number) => Math.log(cusumRunLength({ threshold, allowance }, 0)) - target;
  let previous = 0.01;
  let previousExcess = excess(previous);
  if (previousExcess >= 0) return previous;
  let current = 2;
  for (let i = 0; i < 40; i++) {
    const currentExcess = excess(current);
    if (Math.abs(currentExcess) < 1e-6 || currentExcess === previousExcess) break;
    const next = current - (currentExcess * (current - previous)) / (currentExcess - previousExcess);
    previous = current;
    previousExcess = currentExcess;
    current = Math.min(4 * current, Math.max(0.01, next));
  }
  return current;
}
