import { learnWindowVariation, type WindowVariation } from "../detectors/index.ts";
import {
  insufficientData,
  type NotComputable,
  normalQuantile,
  proportionInterval,
} from "../statistics/index.ts";
import type { EstimatedMetric } from "./estimate-binary.ts";

/** EstimateHistory is a past window: what was estimated for a metric, with its band, and what it really was. In order of time. */
export interface EstimateHistory {
  estimated: number;
  /** Error of the estimate before the variation between windows was added to its band: else that would be counted against itself. */
  standardError: number;
  ciLow: number;
  ciHigh: number;
  realised: number;
}

/**
 * EstimatorRecord is how an estimator has done: how often the realised value was within the band, with an interval, its mean error, and
 * whether it may be trusted now.
 */
export interface EstimatorRecord {
  windows: number;
  within: number;
  share: number;
  shareLow: number;
  shareHigh: number;
  meanError: number;
  /** `broken`: lately the realised value was outside far more often than the band allows, so the estimate's assumption does not hold. */
  trust: "trusted" | "unproven" | "broken";
  reason: string;
}

const RECENT_WINDOWS = 8;
const MINIMUM_RECORD = 5;

/**
 * scoreEstimator returns how often a realised metric lay within its estimate's band, and whether the latest windows say that the estimate's
 * assumption has broken: of the last eight, so many outside that a working estimator would do it less than once in a hundred times.
 * Needs one window; below five the record is `unproven`. O(windows).
 *
 * @example scoreEstimator(history).reason // "has been within its band in 93 % of 41 windows"
 */
export function scoreEstimator(
  history: readonly EstimateHistory[],
  level = 0.95,
): EstimatorRecord | NotComputable {
  if (history.length === 0)
    return insufficientData("no window has both an estimate and a realised value yet");
  const isWithin = history.map((one) => one.realised >= one.ciLow && one.realised <= one.ciHigh);
  const within = isWithin.filter(Boolean).length;
  const interval = proportionInterval(within, history.length, level);
  const recent = isWithin.slice(-RECENT_WINDOWS);
  const outside = recent.filter((hit) => !hit).length;
  const isBroken =
    recent.length >= MINIMUM_RECORD && upperBinomialTail(outside, recent.length, 1 - level) < 0.01;
  const trust = isBroken ? "broken" : history.length < MINIMUM_RECORD ? "unproven" : "trusted";
  const share = within / history.length;
  const said = `has been within its band in ${Math.round(share * 100)} % of ${history.length} windows`;
  return {
    windows: history.length,
    within,
    share,
    shareLow: interval.outcome === "ok" ? interval.low : 0,
    shareHigh: interval.outcome === "ok" ? interval.high : 1,
    meanError: history.reduce((sum, one) => sum + one.estimated - one.realised, 0) / history.length,
    trust,
    reason: isBroken
      ? `${said}, but outside in ${outside} of the last ${recent.length}: inputs relate to labels otherwise than in the reference, so do not rely on the estimate`
      : said,
  };
}

/** upperBinomialTail returns P(X >= k) for X ~ Binomial(n, p). O(n). */
function upperBinomialTail(k: number, n: number, p: number): number {
  let tail = 0;
  let term = (1 - p) ** n;
  for (let i = 0; i <= n; i++) {
    if (i >= k) tail += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return tail;
}

/**
 * learnEstimatorError returns how realised values vary about their estimates over reference windows, beyond what the bands explain: `null`
 * below five windows. Pass it to `widenEstimate`.
 */
export function learnEstimatorError(history: readonly EstimateHistory[]): WindowVariation | null {
  if (history.length < MINIMUM_RECORD) return null;
  return learnWindowVariation(
    history.map((one) => ({ value: one.realised - one.estimated, standardError: one.standardError })),
  );
}

/** widenEstimate returns the estimate with the variation between windows in its band, so that the band keeps its promise in a world that is never quite stationary; its own standard error stays. O(1). */
export function widenEstimate(
  estimate: EstimatedMetric,
  error: WindowVariation | null,
  level = 0.95,
): EstimatedMetric {
  if (estimate.outcome !== "ok" || error === null) return estimate;
  const extra = error.betweenVariance + error.centerError ** 2;
  const standardError = Math.sqrt(estimate.standardError ** 2 + extra);
  const half = normalQuantile((1 + level) / 2) * standardError;
  return { ...estimate, ciLow: estimate.value - half, ciHigh: estimate.value + half };
}

/** TrustedEstimate is an estimate that may be shown, or the reason why it must not be taken at its word. */
export type TrustedEstimate =
  | { outcome: "ok"; estimate: Extract<EstimatedMetric, { outcome: "ok" }>; record: EstimatorRecord | null }
  | { outcome: "unreliable"; reason: string }
  | NotComputable;

/**
 * trustEstimate decides whether an estimate may be shown as a number: not while concept drift is known for the model, and not while the
 * estimator's own record is broken, because either means that calibrated scores no longer say what will happen. O(1).
 */
export function trustEstimate(
  estimate: EstimatedMetric,
  record: EstimatorRecord | NotComputable,
  conceptDrift: { since: string } | null,
): TrustedEstimate {
  if (estimate.outcome !== "ok") return estimate;
  if (conceptDrift !== null) {
    return {
      outcome: "unreliable",
      reason: `no estimate: concept drift is open since ${conceptDrift.since}, and an estimate without labels cannot see it`,
    };
  }
  if (!("trust" in record)) return { outcome: "ok", estimate, record: null };
  if (record.trust === "broken") return { outcome: "unreliable", reason: `no estimate: it ${record.reason}` };
  return { outcome: "ok", estimate, record };
}
