import { type Detector, type DetectorStep, refuseBit } from "./detector.ts";

/** HddmWParameters: see `hddmW`. */
export interface HddmWParameters {
  /** Chance of a false drift or warning at one check, 0 < confidence < 1. */
  driftConfidence: number;
  warningConfidence: number;
  /** Weight of the newest value, 0 < lambda <= 1. */
  lambda: number;
  /** Whether falls of the error rate count as well. */
  twoSided: boolean;
}

/** WeightedMean is an exponentially weighted mean, with the sum of squared weights that McDiarmid's bound needs; null before a value. */
export interface WeightedMean {
  mean: number | null;
  squaredWeights: number;
}

/** HddmWState is the resumable state of `hddmW`: the mean of all values, and the halves on either side of its extremes. */
export interface HddmWState {
  parameters: HddmWParameters;
  all: WeightedMean;
  lowest: { bound: number | null; before: WeightedMean; since: WeightedMean };
  highest: { bound: number | null; before: WeightedMean; since: WeightedMean };
  drifted: boolean;
}

const DEFAULTS: HddmWParameters = {
  driftConfidence: 0.001,
  warningConfidence: 0.005,
  lambda: 0.05,
  twoSided: false,
};

const NONE: WeightedMean = { mean: null, squaredWeights: 1 };

function fresh(parameters: HddmWParameters): HddmWState {
  const side = { bound: null, before: NONE, since: NONE };
  return { parameters, all: NONE, lowest: side, highest: side, drifted: false };
}

function include({ mean, squaredWeights }: WeightedMean, x: number, lambda: number): WeightedMean {
  return {
    mean: mean === null ? x : lambda * x + (1 - lambda) * mean,
    squaredWeights: lambda * lambda + (1 - lambda) ** 2 * squaredWeights,
  };
}

function mcDiarmidBound(squaredWeights: number, confidence: number): number {
  return Math.sqrt((squaredWeights * Math.log(1 / confidence)) / 2);
}

function hasRisen(from: WeightedMean, to: WeightedMean, confidence: number): boolean {
  if (from.mean === null || to.mean === null) return false;
  return to.mean - from.mean > mcDiarmidBound(from.squaredWeights + to.squaredWeights, confidence);
}

function step(previous: HddmWState, x: number): DetectorStep<HddmWState> {
  const refused = refuseBit(x);
  if (refused !== undefined) return { state: previous, outcome: refused };
  const { parameters } = previous;
  const { lambda, driftConfidence, warningConfidence, twoSided } = parameters;
  const before = previous.drifted ? fresh(parameters) : previous;
  const all = include(before.all, x, lambda);
  const reach = mcDiarmidBound(all.squaredWeights, driftConfidence);
  const upper = all.mean! + reach;
  const lower = all.mean! - reach;
  const lowest =
    upper < (before.lowest.bound ?? Number.POSITIVE_INFINITY)
      ? { bound: upper, before: all, since: NONE }
      : { ...before.lowest, since: include(before.lowest.since, x, lambda) };
  const highest =
    lower > (before.highest.bound ?? Number.NEGATIVE_INFINITY)
      ? { bound: lower, before: all, since: NONE }
      : { ...before.highest, since: include(before.highest.since, x, lambda) };
  const rose = (confidence: number) => hasRisen(lowest.before, lowest.since, confidence);
  const fell = (confidence: number) => twoSided && hasRisen(highest.since, highest.before, confidence);
  const roseNow = rose(driftConfidence);
  const drifted = roseNow || fell(driftConfidence);
  const state = { parameters, all, lowest, highest, drifted };
  if (drifted)
    return { state, outcome: { outcome: "ok", signal: "drift", direction: roseNow ? "up" : "down" } };
  const warned = rose(warningConfidence) || fell(warningConfidence);
  return { state, outcome: { outcome: "ok", signal: warned ? "warning" : "none" } };
}

/**
 * hddmW is the drift detection method based on McDiarmid's bound with an exponentially weighted mean as statistic: recent errors weigh
 * more, so gradual changes are found sooner than with `hddmA`. For error bits. Matches river's current version. Constant memory, O(1) a value.
 * Source: Frías-Blanco et al., IEEE TKDE 27 (2015).
 *
 * @example hddmW.step(hddmW.create({ lambda: 0.05 }), 0) // { state, outcome: { outcome: "ok", signal: "none" } }
 */
export const hddmW: Detector<HddmWParameters, HddmWState> = {
  name: "hddm_w",
  input: "bits",
  create: (parameters = {}) => fresh({ ...DEFAULTS, ...parameters }),
  step,
};
