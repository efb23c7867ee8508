import { formatNumber, formatShare, formatWindowStart } from "../messages/index.ts";
import type { PerformanceInput } from "./assess-performance-window.ts";
import type { SignalJudgement } from "./judge-signals.ts";
import type { PerformanceAggregate, SignalName } from "./performance-signals.ts";

const SIGNAL_WORDS: Record<SignalName, string> = {
  calibration_gap: "the gap between outcome and score",
  excess_log_loss: "the log loss beyond what the scores promise",
  auc_gap: "the AUC against what the scores promise",
  accuracy: "the accuracy",
  log_loss: "the log loss",
  bias: "the mean error",
  absolute_error: "the mean absolute error",
};

/**
 * performanceReason returns the verdict in one sentence: what was seen, in which window, on how many labels, what the reference had and
 * how much its windows vary, and what that means. O(buckets).
 */
export function performanceReason(context: {
  outcome: "ok" | "drifting" | "alarm";
  judgements: readonly SignalJudgement[];
  aggregate: PerformanceAggregate;
  input: PerformanceInput;
}): string {
  const { outcome, judgements, aggregate, input } = context;
  const lead = leadingJudgement(judgements, outcome);
  const fact = statement(lead, aggregate, input.positiveClass);
  const where = `window ${formatWindowStart(input.window.start)}, ${formatNumber(aggregate.weightSum)} labels; ${normal(lead)}`;
  switch (outcome) {
    case "ok":
      return `${fact} (${where}): as usual`;
    case "drifting":
      return `${fact} (${where}): unusual, but one window of this size is no alarm`;
    case "alarm":
      return `${fact} (${where})${duration(lead)}: ${meaning(input)}`;
    default:
      return outcome satisfies never;
  }
}

function leadingJudgement(
  judgements: readonly SignalJudgement[],
  outcome: "ok" | "drifting" | "alarm",
): SignalJudgement {
  // Where the rates are off too, they say it best: a share against a share needs no explanation.
  const rates = judgements.find(
    ({ name, state, isNotable }) => name === "calibration_gap" && (state.alarm || isNotable),
  );
  if (outcome !== "ok" && rates !== undefined) return rates;
  const alarmed = judgements.filter((judgement) => judgement.state.alarm);
  const eligible = outcome === "alarm" && alarmed.length > 0 ? alarmed : judgements;
  return eligible.reduce((best, judgement) => (strength(judgement) > strength(best) ? judgement : best));
}

function strength({ chart, isGross, deviation }: SignalJudgement): number {
  const share = chart === undefined ? 0 : chart.statistic / chart.threshold;
  return share + (isGross ? 1 : 0) + Math.abs(deviation) / 100;
}

function statement(
  lead: SignalJudgement,
  aggregate: PerformanceAggregate,
  positiveClass: string | undefined,
): string {
  if (lead.name === "calibration_gap" && aggregate.task === "binary") {
    const { positives, negatives } = aggregate.scoreHistogram;
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    const rate = sum(positives) / (sum(positives) + sum(negatives));
    const name = positiveClass === undefined ? "The positive class" : `"${positiveClass}"`;
    return `${name} came ${formatShare(rate)} of the time where the model said ${formatShare(rate - lead.signal.value)}`;
  }
  const words = SIGNAL_WORDS[lead.name];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} is ${formatNumber(lead.signal.value)} against ${formatNumber(lead.calibration.level)} in the reference`;
}

function normal({ name, calibration, expectedDeviation }: SignalJudgement): string {
  if (name === "calibration_gap") {
    return `reference gap ${points(calibration.level)} points ± ${points(2 * expectedDeviation)}`;
  }
  return `${formatNumber(calibration.level)} ± ${formatNumber(2 * expectedDeviation)} is normal`;
}

function points(share: number): string {
  return formatNumber(Math.round(share * 1_000) / 10);
}

function duration({ chart, isGross }: SignalJudgement): string {
  const windows = chart?.since ?? 0;
  return !isGross && windows > 1 ? ` and has been off for ${windows} windows` : "";
}

function meaning(input: PerformanceInput): string {
  switch (input.inputs?.outcome) {
    case "ok":
      return "the relation between inputs and outcome changed while the inputs did not";
    case "alarm":
    case "drifting":
      return input.inputs.cause === "pipeline"
        ? "the inputs are broken, see there first"
        : "more than the shift of the inputs explains";
    default:
      return "the relation between inputs and outcome changed";
  }
}
