import { type AdwinWindow, detectCut, emptyAdwinWindow, insertValue } from "./adwin-window.ts";
import { type Detector, type DetectorStep, refuseNumber } from "./detector.ts";

/** AdwinParameters: see `adwin`. */
export interface AdwinParameters {
  /** Bound on the chance of a false cut at one check, 0 < delta < 1. */
  delta: number;
  /** Values between checks. */
  clock: number;
  /** Buckets of one size before two are merged. */
  maximumBuckets: number;
  /** Smallest sub-window compared. */
  minimumWindow: number;
  /** Values before the first check. */
  gracePeriod: number;
  /** Whether the window begins anew after an alarm (as river's detector does) or only sheds its old part. */
  restart: boolean;
}

/** AdwinState is the resumable state of `adwin`: O(log n) numbers for n values. */
export interface AdwinState {
  parameters: AdwinParameters;
  ticks: number;
  window: AdwinWindow;
  drifted: boolean;
}

const DEFAULTS: AdwinParameters = {
  delta: 0.002,
  clock: 32,
  maximumBuckets: 5,
  minimumWindow: 5,
  gracePeriod: 10,
  restart: true,
};

function fresh(parameters: AdwinParameters): AdwinState {
  return { parameters, ticks: 0, window: emptyAdwinWindow(), drifted: false };
}

function step(previous: AdwinState, x: number): DetectorStep<AdwinState> {
  const refused = refuseNumber(x);
  if (refused !== undefined) return { state: previous, outcome: refused };
  const { parameters } = previous;
  const before = previous.drifted && parameters.restart ? fresh(parameters) : previous;
  const ticks = before.ticks + 1;
  const inserted = insertValue(before.window, x, parameters.maximumBuckets);
  const isCheck = ticks % parameters.clock === 0 && inserted.width > parameters.gracePeriod;
  if (!isCheck) {
    const state = { parameters, ticks, window: inserted, drifted: false };
    return { state, outcome: { outcome: "ok", signal: "none" } };
  }
  const { window, cuts, direction } = detectCut(inserted, parameters);
  const state = { parameters, ticks, window, drifted: cuts > 0 };
  if (cuts === 0) return { state, outcome: { outcome: "ok", signal: "none" } };
  return { state, outcome: { outcome: "ok", signal: "drift", direction } };
}

/**
 * adwin is adaptive windowing: it keeps the longest recent window whose parts have one mean, and alarms when it has to cut the older part
 * off. Works on any bounded numbers without a threshold in their unit. No warnings. ADWIN2 with the cut of MOA and of river's current
 * version. Memory O(log n), amortised O(1) a value, O(log n) a check. Source: Bifet & Gavaldà, SDM 2007.
 *
 * @example adwin.step(adwin.create(), 1) // { state, outcome: { outcome: "ok", signal: "none" } }
 */
export const adwin: Detector<AdwinParameters, AdwinState> = {
  name: "adwin",
  input: "numbers",
  create: (parameters = {}) => fresh({ ...DEFAULTS, ...parameters }),
  step,
};
