import { createRandom, sampleIndices } from "../random/index.ts";
import { ksSorted, meanOf } from "../statistics/index.ts";
import { type Detector, type DetectorStep, refuseNumber } from "./detector.ts";

/** KswinParameters: see `kswin`. */
export interface KswinParameters {
  /** Chance of a false drift at one check; there is a check at every value, so keep it well below 0.01. */
  alpha: number;
  windowSize: number;
  /** Size of the newest part, and of the sample from the older part that it is compared with. */
  recentSize: number;
  seed: number;
}

/** KswinState is the resumable state of `kswin`: the window itself, oldest first. */
export interface KswinState {
  parameters: KswinParameters;
  count: number;
  window: number[];
}

const DEFAULTS: KswinParameters = { alpha: 0.0001, windowSize: 100, recentSize: 30, seed: 1 };

// As river has it: a difference smaller than this is no drift however significant.
const SMALLEST_DISTANCE = 0.1;

function step(previous: KswinState, x: number): DetectorStep<KswinState> {
  const refused = refuseNumber(x);
  if (refused !== undefined) return { state: previous, outcome: refused };
  const { parameters } = previous;
  const { windowSize, recentSize, alpha, seed } = parameters;
  const count = previous.count + 1;
  const window = [...previous.window, x].slice(-windowSize);
  const state = { parameters, count, window };
  if (window.length < windowSize) return { state, outcome: { outcome: "ok", signal: "none" } };
  const older = windowSize - recentSize;
  // The sample depends on the seed and the position alone: the state needs no generator, and resuming changes nothing.
  const picked = sampleIndices(older, recentSize, createRandom(seed + count));
  const before = Float64Array.from(picked, (i) => window[i]!).sort();
  const recent = Float64Array.from(window.slice(older)).sort();
  const test = ksSorted(before, recent);
  const drifted = test.outcome === "ok" && test.pValue <= alpha && test.statistic > SMALLEST_DISTANCE;
  if (!drifted) return { state, outcome: { outcome: "ok", signal: "none" } };
  return {
    state: { ...state, window: window.slice(older) },
    outcome: { outcome: "ok", signal: "drift", direction: meanOf(recent) > meanOf(before) ? "up" : "down" },
  };
}

/**
 * kswin is Kolmogorov–Smirnov windowing: it alarms when the newest values are distributed otherwise than a sample of those before them, so
 * that it sees changes of spread and shape as well as of level. After a drift the newest values are kept. No warnings. As river's, but
 * with a generator of our own, so indices differ by a few values. Memory and time O(window) a value. Source: Raab, Heusinger & Schleif,
 * Neurocomputing 416 (2020).
 *
 * @example kswin.step(kswin.create({ alpha: 0.0001 }), 0.2) // { state, outcome: { outcome: "ok", signal: "none" } }
 */
export const kswin: Detector<KswinParameters, KswinState> = {
  name: "kswin",
  input: "numbers",
  create: (parameters = {}) => ({ parameters: { ...DEFAULTS, ...parameters }, count: 0, window: [] }),
  step,
};
