import type { PerformanceBasis, SignalBasis } from "../../evaluation/index.ts";
import type { MaturityNumbers } from "../../performance/index.ts";
import { findSignal } from "./calibrate-performance.ts";
import type { PerformanceCalibration, SignalCalibration } from "./performance-calibration.ts";
import type { PerformanceSignal } from "./performance-signals.ts";

/** signalBases returns the watched numbers of a window with what they are compared with; those that are not finite are no numbers to decide from. O(signals). */
export function signalBases(
  signals: readonly PerformanceSignal[],
  calibration: PerformanceCalibration | undefined,
): SignalBasis[] {
  const bases = (calibration?.signals ?? []).flatMap((expected) => {
    const signal = findSignal(signals, expected.name);
    return signal === undefined ? [] : [signalBasis(signal, expected)];
  });
  return bases.filter((basis) =>
    Object.values({ ...basis, ...basis.chart }).every(
      (one) => typeof one !== "number" || Number.isFinite(one),
    ),
  );
}

function signalBasis(signal: PerformanceSignal, expected: SignalCalibration): SignalBasis {
  const { name, value, realised, samplingVariance, rows, worse } = signal;
  const { level, level_variance, dispersion, chart } = expected;
  return {
    name,
    value,
    ...(realised === undefined ? {} : { realised }),
    sampling_variance: samplingVariance,
    rows,
    worse,
    level,
    level_variance,
    ...dispersion,
    ...(chart === undefined
      ? {}
      : {
          chart: {
            center: chart.variation.center,
            center_error: chart.variation.centerError,
            between_variance: chart.variation.betweenVariance,
            autocorrelation: chart.variation.autocorrelation,
            windows: chart.variation.windows,
            average_run_length: chart.averageRunLength,
            allowance: chart.allowance,
            threshold: chart.threshold,
          },
        }),
  };
}

/** signalOf returns the watched number of a window that a basis holds. O(1). */
export function signalOf(basis: SignalBasis): PerformanceSignal {
  const { name, value, realised, sampling_variance, rows, worse } = basis;
  const signal = { name, value, samplingVariance: sampling_variance, rows, worse };
  return realised === undefined ? signal : { ...signal, realised };
}

/** signalCalibrationOf returns what a basis holds that number against. O(1). */
export function signalCalibrationOf(basis: SignalBasis): SignalCalibration {
  const { name, level, level_variance, variance, correlation, windows, chart } = basis;
  const { baseline_windows, baseline_share, degrees } = basis;
  const calibration: SignalCalibration = {
    name,
    level,
    level_variance,
    dispersion: { variance, correlation, windows, baseline_windows, baseline_share, degrees },
  };
  if (chart === undefined) return calibration;
  return {
    ...calibration,
    chart: {
      variation: {
        center: chart.center,
        centerError: chart.center_error,
        betweenVariance: chart.between_variance,
        autocorrelation: chart.autocorrelation,
        windows: chart.windows,
      },
      averageRunLength: chart.average_run_length,
      allowance: chart.allowance,
      threshold: chart.threshold,
    },
  };
}

/** maturityBasis returns what a basis keeps of what decided a window's maturity, and nothing that goes on changing afterwards: a verdict would be revised for it. O(1). */
export function maturityBasis({
  ageMs,
  labelDelayMs,
  finalCoverage,
  isSettled,
}: MaturityNumbers): PerformanceBasis["maturity"] {
  return {
    final_coverage: finalCoverage,
    ...(labelDelayMs === undefined
      ? {}
      : { age_ms: Math.min(ageMs, labelDelayMs), label_delay_ms: labelDelayMs }),
    ...(isSettled === undefined ? {} : { settled: isSettled }),
  };
}
