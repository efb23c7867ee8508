import { createChangeChart } from "../../detectors/index.ts";
import { formatDuration } from "../../duration/index.ts";
import type { PerformanceAggregate } from "../../performance/index.ts";
import { DEFAULT_FALSE_ALARMS_PER_MONTH } from "../bars/calibrate-drift.ts";
import { BUDGET_SHARES, deriveOperatingPoint } from "../bars/derive-operating-point.ts";
import { estimateDispersion, type ReferenceDeviation } from "../bars/estimate-dispersion.ts";
import type { PerformanceCalibration, SignalCalibration } from "./performance-calibration.ts";
import { type PerformanceSignal, performanceSignals, type SignalName } from "./performance-signals.ts";

// Windows of a stream whose relation does not change still wander by about this many residual standard deviations.
const PRIOR_WANDERING = 0.002;
const SMALLEST_WINDOW_LABELS = 30;

/** ReferencePerformance is one labelled window of the reference. */
export interface ReferencePerformance {
  start: number;
  aggregate: PerformanceAggregate;
}

/**
 * calibratePerformance returns the level of each watched number over the reference and how much it moves between the reference's own
 * windows beyond sampling (weather, weekdays), with the change chart's threshold that keeps the monitor within its share of the
 * false-alarm budget. O(windows · buckets).
 */
export function calibratePerformance(
  referenceWindows: readonly ReferencePerformance[],
  referenceAggregate: PerformanceAggregate,
  options: { referenceId: string; falseAlarmsPerMonth?: number; windowMs: number },
): PerformanceCalibration {
  const { referenceId, falseAlarmsPerMonth = DEFAULT_FALSE_ALARMS_PER_MONTH, windowMs } = options;
  const levels = performanceSignals(referenceAggregate);
  const windows = [...referenceWindows]
    .sort((a, b) => a.start - b.start)
    .map(({ start, aggregate }) => ({ start, signals: performanceSignals(aggregate) }))
    .filter(({ signals }) => (signals[0]?.rows ?? 0) >= SMALLEST_WINDOW_LABELS);
  const point = deriveOperatingPoint({
    falseAlarmsPerMonth: falseAlarmsPerMonth * BUDGET_SHARES.performance,
    windowMs,
    tests: Math.max(1, levels.length),
  });
  return {
    reference_id: referenceId,
    window_ms: windowMs,
    reference_windows: windows.length,
    operating_point: point,
    signals: levels.map((level) => calibrateSignal(level, windows, windowMs, point.joint_tail)),
    summary: `Learned from ${windows.length} labelled reference window${windows.length === 1 ? "" : "s"} of ${formatDuration(windowMs)}, for at most ${point.false_alarms_per_month.toPrecision(2)} false performance alarms in 30 days`,
  };
}

function calibrateSignal(
  level: PerformanceSignal,
  windows: readonly { start: number; signals: PerformanceSignal[] }[],
  windowMs: number,
  tail: number,
): SignalCalibration {
  const series = windows.flatMap(({ start, signals }) => {
    const signal = findSignal(signals, level.name);
    return signal === undefined ? [] : [{ start, signal }];
  });
  const dispersion = estimateDispersion(leaveOneOutDeviations(series, windowMs), {
    priorVariance: PRIOR_WANDERING * level.samplingVariance * level.rows,
    baselineWindows: Math.max(1, series.length),
  });
  const chart = createChangeChart({
    reference: series.map(({ signal }) => ({
      value: signal.value,
      standardError: Math.sqrt(signal.samplingVariance),
    })),
    averageRunLength: Math.max(2, 1 / tail),
  });
  return {
    name: level.name,
    level: level.value,
    level_variance: level.samplingVariance,
    dispersion,
    ...(chart.outcome === "ok" ? { chart: chart.chart } : {}),
  };
}

function leaveOneOutDeviations(
  series: readonly { start: number; signal: PerformanceSignal }[],
  windowMs: number,
): ReferenceDeviation[] {
  if (series.length < 2) return [];
  const rows = series.reduce((sum, { signal }) => sum + signal.rows, 0);
  const weighted = series.reduce((sum, { signal }) => sum + signal.rows * signal.value, 0);
  const deviations = series.map(({ signal }) => {
    const others = rows - signal.rows;
    return {
      difference: signal.value - (weighted - signal.rows * signal.value) / others,
      samplingLevel: signal.samplingVariance * (1 + signal.rows / others),
    };
  });
  return deviations.map(({ difference, samplingLevel }, index) => {
    const next = series[index + 1];
    const isNext = next !== undefined && next.start - series[index]!.start === windowMs;
    return {
      squared: difference ** 2,
      samplingLevel,
      ...(isNext ? { productWithNext: difference * deviations[index + 1]!.difference } : {}),
    };
  });
}

/** findSignal returns the signal of that name, or undefined where the window has none. O(signals). */
export function findSignal(
  signals: readonly PerformanceSignal[],
  name: SignalName,
): PerformanceSignal | undefined {
  return signals.find((signal) => signal.name === name);
}
