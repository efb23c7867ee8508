import { insufficientData, type NotComputable } from "../statistics/index.ts";
import { LAST_DELAY_BUCKET, labelDelayBucketUpperMs } from "./label-delay-bucket.ts";

/**
 * LabelCohort is one window of predictions, how old the youngest of them is, and when their labels came. SQL counts the first label of
 * each prediction by `labelDelayBucket(label.timestamp - prediction.timestamp)`.
 */
export interface LabelCohort {
  predictions: number;
  ageMs: number;
  delayBuckets: number[];
  delayCounts: number[];
}

/**
 * LabelArrivalCurve is the share of predictions that have a label at each age: cumulative `coverage[i]` at `ageMs[i]`, both ascending.
 * `finalCoverage` is what the oldest cohorts reached; `settled` says that it no longer grew over the last half of the ages seen, so that
 * it may be called final; `predictions` is how many the curve was learned from.
 */
export interface LabelArrivalCurve {
  ageMs: number[];
  coverage: number[];
  finalCoverage: number;
  settled: boolean;
  predictions: number;
}

/** MINIMUM_CURVE_PREDICTIONS is how many predictions a learned curve needs. */
export const MINIMUM_CURVE_PREDICTIONS = 100;

/** SETTLED_GROWTH is the share of the final coverage that may still have come in the last half of the ages of a settled curve. */
const SETTLED_GROWTH = 0.02;

/**
 * learnArrivalCurve returns the usual arrival curve of a model's labels from cohorts of any age: the Kaplan–Meier estimate over delay
 * buckets, in which a young cohort counts only for the delays it has lived through, so that yesterday's missing labels do not look lost.
 * Predictions that never get a label leave the curve below 1. Needs 100 predictions and one label. Source: Kaplan & Meier, JASA 53
 * (1958). O(cohorts · buckets).
 */
export function learnArrivalCurve(
  cohorts: readonly LabelCohort[],
): { outcome: "ok"; curve: LabelArrivalCurve } | NotComputable {
  const predictions = cohorts.reduce((sum, cohort) => sum + cohort.predictions, 0);
  if (predictions < MINIMUM_CURVE_PREDICTIONS) {
    return insufficientData(
      `${predictions} predictions are too few to learn when labels come; ${MINIMUM_CURVE_PREDICTIONS} are needed`,
    );
  }
  const waiting = cohorts.map((cohort) => cohort.predictions);
  const arrivals = cohorts.map(
    (cohort) => new Map(cohort.delayBuckets.map((bucket, i) => [bucket, cohort.delayCounts[i]!])),
  );
  const curve: LabelArrivalCurve = { ageMs: [], coverage: [], finalCoverage: 0, settled: false, predictions };
  let unlabelled = 1;
  for (let bucket = 0; bucket <= LAST_DELAY_BUCKET; bucket++) {
    const upper = labelDelayBucketUpperMs(bucket);
    let atRisk = 0;
    let labelled = 0;
    for (let c = 0; c < cohorts.length; c++) {
      const arrived = arrivals[c]!.get(bucket) ?? 0;
      if (cohorts[c]!.ageMs >= upper) {
        atRisk += waiting[c]!;
        labelled += arrived;
      }
      waiting[c]! -= arrived;
    }
    if (cohorts.every((cohort) => cohort.ageMs < upper)) break;
    if (atRisk > 0) unlabelled *= Math.max(0, 1 - labelled / atRisk);
    curve.ageMs.push(upper);
    curve.coverage.push(1 - unlabelled);
  }
  curve.finalCoverage = curve.coverage.at(-1) ?? 0;
  if (curve.finalCoverage === 0) return insufficientData("no label has come yet");
  const atHalfAge = expectedCoverage(curve, curve.ageMs.at(-1)! / 2);
  curve.settled = curve.finalCoverage - atHalfAge <= SETTLED_GROWTH * curve.finalCoverage;
  return { outcome: "ok", curve };
}

/**
 * expectedCoverage returns the share of predictions of one age that usually have a label: linear between the curve's points, 0 at age 0,
 * `finalCoverage` beyond its end. Range 0 to 1. O(log buckets).
 */
export function expectedCoverage(curve: LabelArrivalCurve, ageMs: number): number {
  if (!(ageMs > 0)) return 0;
  let low = 0;
  let high = curve.ageMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (curve.ageMs[middle]! < ageMs) low = middle + 1;
    else high = middle;
  }
  if (low === curve.ageMs.length) return curve.finalCoverage;
  const fromAge = low === 0 ? 0 : curve.ageMs[low - 1]!;
  const fromCoverage = low === 0 ? 0 : curve.coverage[low - 1]!;
  const share = (ageMs - fromAge) / (curve.ageMs[low]! - fromAge);
  return fromCoverage + share * (curve.coverage[low]! - fromCoverage);
}

/**
 * expectedWindowCoverage returns the same for a window whose predictions are spread evenly over ages from `youngestAgeMs` to
 * `oldestAgeMs`: the mean over 32 ages. O(log buckets).
 */
export function expectedWindowCoverage(
  curve: LabelArrivalCurve,
  youngestAgeMs: number,
  oldestAgeMs: number,
): number {
  const steps = 32;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    sum += expectedCoverage(curve, youngestAgeMs + ((i + 0.5) / steps) * (oldestAgeMs - youngestAgeMs));
  }
  return sum / steps;
}
