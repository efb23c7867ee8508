import { chiSquareContingency } from "../statistics/index.ts";

/** OutputStratum is a bin of the model's output within one window: its predictions, and those with a label by what that says (a regressor's under one name). */
export interface OutputStratum {
  predictions: number;
  labelled: ReadonlyMap<string, number>;
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
 * LabelBias says whether the labels that came early are a fair sample: `representative`; `corrected`, with the weight of a label of each class (`restWeight`
 * of a class seen too rarely) and the variance that the correction adds to the log odds; or `refused`, where nothing fair can be made of them yet.
 */
export type LabelBias =
  | { outcome: "representative"; reason: string }
  | {
      outcome: "corrected";
      weights: ReadonlyMap<string, number>;
      restWeight: number;
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
 * assessLabelBias decides whether a window's early labels are a biased sample, and corrects them where that can be done. By class: where labels of one
 * class usually come sooner than those of another (χ² over settled windows cut at the same age), each label weighs by the inverse of the share of its class
 * that has usually come; what this correction was off by on those windows is its variance. By output: if the labelled predictions, so weighted, are
 * still unlike all predictions, the labels are refused. Without settled windows a biased sample is refused. Needs 200 labels in three settled
 * windows to correct. Source: Horvitz & Thompson, JASA 47 (1952). O(windows · classes + strata).
 *
 * @example assessLabelBias({ strata, arrivals }) // { outcome: "corrected", weights: new Map([["fraud", 1.1], ["honest", 3.3]]), … }
 */
export function assessLabelBias(input: {
  strata: readonly OutputStratum[];
  arrivals: readonly ClassArrivals[];
}): LabelBias {
  const byClass = assessArrivals(input.arrivals);
  if (byClass.outcome === "refused") return byClass;
  const weightOf = (name: string) =>
    byClass.outcome === "corrected" ? (byClass.weights.get(name) ?? byClass.restWeight) : 1;
  const difference = outputDifference(input.strata, weightOf);
  if (difference === undefined) {
    return byClass.outcome === "unknown" ? { ...byClass, outcome: "representative" } : byClass;
  }
  const known =
    byClass.outcome === "unknown"
      ? "and when which labels usually come is not known yet"
      : "more than is usual at this age";
  return { outcome: "refused", reason: `${difference}, ${known}` };
}

/** outputDifference returns in words how far the outputs of labelled predictions are unlike those of all, undefined where they are alike. */
export function outputDifference(
  strata: readonly OutputStratum[],
  weightOf: (name: string) => number,
): string | undefined {
  const labelled = strata.map((stratum) =>
    [...stratum.labelled].reduce((sum, [name, count]) => sum + count * weightOf(name), 0),
  );
  const test = chiSquareContingency([labelled, strata.map(({ predictions }) => predictions)]);
  if (test.outcome !== "ok" || test.pValue > BIAS_P_VALUE || test.cramersV < SMALLEST_CRAMERS_V)
    return undefined;
  return `the labels that came so far are a biased sample: the predictions they belong to have other outputs than the rest (Cramér's V ${round(test.cramersV)})`;
}

type ArrivalVerdict = LabelBias | { outcome: "unknown"; reason: string };

function assessArrivals(arrivals: readonly ClassArrivals[]): ArrivalVerdict {
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
  if (slowest.share < SMALLEST_SHARE) {
    return { outcome: "refused", reason: `${start}: too few to weigh for the rest` };
  }
  const shareOf = new Map(shares.map(({ name, share }) => [name, share]));
  const logOddsVariance = correctionError(arrivals, shareOf);
  if (Math.sqrt(logOddsVariance) > LARGEST_LOG_ODDS_ERROR) {
    const factor = round(Math.exp(Math.sqrt(logOddsVariance)));
    return {
      outcome: "refused",
      reason: `${start}, and weighing for that was off by a factor of ${factor} in past windows`,
    };
  }
  const early = [...classes.values()].reduce((sum, counts) => sum + counts.early, 0);
  return {
    outcome: "corrected",
    weights: new Map(shares.map(({ name, share }) => [name, 1 / share])),
    restWeight: labels / early,
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

/**
 * correctionError returns the mean squared error of the corrected log odds of a class over past windows cut at the same age; half a label is added to each
 * count. Of several classes the mean, by how far a class's odds move a share: (share · (1 − share))².
 */
function correctionError(arrivals: readonly ClassArrivals[], shareOf: ReadonlyMap<string, number>): number {
  const known = arrivals.filter(({ name }) => shareOf.has(name));
  const starts = [...new Set(known.map(({ start }) => start))];
  const totals = sumByClass(known);
  const all = [...totals.values()].reduce((sum, { final }) => sum + final, 0);
  let weighted = 0;
  let weights = 0;
  for (const [name, { final }] of totals) {
    const weight = ((final / all) * (1 - final / all)) ** 2;
    const errors = starts.map((start) => {
      const counts = known.filter((one) => one.start === start);
      const sum = (isOfClass: boolean, count: (one: ClassArrivals) => number) =>
        [...shareOf.keys()]
          .filter((other) => (other === name) === isOfClass)
          .reduce((total, other) => {
            const found = counts.find((one) => one.name === other);
            return total + count(found ?? { start, name: other, early: 0, final: 0 });
          }, 0);
      const early = (one: ClassArrivals) => (one.early + 0.5) / shareOf.get(one.name)!;
      const inTheEnd = (one: ClassArrivals) => one.final + 0.5;
      return Math.log(sum(true, early) / sum(false, early) / (sum(true, inTheEnd) / sum(false, inTheEnd)));
    });
    weighted += weight * (errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    weights += weight;
  }
  return weighted / weights;
}

function percent(share: number): string {
  return `${round(share * 100)} %`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(2)));
}
