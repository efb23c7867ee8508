import { type Detector, type DetectorStep, refuseBit } from "./detector.ts";

/** EddmParameters: see `eddm`. */
export interface EddmParameters {
  /** Errors (and values) before the first check. */
  warmUp: number;
  warningLevel: number;
  driftLevel: number;
}

/** EddmState is the resumable state of `eddm`: moments of the distances between errors, and their best level. */
export interface EddmState {
  parameters: EddmParameters;
  count: number;
  errors: number;
  lastError: number;
  distanceMean: number;
  distanceSquares: number;
  bestLevel: number;
  warned: boolean;
  drifted: boolean;
}

const DEFAULTS: EddmParameters = { warmUp: 30, warningLevel: 0.95, driftLevel: 0.9 };

function fresh(parameters: EddmParameters): EddmState {
  return {
    parameters,
    count: 0,
    errors: 0,
    lastError: 0,
    distanceMean: 0,
    distanceSquares: 0,
    bestLevel: -1,
    warned: false,
    drifted: false,
  };
}

function step(previous: EddmState, x: number): DetectorStep<EddmState> {
  const refused = refuseBit(x);
  if (refused !== undefined) return { state: previous, outcome: refused };
  const { parameters } = previous;
  const before = previous.drifted ? fresh(parameters) : previous;
  const state: EddmState = { ...before, count: before.count + 1 };
  if (x === 1) {
    observeError(state);
    if (state.count > parameters.warmUp) judge(state);
    state.lastError = state.count;
  }
  if (state.drifted) return { state, outcome: { outcome: "ok", signal: "drift", direction: "up" } };
  return { state, outcome: { outcome: "ok", signal: state.warned ? "warning" : "none" } };
}

function observeError(state: EddmState): void {
  state.errors += 1;
  const distance = state.count - state.lastError;
  const deviation = distance - state.distanceMean;
  state.distanceMean += deviation / state.errors;
  state.distanceSquares += deviation * (distance - state.distanceMean);
}

function judge(state: EddmState): void {
  const { warmUp, warningLevel, driftLevel } = state.parameters;
  const variance = state.errors > 1 ? state.distanceSquares / (state.errors - 1) : 0;
  const level = state.distanceMean + 2 * Math.sqrt(variance);
  if (level > state.bestLevel) {
    state.bestLevel = level;
    return;
  }
  if (state.errors <= warmUp) return;
  const ratio = level / state.bestLevel;
  state.drifted = ratio < driftLevel;
  if (!state.drifted) state.warned = ratio < warningLevel;
}

/**
 * eddm is the Early Drift Detection Method: it alarms when the distance between errors shrinks against the widest seen, which finds slow
 * drifts of small error rates sooner than `ddm`. For error bits and rises only. Matches river's current version. Constant memory, O(1) a value.
 * Source: Baena-García et al., Fourth International Workshop on Knowledge Discovery from Data Streams, 2006.
 *
 * @example eddm.step(eddm.create({ warningLevel: 0.8, driftLevel: 0.75 }), 1) // { state, outcome: { outcome: "ok", signal: "none" } }
 */
export const eddm: Detector<EddmParameters, EddmState> = {
  name: "eddm",
  input: "bits",
  create: (parameters = {}) => fresh({ ...DEFAULTS, ...parameters }),
  step,
};
