import type { PerformanceBasis, SignalBasis } from "../../evaluation/index.ts";
import type { Cause } from "../../records/index.ts";
import { NOT_SETTLED } from "../../triage/index.ts";
import { formatNumber } from "../../words/index.ts";

/** LossCause is the cause of lost performance with its confidence, and what it means in words that end a sentence. */
export interface LossCause {
  cause: Cause;
  confidence: number;
  meaning: string;
}

// The most that a number can move, for each share of the rows that are answered otherwise than before; errors of a regressor have no bound.
const MOST_PER_ROW: Record<SignalBasis["name"], number> = {
  calibration_gap: 1,
  auc_gap: 1,
  accuracy: 1,
  excess_log_loss: 3,
  log_loss: 3,
  bias: Number.POSITIVE_INFINITY,
  absolute_error: Number.POSITIVE_INFINITY,
};
const STANDARD_ERRORS = 2;
// Some rows beyond the range of an input that cannot be judged explain no loss.
const NEGLIGIBLE = 0.05;

/**
 * causeOfLoss returns the cause of lost performance on the whole evidence of the window: broken inputs first, then labels that seem to belong to other rows, then inputs that moved. Concept drift is claimed only where a number moved further than the rows whose inputs moved could have moved it; else the cause is not settled. O(signals).
 */
export function causeOfLoss(
  inputs: PerformanceBasis["inputs"],
  signals: readonly SignalBasis[],
  isConditionalOnScores: boolean,
): LossCause {
  const haveMoved = inputs?.outcome === "alarm" || inputs?.outcome === "drifting";
  if (haveMoved && inputs.cause === "pipeline") {
    return { cause: "pipeline", confidence: 0.8, meaning: "the inputs are broken, see there first" };
  }
  const stray = strayLabels(signals);
  // A relation of the world that is gone looks the same: nothing is retrained on labels that may belong to other rows.
  if (stray !== undefined) return { cause: "concept_drift", confidence: NOT_SETTLED, meaning: stray };
  const explained = inputs?.moved ?? (haveMoved ? 1 : 0);
  const isBeyond =
    (!haveMoved && explained < NEGLIGIBLE) ||
    ((isConditionalOnScores || !haveMoved) && signals.some((signal) => isBeyondRows(signal, explained)));
  if (!isBeyond) {
    return {
      cause: "input_drift",
      confidence: NOT_SETTLED,
      meaning: `performance fell and inputs ${haveMoved ? "moved too" : "that could not be judged lie outside the reference"}: cause not settled`,
    };
  }
  if (haveMoved) {
    return { cause: "concept_drift", confidence: 0.65, meaning: "more than the inputs that moved could do" };
  }
  const unjudged = (inputs?.of ?? 0) - (inputs?.judged ?? 0);
  const relation = "the relation between inputs and outcome changed";
  if (inputs?.outcome !== "ok") return { cause: "concept_drift", confidence: 0.75, meaning: relation };
  return unjudged > 0
    ? {
        cause: "concept_drift",
        confidence: 0.75,
        meaning: `${relation}, and no input that could be judged did (${unjudged} of ${inputs.of} could not)`,
      }
    : { cause: "concept_drift", confidence: 0.9, meaning: `${relation} while the inputs did not` };
}

function isBeyondRows(signal: SignalBasis, share: number): boolean {
  const error = Math.sqrt(signal.sampling_variance + signal.level_variance + signal.variance);
  return Math.abs(signal.value - signal.level) > share * MOST_PER_ROW[signal.name] + STANDARD_ERRORS * error;
}

const CLEARLY_RANKED = 0.6;

/**
 * strayLabels says whether labels look like those of other rows: the scores rank no better than chance, while the classes come as often as ever. Undefined where they
 * do not, or the scores never ranked well.
 */
function strayLabels(signals: readonly SignalBasis[]): string | undefined {
  const ranks = signals.find(({ name }) => name === "auc_gap");
  const rates = signals.find(({ name }) => name === "calibration_gap");
  if (ranks?.realised === undefined || rates === undefined) return undefined;
  const usual = ranks.realised - ranks.value + ranks.level;
  const isChance =
    Math.abs(ranks.realised - 0.5) <= STANDARD_ERRORS * Math.sqrt(ranks.sampling_variance + ranks.variance);
  const rateError = Math.sqrt(rates.sampling_variance + rates.level_variance + rates.variance);
  const areRatesUsual = Math.abs(rates.value - rates.level) <= STANDARD_ERRORS * rateError;
  return usual >= CLEARLY_RANKED && isChance && areRatesUsual
    ? `the classes come as often as usual but no longer where the scores say (AUC ${formatNumber(ranks.realised)} where ${formatNumber(usual)} is usual): labels of other rows or a relation that is gone, cause not settled`
    : undefined;
}
