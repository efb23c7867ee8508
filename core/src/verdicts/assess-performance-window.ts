import type { MetricValue, PerformanceWindow } from "../evaluation/index.ts";
import { formatNumber } from "../messages/index.ts";
import type { LabelBias, Maturity } from "../performance/index.ts";
import type { BlamedFeature, Cause, Monitor } from "../records/index.ts";
import { judgeFixedMetric } from "./judge-fixed-metric.ts";
import { judgeSignals, type SignalJudgement } from "./judge-signals.ts";
import type { PerformanceCalibration } from "./performance-calibration.ts";
import { performanceMetrics } from "./performance-metrics.ts";
import { performanceReason } from "./performance-reason.ts";
import { type PerformanceAggregate, performanceSignals } from "./performance-signals.ts";
import { initialPerformanceState, type PerformanceState } from "./performance-state.ts";
import type { Verdict } from "./verdict.ts";

const SMALLEST_WINDOW_LABELS = 30;

/** PerformanceVerdict is the verdict on the performance of one window. */
export type PerformanceVerdict = Verdict<PerformanceWindow, PerformanceState>;

/** InputHealth is what the drift verdict of the same window said: it decides whether a loss is the concept's or the inputs'. */
export interface InputHealth {
  outcome: string;
  cause?: Cause | undefined;
  reason?: string | undefined;
}

/** PerformanceInput is everything one performance verdict is made from. */
export interface PerformanceInput {
  window: { start: number; end: number; predictions: number };
  aggregate: PerformanceAggregate;
  referenceAggregate?: PerformanceAggregate | undefined;
  calibration: PerformanceCalibration;
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
  /** Name of the positive class, for the reason. */
  positiveClass?: string | undefined;
  revision?: number | undefined;
}

/**
 * assessPerformanceWindow decides whether the relation between inputs and outcome has changed: its watched numbers, standardised by the
 * reference's own window-to-window variation, alarm at once when grossly off and through a two-sided change chart when moderately off for
 * long. An immature window is shown and never alarms; the state passes through it unchanged. O(buckets).
 */
export function assessPerformanceWindow(input: PerformanceInput): PerformanceVerdict {
  const { window, aggregate, calibration, maturity, monitor, previousState, labelBias: bias } = input;
  const previous = previousState ?? initialPerformanceState();
  const metrics = performanceMetrics(aggregate, input.referenceAggregate);
  const finish = (
    outcome: PerformanceVerdict["outcome"],
    reason: string,
    rest: Partial<Pick<PerformanceVerdict, "cause" | "confidence" | "state" | "blamed">> = {},
  ): PerformanceVerdict => ({
    outcome,
    reason,
    state: previous,
    blamed: [],
    ...rest,
    detail: {
      start: window.start,
      end: window.end,
      predictions: window.predictions,
      labelled: aggregate.weightSum,
      label_coverage: maturity.coverage,
      expected_coverage: maturity.expectedCoverage,
      mature: maturity.mature && bias?.outcome !== "refused",
      ...(bias === undefined ? {} : { label_bias: { outcome: bias.outcome, reason: bias.reason } }),
      outcome,
      revision: input.revision ?? 1,
      metrics,
      ...(input.estimated === undefined ? {} : { estimated: input.estimated }),
      reason,
    },
  });
  if (window.predictions === 0) return finish("no_data", "No predictions in this window");
  if (!maturity.mature) return finish("immature", `Not judged yet: ${maturity.reason}`);
  if (bias?.outcome === "refused") {
    return finish("immature", `Not judged yet: ${maturity.reason}; ${bias.reason}`);
  }
  const needed = Math.max(SMALLEST_WINDOW_LABELS, monitor?.minimum_count ?? 0);
  if (aggregate.weightSum < needed) {
    const labels = formatNumber(aggregate.weightSum);
    return finish("insufficient_data", `${labels} labels in this window, ${needed} are needed for a verdict`);
  }
  const thresholds = monitor?.thresholds;
  if (thresholds?.metric !== undefined) {
    const fixed = judgeFixedMetric(thresholds.metric, metrics[thresholds.metric], thresholds);
    const isFailing = fixed.outcome === "alarm" || fixed.outcome === "drifting";
    return finish(fixed.outcome, fixed.reason, {
      state: { ...previous, alarm: fixed.outcome === "alarm" },
      ...(isFailing ? { ...causeOfLoss(input.inputs, false), blamed: [...(input.segments ?? [])] } : {}),
    });
  }
  const judgements = judgeSignals(performanceSignals(aggregate), calibration, previous, window.start);
  if (judgements.length === 0) {
    return finish(
      "not_defined",
      "None of the watched metrics is defined on these labels and the reference's",
    );
  }
  // Broken inputs say nothing of the relation between inputs and outcome: such a window moves no chart.
  const isBroken = isFailingBecauseOf(input.inputs, "pipeline");
  const state: PerformanceState = isBroken
    ? previous
    : {
        alarm: judgements.some((judgement) => judgement.state.alarm),
        signals: judgements.map((judgement) => judgement.state),
      };
  const isAlarm = isBroken ? judgements.some((judgement) => judgement.isGross) : state.alarm;
  const isDrifting = judgements.some((judgement) => judgement.isNotable);
  const outcome = isAlarm ? "alarm" : isDrifting ? "drifting" : "ok";
  const said = performanceReason({ outcome, judgements, input });
  const reason = bias?.outcome === "corrected" ? `${said}. Corrected: ${bias.reason}` : said;
  if (outcome === "ok") return finish(outcome, reason, { state });
  return finish(outcome, reason, {
    state,
    ...causeOfLoss(input.inputs, isConditional(judgements)),
    blamed: [...(input.segments ?? [])],
  });
}

const CONDITIONAL_SIGNALS: ReadonlySet<string> = new Set(["calibration_gap", "excess_log_loss", "auc_gap"]);

/** Whether what fails is conditional on the scores, so that a shift of the inputs alone cannot explain it. */
function isConditional(judgements: readonly SignalJudgement[]): boolean {
  return judgements.some(
    ({ name, state, isNotable }) => (state.alarm || isNotable) && CONDITIONAL_SIGNALS.has(name),
  );
}

function causeOfLoss(
  inputs: InputHealth | undefined,
  isConditionalOnScores: boolean,
): { cause: Cause; confidence: number } {
  if (isFailingBecauseOf(inputs, "pipeline")) return { cause: "pipeline", confidence: 0.8 };
  const haveDrifted = isFailing(inputs);
  if (haveDrifted && !isConditionalOnScores) return { cause: "input_drift", confidence: 0.6 };
  if (haveDrifted) return { cause: "concept_drift", confidence: 0.65 };
  return { cause: "concept_drift", confidence: inputs?.outcome === "ok" ? 0.9 : 0.75 };
}

function isFailing(inputs: InputHealth | undefined): boolean {
  return inputs?.outcome === "alarm" || inputs?.outcome === "drifting";
}

function isFailingBecauseOf(inputs: InputHealth | undefined, cause: Cause): boolean {
  return isFailing(inputs) && inputs?.cause === cause;
}
