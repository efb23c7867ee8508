import { type Detector, type DetectorStep, refuseNumber } from "./detector.ts";

/** EwmaParameters: see `ewma`. */
export interface EwmaParameters {
  /** Values from which the level and its spread are learned; none of them can alarm. */
  warmUp: number;
  /** Weight of the newest value, 0 < lambda <= 1. */
  lambda: number;
  /** Limits in standard deviations of the smoothed value. */
  warningLevel: number;
  driftLevel: number;
}

/** EwmaState is the resumable state of `ewma`: the learned level, and the smoothed value since. */
export interface EwmaState {
  parameters: EwmaParameters;
  count: number;
  mean: number;
  squares: number;
  smoothed: number;
  drifted: boolean;
}

const DEFAULTS: EwmaParameters = { warmUp: 100, lambda: 0.05, warningLevel: 3, driftLevel: 4 };

function fresh(parameters: EwmaParameters): EwmaState {
  return { parameters, count: 0, mean: 0, squares: 0, smoothed: 0, drifted: false };
}

function step(previous: EwmaState, x: number): DetectorStep<EwmaState> {
  const refused = refuseNumber(x);
  if (refused !== undefined) return { state: previous, outcome: refused };
  const { parameters } = previous;
  const before = previous.drifted ? fresh(parameters) : previous;
  const count = before.count + 1;
  if (count <= parameters.warmUp) {
    const deviation = x - before.mean;
    const mean = before.mean + deviation / count;
    const squares = before.squares + deviation * (x - mean);
    return {
      state: { parameters, count, mean, squares, smoothed: mean, drifted: false },
      outcome: { outcome: "ok", signal: "none" },
    };
  }
  const { lambda, warmUp } = parameters;
  const smoothed = lambda * x + (1 - lambda) * before.smoothed;
  const since = count - warmUp;
  const share = (lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * since));
  // The learned level is itself uncertain by σ²/warmUp: without that term a short warm-up alarms on its own error.
  const limit = Math.sqrt((before.squares / (warmUp - 1)) * (share + 1 / warmUp));
  const distance = Math.abs(smoothed - before.mean);
  const direction = smoothed > before.mean ? "up" : "down";
  const drifted = distance > parameters.driftLevel * limit;
  const state = { ...before, count, smoothed, drifted };
  if (drifted) return { state, outcome: { outcome: "ok", signal: "drift", direction } };
  const warned = distance > parameters.warningLevel * limit;
  return { state, outcome: { outcome: "ok", signal: warned ? "warning" : "none" } };
}

/**
 * ewma is the exponentially weighted moving average chart: after learning the stream's level it alarms when the smoothed value leaves the
 * level by four of its own standard deviations, either way. Constant memory, O(1) a value. Source: Roberts, Technometrics 1 (1959).
 *
 * @example ewma.step(ewma.create({ warmUp: 50 }), 0.2) // { state, outcome: { outcome: "ok", signal: "none" } }
 */
export const ewma: Detector<EwmaParameters, EwmaState> = {
  name: "ewma",
  input: "numbers",
  create: (parameters = {}) => fresh({ ...DEFAULTS, ...parameters }),
  step,
};
