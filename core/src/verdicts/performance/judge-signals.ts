import { type ChangeChartOutcome, stepChangeChart } from "../../detectors/index.ts";
import { judgeDeviation } from "../bars/estimate-dispersion.ts";
import { findSignal } from "./calibrate-performance.ts";
import type { PerformanceCalibration, SignalCalibration } from "./performance-calibration.ts";
import type { PerformanceSignal, SignalName } from "./performance-signals.ts";
import {
  initialSignalState,
  LARGEST_STEP,
  type PerformanceState,
  type SignalState,
  stepSignalState,
} from "./performance-state.ts";

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
  /** Correlation of the deviation from one window to the next. */
  correlation: number;
  isGross: boolean;
  /** What the change chart says after this window; absent where there is none. */
  chart?: Extract<ChangeChartOutcome, { outcome: "ok" }>;
  /** Improbable by itself (1 %) in the harmful direction, though perhaps no alarm. */
  isNotable: boolean;
  state: SignalState;
}

const NOTABLE_TAIL = 0.01;

/** judgeSignals returns each watched number of the window that begins at `windowStart` against its calibration, and its change chart one step on. O(signals). */
export function judgeSignals(
  signals: readonly PerformanceSignal[],
  calibration: Pick<PerformanceCalibration, "operating_point" | "signals">,
  previous: PerformanceState,
  windowStart: number,
): SignalJudgement[] {
  return calibration.signals.flatMap((expected) => {
    const signal = findSignal(signals, expected.name);
    return signal === undefined ? [] : judgeSignal(signal, expected, calibration, previous, windowStart);
  });
}

function judgeSignal(
  signal: PerformanceSignal,
  expected: SignalCalibration,
  calibration: Pick<PerformanceCalibration, "operating_point">,
  previous: PerformanceState,
  windowStart: number,
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
  const before =
    previous.signals.find((state) => state.name === signal.name) ?? initialSignalState(signal.name);
  const bounded = Math.min(LARGEST_STEP, Math.max(-LARGEST_STEP, deviation));
  const center = expected.chart?.variation.center ?? expected.level;
  const step =
    expected.chart === undefined
      ? undefined
      : stepChangeChart(expected.chart, before.chart, {
          value: Math.abs(deviation) > LARGEST_STEP ? center + bounded * expectedDeviation : signal.value,
          standardError: Math.sqrt(signal.samplingVariance),
        });
  const chartOutcome = step?.outcome.outcome === "ok" ? step.outcome : undefined;
  const hasChartCrossed = chartOutcome?.signal === "alarm" && isWorse(signal.worse, chartOutcome.direction);
  return {
    name: signal.name,
    signal,
    calibration: expected,
    expectedDeviation,
    deviation,
    pCalibrated: judged.pCalibrated,
    isGross,
    ...(chartOutcome === undefined ? {} : { chart: chartOutcome }),
    isNotable: isHarmful && judged.pCalibrated < NOTABLE_TAIL,
    correlation: judged.correlation,
    state: stepSignalState(before, {
      signal,
      windowStart,
      deviation,
      worse: signal.worse,
      isGross,
      chart: step?.state ?? before.chart,
      hasChartCrossed,
    }),
  };
}

function isWorse(worse: PerformanceSignal["worse"], direction: "up" | "down"): boolean {
  return worse === "either" || worse === direction;
}
