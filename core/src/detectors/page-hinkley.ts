import { type Detector, type DetectorStep, refuseNumber } from "./detector.ts";

/** PageHinkleyParameters: see `pageHinkley`. */
export interface PageHinkleyParameters {
  minimumCount: number;
  /** Deviation that is tolerated, in the values' unit. */
  delta: number;
  /** Alarm threshold λ on the cumulated deviation, in the values' unit. */
  threshold: number;
  /** Forgetting factor of the cumulated deviations, 0 < alpha <= 1. */
  alpha: number;
  mode: "up" | "down" | "both";
}

/** PageHinkleyState is the resumable state of `pageHinkley`; the extremes are null before the first value. */
export interface PageHinkleyState {
  parameters: PageHinkleyParameters;
  count: number;
  mean: number;
  rise: number;
  fall: number;
  lowestRise: number | null;
  highestFall: number | null;
  drifted: boolean;
}

const DEFAULTS: PageHinkleyParameters = {
  minimumCount: 30,
  delta: 0.005,
  threshold: 50,
  alpha: 0.9999,
  mode: "both",
};

function fresh(parameters: PageHinkleyParameters): PageHinkleyState {
  return {
    parameters,
    count: 0,
    mean: 0,
    rise: 0,
    fall: 0,
    lowestRise: null,
    highestFall: null,
    drifted: false,
  };
}

function step(previous: PageHinkleyState, x: number): DetectorStep<PageHinkleyState> {
  const refused = refuseNumber(x);
  if (refused !== undefined) return { state: previous, outcome: refused };
  const { parameters } = previous;
  const before = previous.drifted ? fresh(parameters) : previous;
  const count = before.count + 1;
  const mean = before.mean + (x - before.mean) / count;
  const deviation = x - mean;
  const rise = parameters.alpha * before.rise + deviation - parameters.delta;
  const fall = parameters.alpha * before.fall + deviation + parameters.delta;
  const lowestRise = Math.min(before.lowestRise ?? rise, rise);
  const highestFall = Math.max(before.highestFall ?? fall, fall);
  const ready = count >= parameters.minimumCount;
  const rose = ready && parameters.mode !== "down" && rise - lowestRise > parameters.threshold;
  const fell = ready && parameters.mode !== "up" && highestFall - fall > parameters.threshold;
  const state = { parameters, count, mean, rise, fall, lowestRise, highestFall, drifted: rose || fell };
  if (!rose && !fell) return { state, outcome: { outcome: "ok", signal: "none" } };
  return { state, outcome: { outcome: "ok", signal: "drift", direction: rose ? "up" : "down" } };
}

/**
 * pageHinkley is the Page–Hinkley test for a change of a stream's mean: it cumulates deviations from the running mean and alarms when
 * the sum leaves its extreme by more than the threshold. No warnings. River's current form (the sums are forgotten by alpha, the sample
 * is part of the mean). Constant memory, O(1) a value. Sources: Page, Biometrika 41 (1954); Hinkley, JASA 66 (1971).
 *
 * @example pageHinkley.step(pageHinkley.create({ threshold: 10 }), 0.3) // { state, outcome: { outcome: "ok", signal: "none" } }
 */
export const pageHinkley: Detector<PageHinkleyParameters, PageHinkleyState> = {
  name: "page_hinkley",
  input: "numbers",
  create: (parameters = {}) => fresh({ ...DEFAULTS, ...parameters }),
  step,
};
