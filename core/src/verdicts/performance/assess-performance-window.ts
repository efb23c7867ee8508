import type { MetricValue, PerformanceBasis, PerformanceWindow } from "../../evaluation/index.ts";
import {
  findLabelTrouble,
  type LabelBias,
  type LabelTrouble,
  leftOutOf,
  type Maturity,
  type Nonsense,
  type PerformanceAggregate,
} from "../../performance/index.ts";
import type { BlamedFeature, Monitor } from "../../records/index.ts";
import type { Verdict } from "../verdict.ts";
import { decidePerformance } from "./decide-performance.ts";
import { haveFailed, type InputHealth } from "./input-health.ts";
import type { PerformanceCalibration } from "./performance-calibration.ts";
import type { PerformanceFacts } from "./performance-facts.ts";
import { performanceMetrics } from "./performance-metrics.ts";
import { performanceSignals } from "./performance-signals.ts";
import { initialPerformanceState, type PerformanceState } from "./performance-state.ts";
import { maturityBasis, signalBases } from "./signal-bases.ts";

const SMALLEST_WINDOW_LABELS = 30;

/** PerformanceVerdict is the verdict on the performance of one window. */
export type PerformanceVerdict = Verdict<PerformanceWindow, PerformanceState>;

/** PerformanceInput is everything one performance verdict is made from. */
export interface PerformanceInput {
  window: { start: number; end: number; predictions: number };
  aggregate: PerformanceAggregate;
  referenceAggregate?: PerformanceAggregate | undefined;
  /** Undefined while there is no labelled reference: then only a fixed limit is judged by. */
  calibration: PerformanceCalibration | undefined;
  maturity: Maturity;
  previousState?: PerformanceState | undefined;
  inputs?: InputHealth | undefined;
  monitor?: Pick<Monitor, "thresholds" | "minimum_count"> | undefined;
  /** Where in feature space the loss rose most, if that was measured. */
  segments?: readonly BlamedFeature[] | undefined;
  /** The estimate made before labels came, to be drawn beside what was realised. */
  estimated?: Record<string, MetricValue> | undefined;
  /** Where labels are still missing: whether those that came are a fair sample, and what was done about it (`aggregate` is corrected already). */
  labelBias?: LabelBias | undefined;
  /** Why labels and predictions cannot be compared at all, if they cannot. */
  nonsense?: Nonsense | undefined;
  /** Name of the positive class, for the reason. */
  positiveClass?: string | undefined;
  revision?: number | undefined;
}

/**
 * assessPerformanceWindow decides whether the relation between inputs and outcome has changed, by decidePerformance, and returns the verdict with all that it
 * was decided from. An immature window is shown and never alarms. O(buckets).
 */
export function assessPerformanceWindow(input: PerformanceInput): PerformanceVerdict {
  const { window, aggregate, maturity, nonsense, labelBias: bias } = input;
  const trouble =
    nonsense === undefined
      ? findLabelTrouble(aggregate, input.referenceAggregate, { haveInputsFailed: haveFailed(input.inputs) })
      : undefined;
  const facts: PerformanceFacts = {
    start: window.start,
    end: window.end,
    predictions: window.predictions,
    labelled: aggregate.weightSum,
    label_coverage: maturity.coverage,
    expected_coverage: maturity.expectedCoverage,
    ...(bias === undefined ? {} : { label_bias: { outcome: bias.outcome, reason: bias.reason } }),
    metrics: performanceMetrics(aggregate, input.referenceAggregate, refusalOf(nonsense, trouble)),
    basis: basisOf(input, trouble),
  };
  const decision = decidePerformance(facts, input.previousState ?? initialPerformanceState());
  const { outcome, reason } = decision;
  const isFailing = outcome === "alarm" || outcome === "drifting";
  return {
    ...decision,
    blamed: isFailing ? [...(input.segments ?? [])] : [],
    detail: {
      ...facts,
      mature: maturity.mature && bias?.outcome !== "refused",
      outcome,
      revision: input.revision ?? 1,
      ...(input.estimated === undefined ? {} : { estimated: input.estimated }),
      reason,
    },
  };
}

// Numbers made from labels that are wrong themselves would be drawn as the model's.
function refusalOf(nonsense: Nonsense | undefined, trouble: LabelTrouble | undefined): string | undefined {
  const isWrong = trouble !== undefined && trouble.trouble !== "unsettled";
  return nonsense?.reason ?? (!isWrong ? undefined : `${trouble.what}: ${trouble.detail}`);
}

function basisOf(input: PerformanceInput, trouble: LabelTrouble | undefined): PerformanceBasis {
  const { aggregate, calibration, inputs, maturity, monitor, nonsense, positiveClass } = input;
  const leftOut = leftOutOf(aggregate);
  const { metric, minimum, maximum } = monitor?.thresholds ?? {};
  return {
    reference_id: calibration?.reference_id ?? null,
    needed_labels: Math.max(SMALLEST_WINDOW_LABELS, monitor?.minimum_count ?? 0),
    maturity: maturityBasis(maturity.numbers),
    ...(metric === undefined
      ? {}
      : {
          limit: {
            metric,
            ...(minimum === undefined ? {} : { minimum }),
            ...(maximum === undefined ? {} : { maximum }),
          },
        }),
    ...(inputs === undefined
      ? {}
      : {
          inputs: {
            outcome: inputs.outcome,
            ...(inputs.cause === undefined ? {} : { cause: inputs.cause }),
            ...(inputs.judged === undefined ? {} : { judged: inputs.judged }),
            ...(inputs.of === undefined ? {} : { of: inputs.of }),
            ...(inputs.moved === undefined ? {} : { moved: inputs.moved }),
          },
        }),
    ...(nonsense === undefined ? {} : { nonsense }),
    ...(trouble === undefined ? {} : { label_trouble: trouble }),
    ...(leftOut === undefined ? {} : { left_out: leftOut }),
    ...(positiveClass === undefined ? {} : { positive_class: positiveClass }),
    ...(calibration === undefined ? {} : { operating_point: calibration.operating_point }),
    signals: signalBases(performanceSignals(aggregate), calibration),
  };
}
