import { insufficientData, type NotComputable } from "../statistics/index.ts";
import { cusumThreshold } from "./cusum-run-length.ts";
import { learnWindowVariation, type WindowValue, type WindowVariation } from "./window-variation.ts";

/**
 * ChangeChart is a two-sided CUSUM over a metric's windows, ready for JSON: what is usual, how much a window may deviate (`allowance`, in
 * standard deviations), and the threshold that keeps false alarms `averageRunLength` windows apart on average.
 */
export interface ChangeChart {
  variation: WindowVariation;
  averageRunLength: number;
  allowance: number;
  threshold: number;
}

/** ChangeChartState is the resumable state of a chart; `risingFor` and `fallingFor` count windows since that sum last left 0. */
export interface ChangeChartState {
  rise: number;
  fall: number;
  risingFor: number;
  fallingFor: number;
}

/** ChangeChartOutcome is what a chart says after one window. `since` is how many windows ago the change is estimated to have begun. */
export type ChangeChartOutcome =
  | {
      outcome: "ok";
      signal: "none" | "alarm";
      direction: "up" | "down";
      deviation: number;
      statistic: number;
      threshold: number;
      since: number;
    }
  | { outcome: "skipped"; reason: string };

// Part of the centre's standard error that is added to the allowance: without it a centre learned from twenty windows breaks the
// budget, and with all of it a true shift is found late (measured by simulated run lengths).
const CENTER_GUARD = 0.8;

/** MINIMUM_REFERENCE_WINDOWS is how many reference windows a chart needs to know what is usual. */
export const MINIMUM_REFERENCE_WINDOWS = 5;

/**
 * createChangeChart returns a chart of a metric from reference windows (in order of time, none of them to be judged later) and a false-alarm
 * budget: `averageRunLength` windows between false alarms on average. The variation between reference windows counts beside sampling error; the uncertain centre
 * widens the allowance, and correlated windows count as the noisier ones they are. Needs five windows. O(windows).
 *
 * @example createChangeChart({ reference, averageRunLength: 720 }) // hourly windows, at most one false alarm a month
 */
export function createChangeChart(input: {
  reference: readonly WindowValue[];
  averageRunLength: number;
  allowance?: number;
}): { outcome: "ok"; chart: ChangeChart } | NotComputable {
  const { averageRunLength, allowance = 0.5 } = input;
  const reference = input.reference.filter(
    (one) => Number.isFinite(one.value) && Number.isFinite(one.standardError),
  );
  if (reference.length < MINIMUM_REFERENCE_WINDOWS) {
    return insufficientData(
      `${reference.length} reference windows; ${MINIMUM_REFERENCE_WINDOWS} are needed to know what is usual`,
    );
  }
  const variation = learnWindowVariation(reference);
  return {
    outcome: "ok",
    chart: {
      variation,
      averageRunLength,
      allowance,
      threshold: cusumThreshold({ averageRunLength, allowance }),
    },
  };
}

/** emptyChangeChartState returns the state before the first window. */
export function emptyChangeChartState(): ChangeChartState {
  return { rise: 0, fall: 0, risingFor: 0, fallingFor: 0 };
}

/**
 * stepChangeChart returns the state after a window and whether the metric has changed. `expected` replaces the chart's centre where a window's
 * usual value is known better (its hour of the week). A window without a finite value is skipped and changes nothing. The sums are held
 * at half again the threshold, so that a cured model leaves the alarm soon. O(1).
 */
export function stepChangeChart(
  chart: ChangeChart,
  state: ChangeChartState,
  window: WindowValue & { expected?: number },
): { state: ChangeChartState; outcome: ChangeChartOutcome } {
  if (!Number.isFinite(window.value) || !Number.isFinite(window.standardError)) {
    return {
      state,
      outcome: { outcome: "skipped", reason: "the metric has no value with an error in this window" },
    };
  }
  const { variation, threshold } = chart;
  const scale = windowScale(variation, window.standardError);
  const deviation = scale === 0 ? 0 : (window.value - (window.expected ?? variation.center)) / scale;
  const allowance = chart.allowance + (scale === 0 ? 0 : (CENTER_GUARD * centerError(variation)) / scale);
  const ceiling = 1.5 * threshold;
  const rise = Math.min(ceiling, Math.max(0, state.rise + deviation - allowance));
  const fall = Math.min(ceiling, Math.max(0, state.fall - deviation - allowance));
  const next = {
    rise,
    fall,
    risingFor: rise > 0 ? state.risingFor + 1 : 0,
    fallingFor: fall > 0 ? state.fallingFor + 1 : 0,
  };
  const isRise = rise >= fall;
  const statistic = isRise ? rise : fall;
  return {
    state: next,
    outcome: {
      outcome: "ok",
      signal: statistic > threshold ? "alarm" : "none",
      direction: isRise ? "up" : "down",
      deviation,
      statistic,
      threshold,
      since: isRise ? next.risingFor : next.fallingFor,
    },
  };
}

/** windowScale returns the standard deviation of a window's value where nothing is wrong; correlated windows count as one noisier one. */
function windowScale(variation: WindowVariation, standardError: number): number {
  return Math.sqrt(standardError ** 2 + variation.betweenVariance * inflationOf(variation));
}

function centerError(variation: WindowVariation): number {
  return variation.centerError * Math.sqrt(inflationOf(variation));
}

function inflationOf({ autocorrelation }: WindowVariation): number {
  return (1 + autocorrelation) / (1 - autocorrelation);
}
