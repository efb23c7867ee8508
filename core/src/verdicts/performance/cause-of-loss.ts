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
  const labels = haveMoved ? undefined : strayLabels(signals);
  if (labels !== undefined) {
    return labels.isClear
      ? { cause: "labels", confidence: 0.7, meaning: labels.meaning }
      : {
          cause: "labels",
          confidence: NOT_SETTLED,
          meaning: `${labels.meaning}; on so few labels the cause is not settled`,
        };
  }
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
// Two standard errors of the AUC within which a relation that weakened differs from labels at chance level.
const CLEAR_ERROR = 0.06;

/**
 * strayLabels says whether labels look like those of other rows, or like the other class's: ranks are at chance level, or exactly the other way round, while the
 * classes come as often as ever. A relation that changes in the world seldom does either. Undefined where neither shows, or the scores never ranked well.
 */
function strayLabels(signals: readonly SignalBasis[]): { meaning: string; isClear: boolean } | undefined {
  const ranks = signals.find(({ name }) => name === "auc_gap");
  if (ranks?.realised === undefined) return undefined;
  const promised = ranks.realised - ranks.value + ranks.level;
  if (promised < CLEARLY_RANKED) return undefined;
  const error = Math.sqrt(ranks.sampling_variance + ranks.variance);
  const isNear = (auc: number) => Math.abs(ranks.realised! - auc) <= STANDARD_ERRORS * error;
  const rates = signals.find(({ name }) => name === "calibration_gap");
  const rateError =
    rates === undefined ? 0 : Math.sqrt(rates.sampling_variance + rates.level_variance + rates.variance);
  const areRatesUsual =
    rates !== undefined && Math.abs(rates.value - rates.level) <= STANDARD_ERRORS * rateError;
  const auc = formatNumber(ranks.realised);
  const isClear = STANDARD_ERRORS * error <= CLEAR_ERROR;
  if (areRatesUsual && isNear(0.5)) {
    const meaning = `the classes come as often as usual but no longer where the scores say (AUC ${auc} where ${formatNumber(promised)} is usual): the labels seem to belong to other rows`;
    return { meaning, isClear };
  }
  // Flipped classes come as often as the other class did.
  const isMirrored =
    rates?.realised !== undefined &&
    Math.abs(rates.realised - (1 - (rates.realised - rates.value))) <= 3 * rateError;
  if (!isMirrored || !isNear(1 - promised)) return undefined;
  const meaning = `the scores rank exactly the other way round (AUC ${auc} where ${formatNumber(promised)} is usual): the classes of the labels seem to be swapped`;
  return { meaning, isClear };
}
