import { findSignal } from "./calibrate-performance.ts";
import { judgeDeviation } from "./dispersion.ts";
import type { PerformanceCalibration, SignalCalibration } from "./performance-calibration.ts";
import type { PerformanceSignal, SignalName } from "./performance-signals.ts";
import { type PerformanceState, type SignalState, stepSignalState } from "./performance-state.ts";

/** SignalJudgement is one watched number of a window, standardised, with its chart after this window. */
export interface SignalJudgement {
  name: SignalName;
  signal: PerformanceSignal;
  calibration: SignalCalibration;
  /** Standard deviation expected of one window: sampling and the reference's own wandering together. */
  expectedDeviation: number;
  /** (value − level) / expectedDeviation. */
  deviation: number;
  pCalibrated: number;
  isGross: boolean;
  hasChartCrossed: boolean;
  /** Improbable by itself (1 %) in the harmful direction, though perhaps no alarm. */
  isNotable: boolean;
  state: SignalState;
}

const NOTABLE_TAIL = 0.01;

/** judgeSignals returns each watched number of a window against its calibration, and its change chart one step on. O(signals). */
export function judgeSignals(
  signals: readonly PerformanceSignal[],
  calibration: PerformanceCalibration,
  previous: PerformanceState,
): SignalJudgement[] {
  return calibration.signals.flatMap((expected) => {
    const signal = findSignal(signals, expected.name);
    return signal === undefined ? [] : judgeSignal(signal, expected, calibration, previous);
  });
}

function judgeSignal(
  signal: PerformanceSignal,
  expected: SignalCalibration,
  calibration: PerformanceCalibration,
  previous: PerformanceState,
): SignalJudgement {
  const difference = signal.value - expected.level;
  const samplingLevel = signal.samplingVariance + expected.level_variance;
  const judged = judgeDeviation({
    squared: difference ** 2,
    samplingLevel,
    degrees: 1,
    dispersion: expected.dispersion,
  });
  const expectedDeviation = Math.sqrt(judged.level);
  const deviation = expectedDeviation > 0 ? difference / expectedDeviation : 0;
  const isHarmful = signal.worse === "either" || (signal.worse === "up") === difference > 0;
  const isGross = isHarmful && judged.pCalibrated < calibration.operating_point.immediate_tail;
  // Windows that resemble their neighbours carry less news each: the chart's steps shrink to what independent ones would give.
  const memory = Math.sqrt((1 + judged.correlation) / (1 - judged.correlation));
  const before = previous.signals.find((state) => state.name === signal.name);
  const step = stepSignalState(
    before ?? { name: signal.name, up: 0, down: 0, recent: 0, alarm: false, run: 0 },
    {
      deviation: deviation / memory,
      worse: signal.worse,
      allowance: expected.allowance,
      threshold: expected.chart_threshold,
      isGross,
    },
  );
  return {
    name: signal.name,
    signal,
    calibration: expected,
    expectedDeviation,
    deviation,
    pCalibrated: judged.pCalibrated,
    isGross,
    hasChartCrossed: step.hasChartCrossed,
    isNotable: isHarmful && judged.pCalibrated < NOTABLE_TAIL,
    state: step.state,
  };
}
