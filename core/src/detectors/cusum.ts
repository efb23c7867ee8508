import { type Detector, type DetectorStep, refuseNumber } from "./detector.ts";

/** CusumParameters: see `cusum`. */
export interface CusumParameters {
  minimumCount: number;
  /** Deviation that is tolerated, in the values' unit. */
  delta: number;
  /** Alarm threshold on the cumulated deviation, in the values' unit. */
  threshold: number;
}

/** CusumState is the resumable state of `cusum`. */
export interface CusumState {
  parameters: CusumParameters;
  count: number;
  mean: number;
  sum: number;
  drifted: boolean;
}

const DEFAULTS: CusumParameters = { minimumCount: 30, delta: 0.005, threshold: 50 };

function fresh(parameters: CusumParameters): CusumState {
  return { parameters, count: 0, mean: 0, sum: 0, drifted: false };
}

function step(previous: CusumState, x: number): DetectorStep<CusumState> {
  const refused = refuseNumber(x);
  if (refused !== undefined) return { state: previous, outcome: refused };
  const { parameters } = previous;
  const before = previous.drifted ? fresh(parameters) : previous;
  const count = before.count + 1;
  const mean = before.mean + (x - before.mean) / count;
  const sum = Math.max(0, before.sum + x - mean - parameters.delta);
  const drifted = count >= parameters.minimumCount && sum > parameters.threshold;
  const state = { parameters, count, mean, sum, drifted };
  if (drifted) return { state, outcome: { outcome: "ok", signal: "drift", direction: "up" } };
  return { state, outcome: { outcome: "ok", signal: "none" } };
}

/**
 * cusum is the one-sided cumulative sum of deviations from the running mean, held at 0 or above, for rises of a stream whose level is not
 * known beforehand. No warnings. Matches Frouros. For windows with a known reference use the change chart, whose threshold follows from
 * a false-alarm budget. Constant memory, O(1) a value. Source: Page, Biometrika 41 (1954).
 *
 * @example cusum.step(cusum.create({ threshold: 5 }), 0.2) // { state, outcome: { outcome: "ok", signal: "none" } }
 */
export const cusum: Detector<CusumParameters, CusumState> = {
  name: "cusum",
  input: "numbers",
  create: (parameters = {}) => fresh({ ...DEFAULTS, ...parameters }),
  step,
};
