import { type Detector, type DetectorStep, refuseBit } from "./detector.ts";

/** DdmParameters: see `ddm`. */
export interface DdmParameters {
  /** Values before the first check; checking begins with the next one. */
  warmUp: number;
  warningLevel: number;
  driftLevel: number;
}

/** DdmState is the resumable state of `ddm`; the best rate is null before the first check. */
export interface DdmState {
  parameters: DdmParameters;
  count: number;
  errorRate: number;
  best: { errorRate: number; deviation: number } | null;
  drifted: boolean;
}

const DEFAULTS: DdmParameters = { warmUp: 30, warningLevel: 2, driftLevel: 3 };

function fresh(parameters: DdmParameters): DdmState {
  return { parameters, count: 0, errorRate: 0, best: null, drifted: false };
}

function step(previous: DdmState, x: number): DetectorStep<DdmState> {
  const refused = refuseBit(x);
  if (refused !== undefined) return { state: previous, outcome: refused };
  const { parameters } = previous;
  const before = previous.drifted ? fresh(parameters) : previous;
  const count = before.count + 1;
  const errorRate = before.errorRate + (x - before.errorRate) / count;
  const quiet: DdmState = { parameters, count, errorRate, best: before.best, drifted: false };
  if (count <= parameters.warmUp) return { state: quiet, outcome: { outcome: "ok", signal: "none" } };
  const deviation = Math.sqrt((errorRate * (1 - errorRate)) / count);
  const isBest =
    before.best === null || errorRate + deviation <= before.best.errorRate + before.best.deviation;
  const best = isBest || before.best === null ? { errorRate, deviation } : before.best;
  const level = errorRate + deviation;
  const drifted = level > best.errorRate + parameters.driftLevel * best.deviation;
  const warned = level > best.errorRate + parameters.warningLevel * best.deviation;
  const state = { parameters, count, errorRate, best, drifted };
  if (drifted) return { state, outcome: { outcome: "ok", signal: "drift", direction: "up" } };
  return { state, outcome: { outcome: "ok", signal: warned ? "warning" : "none" } };
}

/**
 * ddm is the Drift Detection Method: an error rate that rises above the best seen by two standard deviations warns, by three is a drift.
 * For error bits and rises only. Checks once n > 30, as river's current version does. Constant memory, O(1) a value.
 * Source: Gama, Medas, Castillo & Rodrigues, SBIA 2004.
 *
 * @example ddm.step(ddm.create(), 1) // { state, outcome: { outcome: "ok", signal: "none" } }
 */
export const ddm: Detector<DdmParameters, DdmState> = {
  name: "ddm",
  input: "bits",
  create: (parameters = {}) => fresh({ ...DEFAULTS, ...parameters }),
  step,
};
