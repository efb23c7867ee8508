import { formatNumber, formatShare, formatWindowStart } from "../../words/index.ts";
import type { SignalJudgement } from "./judge-signals.ts";
import type { PerformanceFacts } from "./performance-facts.ts";
import type { SignalName } from "./performance-signals.ts";

/**
 * performanceReason returns the verdict in one sentence: what was seen, in which window or, where an alarm rests on a change that lasts, on average
 * over all windows since it began, on how many labels, what the reference had and how much its windows vary, and what that means. O(signals).
 */
export function performanceReason(context: {
  outcome: "ok" | "drifting" | "alarm";
  judgements: readonly SignalJudgement[];
  facts: PerformanceFacts;
  /** What an alarm means. */
  meaning: string;
}): string {
  const { outcome, judgements, facts } = context;
  const lead = leadingJudgement(judgements, outcome);
  const seen = outcome === "alarm" ? lastingSight(lead, facts) : windowSight(lead, facts);
  const said = `${statement(lead.name, seen, lead.calibration.level, facts.basis.positive_class)}${seen.duration} (${seen.where}; ${normal(lead, seen)})`;
  switch (outcome) {
    case "ok":
      return Math.abs(seen.value - lead.calibration.level) <= NORMAL_DEVIATIONS * seen.expectedDeviation
        ? `${said}: as usual`
        : `${said}: a little outside this range, not significant for one window`;
    case "drifting":
      return `${said}: unusual. An alarm follows if it lasts`;
    case "alarm":
      return `${said}: ${context.meaning}`;
    default:
      return outcome satisfies never;
  }
}

// What a sentence calls normal: 19 of 20 windows lie within; the bars of alarms lie further out.
const NORMAL_DEVIATIONS = 2;

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

/** Sight is what a sentence quotes: one window, or the mean over the windows since a change began. */
interface Sight {
  value: number;
  realised: number | undefined;
  /** Standard deviation of `value` where nothing is wrong. */
  expectedDeviation: number;
  duration: string;
  where: string;
}

function windowSight(
  { signal, expectedDeviation }: SignalJudgement,
  { start, labelled }: PerformanceFacts,
): Sight {
  const where = `window ${formatWindowStart(start)}, ${formatNumber(labelled)} labels`;
  return { value: signal.value, realised: signal.realised, expectedDeviation, duration: "", where };
}

// An alarm by the change chart rests on all windows since the change began: the newest of them may look normal.
function lastingSight(judgement: SignalJudgement, facts: PerformanceFacts): Sight {
  const { state, signal, isGross } = judgement;
  const isFall =
    signal.worse === "down" || (signal.worse === "either" && state.chart.fall > state.chart.rise);
  const run = isFall ? state.falling : state.rising;
  if (isGross || run === undefined || run.windows < 2) return windowSight(judgement, facts);
  return {
    value: run.valueSum / run.rows,
    realised: signal.realised === undefined ? undefined : run.realisedSum / run.rows,
    expectedDeviation: deviationOfMean(judgement, run.windows),
    duration: ` over the last ${run.windows} windows`,
    where: `since ${formatWindowStart(run.from)}, ${formatNumber(run.rows)} labels`,
  };
}

// The reference's own level is as uncertain over many windows as over one; the rest averages out, slower where neighbours are alike.
function deviationOfMean(
  { expectedDeviation, calibration, correlation }: SignalJudgement,
  windows: number,
): number {
  const ofWindow = Math.max(0, expectedDeviation ** 2 - calibration.level_variance);
  let alike = 1;
  for (let lag = 1; lag < windows; lag++) alike += 2 * (1 - lag / windows) * correlation ** lag;
  return Math.sqrt(calibration.level_variance + (ofWindow * alike) / windows);
}

function statement(
  name: SignalName,
  { value, realised }: Sight,
  level: number,
  positiveClass: string | undefined,
): string {
  const promised = (realised ?? value) - value;
  const against = (words: string) =>
    `${words} was ${formatNumber(value)} against ${formatNumber(level)} in the reference`;
  switch (name) {
    case "calibration_gap": {
      const who = positiveClass === undefined ? "The positive class" : `"${positiveClass}"`;
      return `${who} came ${formatShare(realised ?? value)} of the time where the model said ${formatShare(promised)}`;
    }
    case "excess_log_loss":
      return `The log loss was ${formatNumber(realised ?? value)} where the scores promised ${formatNumber(promised)}`;
    case "auc_gap":
      return `The AUC was ${formatNumber(realised ?? value)} where the scores promised ${formatNumber(promised)}`;
    case "accuracy":
      return `The accuracy was ${formatShare(value)} against ${formatShare(level)} in the reference`;
    case "log_loss":
      return against("The log loss");
    case "bias":
      return against("The mean error (prediction minus truth)");
    case "absolute_error":
      return against("The mean absolute error");
    default:
      return name satisfies never;
  }
}

function normal({ name, calibration: { level } }: SignalJudgement, { expectedDeviation }: Sight): string {
  const margin = NORMAL_DEVIATIONS * expectedDeviation;
  switch (name) {
    case "calibration_gap":
      return `reference gap ${points(level)} points ± ${points(margin)}`;
    case "excess_log_loss":
    case "auc_gap":
      return `a difference of ${formatNumber(level)} ± ${formatNumber(margin)} is normal`;
    case "accuracy":
      return `${formatShare(level)} ± ${points(margin)} points is normal`;
    case "log_loss":
    case "bias":
    case "absolute_error":
      return `${formatNumber(level)} ± ${formatNumber(margin)} is normal`;
    default:
      return name satisfies never;
  }
}

function points(share: number): string {
  return formatNumber(Math.round(share * 1_000) / 10);
}
