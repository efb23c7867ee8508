import { type Detector, type DetectorStep, refuseBit } from "./detector.ts";

/** HddmAParameters: see `hddmA`. */
export interface HddmAParameters {
  /** Chance of a false drift or warning at one check, 0 < confidence < 1. */
  driftConfidence: number;
  warningConfidence: number;
  /** Whether falls of the error rate count as well. */
  twoSided: boolean;
}

/** RunningMean is a mean of so many values. */
export interface RunningMean {
  count: number;
  mean: number;
}

/** HddmAState is the resumable state of `hddmA`: the mean of all values, and at its lowest and highest certain points. */
export interface HddmAState {
  parameters: HddmAParameters;
  all: RunningMean;
  lowest: RunningMean;
  highest: RunningMean;
  drifted: boolean;
}

const DEFAULTS: HddmAParameters = { driftConfidence: 0.001, warningConfidence: 0.005, twoSided: false };

function fresh(parameters: HddmAParameters): HddmAState {
  const none = { count: 0, mean: 0 };
  return { parameters, all: none, lowest: none, highest: none, drifted: false };
}

function step(previous: HddmAState, x: number): DetectorStep<HddmAState> {
  const refused = refuseBit(x);
  if (refused !== undefined) return { state: previous, outcome: refused };
  const { parameters } = previous;
  const before = previous.drifted ? fresh(parameters) : previous;
  const count = before.all.count + 1;
  const all = { count, mean: before.all.mean + (x - before.all.mean) / count };
  const bound = (n: number) => Math.sqrt(Math.log(1 / parameters.driftConfidence) / (2 * n));
  let lowest = before.lowest.count === 0 ? all : before.lowest;
  let highest = before.highest.count === 0 ? all : before.highest;
  if (lowest.mean + bound(lowest.count) >= all.mean + bound(count)) lowest = all;
  if (highest.mean - bound(highest.count) <= all.mean - bound(count)) highest = all;
  const rose = (confidence: number) => all.mean - lowest.mean >= gapBound(lowest, all, confidence);
  const fell = (confidence: number) =>
    parameters.twoSided && highest.mean - all.mean >= gapBound(highest, all, confidence);
  const roseNow = rose(parameters.driftConfidence);
  const drifted = roseNow || fell(parameters.driftConfidence);
  const state = { parameters, all, lowest, highest, drifted };
  if (drifted)
    return { state, outcome: { outcome: "ok", signal: "drift", direction: roseNow ? "up" : "down" } };
  const warned = rose(parameters.warningConfidence) || fell(parameters.warningConfidence);
  return { state, outcome: { outcome: "ok", signal: warned ? "warning" : "none" } };
}

/** gapBound returns Hoeffding's bound on the difference between the mean of all values and that of the first part of them. */
function gapBound(part: RunningMean, all: RunningMean, confidence: number): number {
  if (part.count === all.count) return Number.POSITIVE_INFINITY;
  const spread = (all.count - part.count) / part.count / all.count;
  return Math.sqrt((spread / 2) * Math.log(2 / confidence));
}

/**
 * hddmA is the drift detection method based on Hoeffding's bound with the average as statistic: distribution-free bounds on how far the
 * error rate can lie from its best. For error bits. Best for abrupt changes. Matches river's current version. Constant memory, O(1) a value.
 * Source: Frías-Blanco et al., IEEE TKDE 27 (2015).
 *
 * @example hddmA.step(hddmA.create({ twoSided: true }), 0) // { state, outcome: { outcome: "ok", signal: "none" } }
 */
export const hddmA: Detector<HddmAParameters, HddmAState> = {
  name: "hddm_a",
  input: "bits",
  create: (parameters = {}) => fresh({ ...DEFAULTS, ...parameters }),
  step,
};
