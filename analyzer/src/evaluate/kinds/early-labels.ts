import type { UnlabelledScores } from "@leeway/core/estimation";
import {
  assessLabelBias,
  type BinaryAggregate,
  type ClassArrivals,
  type LabelBias,
  MATURE_SHARE,
  type OutputStratum,
  snapScore,
} from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";
import type { LabelledWindow, MaturityBasis } from "./performance.ts";

const STRATA = 10;
const SMALLEST_WINDOW_LABELS = 30;

/**
 * isEarly decides whether a window is judged before its labels are all there: with less than the usual final coverage, or, while that is not known, with
 * less than nearly all. Labels of one class alone that cover little are early too, whatever is usual so far: the other class may take much longer.
 */
export function isEarly(
  { predictions, aggregate }: LabelledWindow,
  { curve }: Pick<MaturityBasis, "curve">,
): boolean {
  if (aggregate.weightSum < SMALLEST_WINDOW_LABELS) return false;
  const coverage = aggregate.weightSum / predictions;
  const final = curve?.settled === true ? curve.finalCoverage : 1;
  return coverage < MATURE_SHARE * final || !coversBothClasses({ predictions, aggregate });
}

/** coversBothClasses decides whether labels can stand for a window: of one class alone they can't unless most predictions have one. */
export function coversBothClasses({ predictions, aggregate }: LabelledWindow): boolean {
  if (aggregate.task !== "binary" || aggregate.weightSum >= predictions / 2) return true;
  const { positives, negatives } = aggregate.scoreHistogram;
  return positives.some((count) => count > 0) && negatives.some((count) => count > 0);
}

/** settlingAge returns the age at which the usual final coverage is as good as reached, ms; undefined while it is not known. */
export function settlingAge({ curve }: Pick<MaturityBasis, "curve">): number | undefined {
  if (curve?.settled !== true) return undefined;
  const index = curve.coverage.findIndex((coverage) => coverage >= 0.99 * curve.finalCoverage);
  return curve.ageMs[index];
}

/** labelBiasOf returns what the early labels of one window are worth; `scores` are all its predictions by score, where the model has one. */
export function labelBiasOf(
  model: Model,
  { aggregate }: LabelledWindow,
  arrivals: readonly ClassArrivals[],
  scores: UnlabelledScores | undefined,
): LabelBias {
  if (model.task !== "binary") return assessLabelBias({ strata: [], arrivals, positiveClass: undefined });
  const positiveClass = model.positive_class ?? "true";
  const twoClasses = arrivals.map((one) =>
    one.name === positiveClass ? one : { ...one, name: `not ${positiveClass}` },
  );
  const strata =
    aggregate.task === "binary" && scores !== undefined ? strataOf(aggregate.scoreHistogram, scores) : [];
  return assessLabelBias({ strata, arrivals: twoClasses, positiveClass });
}

/** strataOf returns tenths of a window's predictions by score, with the labels that have come for each. */
function strataOf(labelled: BinaryAggregate["scoreHistogram"], all: UnlabelledScores): OutputStratum[] {
  const counts = all.scores.map((_, i) => all.predictedPositive[i]! + all.predictedNegative[i]!);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const strata: OutputStratum[] = Array.from({ length: STRATA }, () => ({
    predictions: 0,
    positives: 0,
    negatives: 0,
  }));
  const stratumOf = new Map<string, OutputStratum>();
  let below = 0;
  all.scores.forEach((score, i) => {
    const stratum = strata[Math.min(STRATA - 1, Math.floor((STRATA * below) / total))]!;
    stratum.predictions += counts[i]!;
    stratumOf.set(gridKey(score), stratum);
    below += counts[i]!;
  });
  labelled.scores.forEach((score, i) => {
    const snapped = labelled.isSnapped ? score : snapScore(score);
    const stratum = stratumOf.get(gridKey(snapped));
    if (stratum === undefined) return;
    stratum.positives += labelled.positives[i]!;
    stratum.negatives += labelled.negatives[i]!;
  });
  return strata.filter(({ predictions }) => predictions > 0);
}

// A point of the score grid computed in SQL and here differs in its last digits.
function gridKey(score: number): string {
  return score.toPrecision(9);
}
