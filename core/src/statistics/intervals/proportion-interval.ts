import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { betaQuantile } from "../special/incomplete-beta.ts";
import { normalQuantile } from "../special/normal-quantile.ts";

/** ProportionIntervalMethod names a confidence interval of a binomial proportion. */
export type ProportionIntervalMethod = "wilson" | "agresti_coull" | "clopper_pearson";

/** ProportionInterval is an estimated proportion and the interval that covers the true one with the asked confidence. */
export type ProportionInterval = { proportion: number; low: number; high: number };

/**
 * proportionInterval returns the two-sided confidence interval of a proportion from its successes and trials.
 *
 * Wilson (the default; average coverage at the level), Agresti–Coull (Wilson's centre, wider), Clopper–Pearson (never below the
 * level). Arguments: 0 ≤ successes ≤ trials (fractions allowed for weighted counts); confidence in (0, 1). Range [0, 1].
 * Smallest sample: one trial (`insufficient_data`); `not_defined` for impossible counts or levels. O(1), Clopper–Pearson O(√trials).
 * Source: Wilson 1927; Agresti & Coull 1998; Clopper & Pearson 1934.
 *
 * @example proportionInterval(5, 10, 0.95); // { outcome: "ok", proportion: 0.5, low: 0.2366, high: 0.7634 }
 */
export function proportionInterval(
  successes: number,
  trials: number,
  confidence = 0.95,
  method: ProportionIntervalMethod = "wilson",
): Outcome<ProportionInterval> {
  if (trials === 0) return insufficientData("no trials");
  if (!(successes >= 0 && successes <= trials && trials < Number.POSITIVE_INFINITY)) {
    return notDefined(`${successes} successes in ${trials} trials`);
  }
  if (!(confidence > 0 && confidence < 1)) return notDefined(`a confidence of ${confidence}`);
  const proportion = successes / trials;
  const [low, high] = limits(successes, trials, confidence, method);
  return { outcome: "ok", proportion, low, high };
}

function limits(
  successes: number,
  trials: number,
  confidence: number,
  method: ProportionIntervalMethod,
): [number, number] {
  switch (method) {
    case "wilson":
      return wilson(successes, trials, normalQuantile((1 + confidence) / 2));
    case "agresti_coull":
      return agrestiCoull(successes, trials, normalQuantile((1 + confidence) / 2));
    case "clopper_pearson":
      return clopperPearson(successes, trials, 1 - confidence);
    default:
      return method satisfies never;
  }
}

function wilson(successes: number, trials: number, z: number): [number, number] {
  const proportion = successes / trials;
  const square = z * z;
  const centre = (proportion + square / (2 * trials)) / (1 + square / trials);
  const half =
    (z * Math.sqrt((proportion * (1 - proportion) + square / (4 * trials)) / trials)) / (1 + square / trials);
  // At the ends the limit is exactly 0 or 1; rounding must not leave a trace of it.
  return [
    successes === 0 ? 0 : Math.max(0, centre - half),
    successes === trials ? 1 : Math.min(1, centre + half),
  ];
}

function agrestiCoull(successes: number, trials: number, z: number): [number, number] {
  const total = trials + z * z;
  const centre = (successes + (z * z) / 2) / total;
  const half = z * Math.sqrt((centre * (1 - centre)) / total);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

function clopperPearson(successes: number, trials: number, alpha: number): [number, number] {
  const failures = trials - successes;
  return [
    successes === 0 ? 0 : betaQuantile(alpha / 2, successes, failures + 1),
    // The upper limit is the lower limit of the failures, which keeps its digits near 1.
    failures === 0 ? 1 : 1 - betaQuantile(alpha / 2, failures, successes + 1),
  ];
}
