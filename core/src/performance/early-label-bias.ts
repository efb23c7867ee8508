import { chiSquareContingency } from "../statistics/index.ts";

/** OutputStratum is a bin of the model's output within one window: its predictions, and those with a label, by class where there are two. */
export interface OutputStratum {
  predictions: number;
  positives: number;
  negatives: number;
}

/**
 * ClassArrivals are the labels of one class in one settled past window: how many came in the end, and how many of them had come when that window was
 * as old as the one in question is now.
 */
export interface ClassArrivals {
  start: number;
  name: string;
  early: number;
  final: number;
}

/**
 * LabelBias says whether the labels that came early are a fair sample: `representative`; `corrected`, with the weight of a label of each class and
 * the variance that the correction adds to the log odds; or `refused`, where nothing fair can be made of them yet.
 */
export type LabelBias =
  | { outcome: "representative"; reason: string }
  | {
      outcome: "corrected";
      positiveWeight: number;
      negativeWeight: number;
      logOddsVariance: number;
      reason: string;
    }
  | { outcome: "refused"; reason: string };

const BIAS_P_VALUE = 0.001;
// A class that comes a tenth sooner changes the odds by a tenth: below that it is no matter.
const SMALLEST_LOG_RATIO = 0.1;
// Cramér's V of the outputs of labelled against all predictions: below it the mix differs too little to move a mean noticeably.
const SMALLEST_CRAMERS_V = 0.1;
const SMALLEST_SHARE = 0.1;
const LARGEST_LOG_ODDS_ERROR = 0.35;
const MINIMUM_WINDOWS = 3;
const MINIMUM_LABELS = 200;
const MINIMUM_CLASS_LABELS = 10;

/**
 * assessLabelBias decides whether a window's early labels are a biased sample, and corrects them where that can be done. By class: where labels of
 * `positiveClass` usually come sooner or later than the others (χ² over settled windows cut at the same age), each class weighs by the inverse of the
 * share that has usually come; what this correction was off by on those windows is its variance. By output: if the labelled predictions, so weighted,
 * are still unlike all predictions, the labels are refused. Without settled windows a biased sample is refused. More than two classes are never
 * corrected. Needs 200 labels in three settled windows to correct. Source: Horvitz & Thompson, JASA 47 (1952). O(windows + strata).
 *
 * @example assessLabelBias({ strata, arrivals, positiveClass: "fraud" }) // { outcome: "corrected", negativeWeight: 1.6, … }
 */
export function assessLabelBias(input: {
  strata: readonly OutputStratum[];
  arrivals: readonly ClassArrivals[];
  positiveClass: string | undefined;
}): LabelBias {
  const byClass = assessArrivals(input.arrivals, input.positiveClass);
  if (byClass.outcome === "refused") return byClass;
  const weights = byClass.outcome === "corrected" ? byClass : { positiveWeight: 1, negativeWeight: 1 };
  const labelled = input.strata.map(
    ({ positives, negatives }) => positives * weights.positiveWeight + negatives * weights.negativeWeight,
  );
  const predicted = input.strata.map(({ predictions }) => predictions);
  const test = chiSquareContingency([labelled, predicted]);
  if (test.outcome !== "ok" || test.pValue > BIAS_P_VALUE || test.cramersV < SMALLEST_CRAMERS_V) {
    return byClass.outcome === "unknown" ? { ...byClass, outcome: "representative" } : byClass;
  }
  return {
    outcome: "refused",
    reason: `the labels that came so far are a biased sample: the predictions they belong to have other outputs than the rest (Cramér's V ${round(test.cramersV)}), ${byClass.outcome === "unknown" ? "and when which labels usually come is not known yet" : "more than is usual at this age"}`,
  };
}

type ArrivalVerdict = LabelBias | { outcome: "unknown"; reason: string };

function assessArrivals(
  arrivals: readonly ClassArrivals[],
  positiveClass: string | undefined,
): ArrivalVerdict {
  const classes = sumByClass(arrivals);
  const windows = new Set(arrivals.map(({ start }) => start)).size;
  const labels = [...classes.values()].reduce((sum, { final }) => sum + final, 0);
  if (windows < MINIMUM_WINDOWS || labels < MINIMUM_LABELS) {
    return { outcome: "unknown", reason: "when labels of which class usually come is not known yet" };
  }
  const known = [...classes].filter(([, { final }]) => final >= MINIMUM_CLASS_LABELS);
  const shares = known.map(([name, { early, final }]) => ({ name, share: early / final }));
  const byShare = [...shares].sort((a, b) => a.share - b.share);
  const slowest = byShare[0];
  const fastest = byShare.at(-1);
  if (
    slowest === undefined ||
    fastest === undefined ||
    !isBiased(
      known.map(([, counts]) => counts),
      slowest,
      fastest,
    )
  ) {
    return { outcome: "representative", reason: "labels of every class come alike" };
  }
  const start = `the labels that come early are a biased sample: ${percent(fastest.share)} of those saying "${fastest.name}" have usually come by this age, ${percent(slowest.share)} of those saying "${slowest.name}"`;
  const positive = shares.find(({ name }) => name === positiveClass);
  const negative = shares.find(({ name }) => name !== positiveClass);
  if (shares.length !== 2 || positive === undefined || negative === undefined)
    return { outcome: "refused", reason: start };
  if (slowest.share < SMALLEST_SHARE)
    return { outcome: "refused", reason: `${start}: too few to weigh for the rest` };
  const logOddsVariance = correctionError(arrivals, positive, negative);
  if (Math.sqrt(logOddsVariance) > LARGEST_LOG_ODDS_ERROR) {
    const factor = round(Math.exp(Math.sqrt(logOddsVariance)));
    return {
      outcome: "refused",
      reason: `${start}, and weighing for that was off by a factor of ${factor} in past windows`,
    };
  }
  return {
    outcome: "corrected",
    positiveWeight: 1 / positive.share,
    negativeWeight: 1 / negative.share,
    logOddsVariance,
    reason: `${start}; each weighs by the inverse of that`,
  };
}

function sumByClass(arrivals: readonly ClassArrivals[]): Map<string, { early: number; final: number }> {
  const classes = new Map<string, { early: number; final: number }>();
  for (const { name, early, final } of arrivals) {
    const sum = classes.get(name) ?? { early: 0, final: 0 };
    classes.set(name, { early: sum.early + early, final: sum.final + final });
  }
  return classes;
}

function isBiased(
  counts: readonly { early: number; final: number }[],
  slowest: { share: number },
  fastest: { share: number },
): boolean {
  if (Math.log(fastest.share / Math.max(slowest.share, 1e-9)) < SMALLEST_LOG_RATIO) return false;
  const test = chiSquareContingency([
    counts.map(({ early }) => early),
    counts.map(({ early, final }) => final - early),
  ]);
  return test.outcome === "ok" && test.pValue < BIAS_P_VALUE;
}

/** correctionError returns the mean squared error of the corrected log odds over past windows cut at the same age; half a label is added to each count. */
function correctionError(
  arrivals: readonly ClassArrivals[],
  positive: { name: string; share: number },
  negative: { share: number },
): number {
  const errors = [...new Set(arrivals.map(({ start }) => start))].map((start) => {
    const sum = (isPositive: boolean, pick: "early" | "final") =>
      arrivals
        .filter((one) => one.start === start && (one.name === positive.name) === isPositive)
        .reduce((total, one) => total + one[pick], 0.5);
    const odds = sum(true, "final") / sum(false, "final");
    return Math.log(sum(true, "early") / positive.share / (sum(false, "early") / negative.share) / odds);
  });
  return errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
}

function percent(share: number): string {
  return `${round(share * 100)} %`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(2)));
}
