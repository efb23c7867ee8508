import { LeewayError } from "../errors/index.ts";

/** SloObjective is a promise about good events: at least `target` (0 < target < 1) of all events within a rolling period are good. */
export interface SloObjective {
  target: number;
  periodMs: number;
}

/** ObjectiveCheck says whether a target can be kept at all, and why not. */
export type ObjectiveCheck = { outcome: "ok" } | { outcome: "refused"; reason: string };

/**
 * checkObjective decides whether `objective` is a usable service level objective. A target of 100 % leaves no error budget, so every
 * burn rate would be infinite: it is refused, as are targets outside (0, 1) and periods that are not positive.
 */
export function checkObjective(objective: SloObjective): ObjectiveCheck {
  const { target, periodMs } = objective;
  if (target === 1) {
    return {
      outcome: "refused",
      reason: "a target of 100 % leaves no error budget; choose for example 99.9 %",
    };
  }
  if (!(target > 0 && target < 1)) {
    return { outcome: "refused", reason: `the target must lie between 0 and 1, got ${target}` };
  }
  if (!(periodMs > 0 && Number.isFinite(periodMs))) {
    return {
      outcome: "refused",
      reason: `the period must be a positive number of milliseconds, got ${periodMs}`,
    };
  }
  return { outcome: "ok" };
}

/**
 * budgetFraction returns the error budget 1 − target as the decimal the user meant: 0.999 gives 0.001, not the 0.0010000000000000009 of
 * binary subtraction, so that a burn of exactly the threshold is not decided by rounding. Throws `invalid_request` for a refused target.
 */
export function budgetFraction(target: number): number {
  const check = checkObjective({ target, periodMs: 1 });
  if (check.outcome === "refused") throw new LeewayError("invalid_request", check.reason);
  return Math.round((1 - target) * 1e12) / 1e12 || 1 - target;
}
