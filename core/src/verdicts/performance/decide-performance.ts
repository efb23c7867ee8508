import type { Outcome, PerformanceBasis } from "../../evaluation/index.ts";
import {
  decideMaturity,
  describeLabelTrouble,
  describeLeftOut,
  isPlainTrouble,
  type LabelTrouble,
  type Maturity,
} from "../../performance/index.ts";
import type { Cause } from "../../records/index.ts";
import { countWords, formatNumber } from "../../words/index.ts";
import { causeOfLoss, type LossCause } from "./cause-of-loss.ts";
import { judgeFixedMetric } from "./judge-fixed-metric.ts";
import { judgeSignals, type SignalJudgement } from "./judge-signals.ts";
import type { PerformanceFacts } from "./performance-facts.ts";
import { performanceReason } from "./performance-reason.ts";
import type { PerformanceState } from "./performance-state.ts";
import { signalCalibrationOf, signalOf } from "./signal-bases.ts";

/** PerformanceDecision is what follows from the facts of a window and the state of the one before. */
export interface PerformanceDecision {
  outcome: Outcome;
  reason: string;
  cause?: Cause;
  confidence?: number;
  state: PerformanceState;
}

const NO_BASELINE = "No labelled reference yet: the first mature windows of this version become one";

/**
 * decidePerformance decides on the facts of one window: whether it may be judged at all, then by the monitor's fixed limit if it has one, else by its watched
 * numbers, each standardised by the reference's own variation: an alarm at once where grossly off, and through a change chart where moderately off for long.
 * Windows that are not judged pass the state on. O(signals).
 */
export function decidePerformance(facts: PerformanceFacts, previous: PerformanceState): PerformanceDecision {
  const { basis, label_bias: bias, labelled, predictions } = facts;
  const { limit, needed_labels: needed } = basis;
  const say = (outcome: Outcome, reason: string) => ({ outcome, reason, state: previous });
  if (predictions === 0) return say("no_data", "No predictions in this window");
  if (basis.nonsense !== undefined) return say("not_defined", `Not judged: ${basis.nonsense.reason}`);
  const trouble = basis.label_trouble;
  if (trouble?.trouble === "unusable") return decideByLabels(facts, trouble, previous);
  const maturity = maturityOf(facts);
  if (!maturity.mature) return say("immature", `Not judged yet: ${maturity.reason}`);
  if (bias?.outcome === "refused") {
    return say("immature", `Not judged yet: ${maturity.reason}; ${bias.reason}`);
  }
  if (labelled < needed) {
    const reason = `${countWords(labelled, "label")} in this window, ${formatNumber(needed)} are needed for a verdict`;
    return say("insufficient_data", reason);
  }
  if (trouble !== undefined && trouble.trouble !== "unsettled") {
    return decideByLabels(facts, trouble, previous);
  }
  // Judged again once there is a reference.
  if (limit === undefined && basis.reference_id === null) return say("immature", NO_BASELINE);
  const judged =
    limit === undefined ? decideBySignals(facts, previous) : decideByLimit(facts, limit, previous);
  const decision = withLeftOut(judged, facts);
  if (trouble !== undefined && decision.cause === "concept_drift") return asUnsettled(decision, trouble);
  return limit === undefined && bias?.outcome === "corrected" && decision.outcome !== "not_defined"
    ? { ...decision, reason: `${decision.reason}. Corrected: ${bias.reason}` }
    : decision;
}

function decideByLimit(
  { basis, metrics }: PerformanceFacts,
  limit: NonNullable<PerformanceBasis["limit"]>,
  previous: PerformanceState,
): PerformanceDecision {
  const { outcome, reason } = judgeFixedMetric(limit.metric, metrics[limit.metric], limit);
  const isLost = outcome === "alarm" || outcome === "drifting";
  const state = { ...withoutLabelRun(previous), alarm: outcome === "alarm" };
  return { outcome, reason, state, ...(isLost ? causeOnly(causeOfLoss(basis.inputs, [], false)) : {}) };
}

// Whoever reads that all is well must know of how many rows that was not looked at.
function withLeftOut(decision: PerformanceDecision, { basis }: PerformanceFacts): PerformanceDecision {
  const { left_out: leftOut } = basis;
  if (leftOut === undefined) return decision;
  return { ...decision, reason: `${decision.reason}. ${describeLeftOut(leftOut)}` };
}

function maturityOf({ predictions, label_coverage, expected_coverage, basis }: PerformanceFacts): Maturity {
  const { age_ms = 0, label_delay_ms, final_coverage, settled } = basis.maturity;
  return decideMaturity({
    predictions,
    coverage: label_coverage,
    expectedCoverage: expected_coverage,
    finalCoverage: final_coverage,
    isSettled: settled,
    ageMs: age_ms,
    labelDelayMs: label_delay_ms,
  });
}

// What may be the labels' fault starts no retraining: that would learn from them.
function asUnsettled(
  decision: PerformanceDecision,
  { what, detail, confidence }: LabelTrouble,
): PerformanceDecision {
  const reason = `${decision.reason}. ${what}: ${detail}. It is not settled whether labels or the model changed: check the labels before a retraining`;
  return { ...decision, reason, cause: "labels", confidence };
}

// Labels that are wrong themselves say nothing of the model: its charts stand still, and no retraining follows.
function decideByLabels(
  facts: PerformanceFacts,
  trouble: LabelTrouble,
  previous: PerformanceState,
): PerformanceDecision {
  const since = previous.labels?.since ?? facts.start;
  const windows = (previous.labels?.windows ?? 0) + 1;
  const isAlarm = isPlainTrouble(trouble) || windows > 1;
  return {
    outcome: isAlarm ? "alarm" : "drifting",
    reason: describeLabelTrouble(trouble, { since, labels: facts.labelled }),
    cause: "labels",
    confidence: trouble.confidence,
    state: { ...previous, labels: { since, windows } },
  };
}

function withoutLabelRun({ labels: _ended, ...state }: PerformanceState): PerformanceState {
  return state;
}

function decideBySignals(facts: PerformanceFacts, previous: PerformanceState): PerformanceDecision {
  const { inputs, operating_point: point, signals } = facts.basis;
  const judgements =
    point === undefined
      ? []
      : judgeSignals(
          signals.map(signalOf),
          { operating_point: point, signals: signals.map(signalCalibrationOf) },
          previous,
          facts.start,
        );
  if (judgements.length === 0) {
    const reason = "None of the watched metrics is defined on these labels and the reference's";
    return { outcome: "not_defined", reason, state: previous };
  }
  // Broken inputs say nothing of the relation between inputs and outcome: such a window moves no chart.
  const isBroken = isFailing(inputs) && inputs?.cause === "pipeline";
  const state: PerformanceState = isBroken
    ? withoutLabelRun(previous)
    : {
        alarm: judgements.some((judgement) => judgement.state.alarm),
        signals: judgements.map((judgement) => judgement.state),
      };
  const isAlarm = isBroken ? judgements.some((judgement) => judgement.isGross) : state.alarm;
  const isDrifting = judgements.some((judgement) => judgement.isNotable);
  const outcome = isAlarm ? "alarm" : isDrifting ? "drifting" : "ok";
  const loss = causeOfLoss(inputs, signals, isConditional(judgements));
  const reason = performanceReason({ outcome, judgements, facts, meaning: loss.meaning });
  return { outcome, reason, state, ...(outcome === "ok" ? {} : causeOnly(loss)) };
}

function causeOnly({ cause, confidence }: LossCause): Pick<LossCause, "cause" | "confidence"> {
  return { cause, confidence };
}

const CONDITIONAL_SIGNALS: ReadonlySet<string> = new Set(["calibration_gap", "excess_log_loss", "auc_gap"]);

/** Whether what fails is conditional on the scores, so that a shift of the inputs alone cannot explain it. */
function isConditional(judgements: readonly SignalJudgement[]): boolean {
  return judgements.some(
    ({ name, state, isNotable }) => (state.alarm || isNotable) && CONDITIONAL_SIGNALS.has(name),
  );
}

type Inputs = PerformanceBasis["inputs"];

function isFailing(inputs: Inputs): boolean {
  return inputs?.outcome === "alarm" || inputs?.outcome === "drifting";
}
