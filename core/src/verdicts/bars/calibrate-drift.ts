import { formatDuration } from "../../duration/index.ts";
import type { WindowProfile } from "../../profile/index.ts";
import type { Reference, ReferenceFeature } from "../../records/index.ts";
import { formatNumber } from "../../words/index.ts";
import { BREAKS_SHARE } from "../breaks/break-tests.ts";
import { calibrateFeatures } from "./calibrate-features.ts";
import { BUDGET_SHARES, deriveOperatingPoint } from "./derive-operating-point.ts";
import type { DriftCalibration } from "./drift-calibration.ts";

/** DEFAULT_FALSE_ALARMS_PER_MONTH is the budget of a model nobody configured. */
export const DEFAULT_FALSE_ALARMS_PER_MONTH = 1;

// Location, spread, distance and missing rate for numbers; distance and missing rate for the rest.
const TESTS_PER_NUMERIC = 4;
const TESTS_PER_OTHER = 2;
// The share of unseen values, of features with more values than are named.
const TESTS_PER_VOCABULARY = 1;
const SMALLEST_WINDOW_ROWS = 30;

/**
 * calibrateDrift returns the bars a model's windows are compared with: per feature the reference's own window-to-window variation at this
 * window size (each window against a reference without it, by hour or weekday where that explains it), and the operating point
 * that keeps the monitor within its share of the false-alarm budget. Without reference windows the bars are the sampling distribution
 * with a documented margin. O(windows · features · bins).
 */
export function calibrateDrift(
  referenceWindows: readonly WindowProfile[],
  reference: Reference,
  options: {
    falseAlarmsPerMonth?: number;
    windowMs: number;
    features?: readonly string[];
    /** Statistics that each window is compared with beside those of its features: joint drift, embeddings. */
    furtherTests?: number;
  },
): DriftCalibration {
  const { falseAlarmsPerMonth = DEFAULT_FALSE_ALARMS_PER_MONTH, windowMs } = options;
  const features = watchedFeatures(reference, options.features);
  const usable = [...referenceWindows]
    .filter((window) => window.rows >= SMALLEST_WINDOW_ROWS)
    .sort((a, b) => a.start - b.start);
  const tests = features.reduce(
    (sum, { numeric, vocabulary }) =>
      sum +
      (numeric === undefined ? TESTS_PER_OTHER : TESTS_PER_NUMERIC) +
      (vocabulary === undefined ? 0 : TESTS_PER_VOCABULARY),
    options.furtherTests ?? 0,
  );
  const point = deriveOperatingPoint({
    falseAlarmsPerMonth: falseAlarmsPerMonth * BUDGET_SHARES.drift * (1 - BREAKS_SHARE),
    windowMs,
    tests,
  });
  return {
    reference_id: reference.id,
    window_ms: windowMs,
    reference_windows: usable.length,
    operating_point: point,
    features: calibrateFeatures(features, usable, windowMs, point.joint_tail),
    summary: `${learned(usable.length, windowMs)}; one window alarms below a tail of ${formatNumber(point.immediate_tail)} per test, two in a row at a lower threshold. At most ${formatNumber(falseAlarmsPerMonth * BUDGET_SHARES.drift)} false drift alarms in 30 days over ${point.tests} tests`,
  };
}

/** watchedFeatures returns the reference's features a monitor looks at (all, or those named) and the model's output last. O(features). */
export function watchedFeatures(reference: Reference, names?: readonly string[]): ReferenceFeature[] {
  const wanted = names === undefined ? undefined : new Set(names);
  const features = reference.features.filter((feature) => wanted?.has(feature.name) ?? true);
  const prediction = reference.prediction;
  if (prediction === undefined || (wanted !== undefined && !wanted.has(prediction.name))) return features;
  return [...features, prediction];
}

function learned(windows: number, windowMs: number): string {
  if (windows === 0) {
    return `The reference has no windows of ${formatDuration(windowMs)} to learn from, so the bars are those of sampling with a fixed margin`;
  }
  return `Learned from ${windows} reference window${windows === 1 ? "" : "s"} of ${formatDuration(windowMs)}`;
}
