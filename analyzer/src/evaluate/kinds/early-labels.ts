import type { UnlabelledScores } from "@leeway/core/estimation";
import {
  type BinaryAggregate,
  type ClassArrivals,
  MATURE_SHARE,
  type MulticlassAggregate,
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

/** classArrivalsOf returns the arrivals of a binary model's labels under two names: its positive class, and all else. */
export function classArrivalsOf(model: Model, arrivals: readonly ClassArrivals[]): ClassArrivals[] {
  if (model.task !== "binary") return [...arrivals];
  const positive = positiveClassOf(model);
  return arrivals.map((one) => (one.name === positive ? one : { ...one, name: otherClassOf(model) }));
}

/** positiveClassOf returns the name of a binary model's positive class; empty, as no class is, while it is not known. */
export function positiveClassOf(model: Model): string {
  return model.positive_class ?? "";
}

/** otherClassOf returns the name of all that is not a binary model's positive class. */
export function otherClassOf(model: Model): string {
  return `not ${positiveClassOf(model)}`;
}

/** predictedStrata returns a multiclass window's predictions by predicted class, with the labels that have come for each by what they say. */
export function predictedStrata(
  { confusion }: MulticlassAggregate,
  scores: ReadonlyMap<string, UnlabelledScores>,
): OutputStratum[] {
  return [...scores].map(([predicted, { predictedPositive }]) => ({
    predictions: predictedPositive.reduce((sum, count) => sum + count, 0),
    labelled: new Map(
      confusion.filter((cell) => cell.predicted === predicted).map(({ truth, count }) => [truth, count]),
    ),
  }));
}

/** scoreStrata returns tenths of a binary window's predictions by score, with the labels that have come for each. */
export function scoreStrata(
  model: Model,
  { scoreHistogram: labelled }: BinaryAggregate,
  all: UnlabelledScores,
): OutputStratum[] {
  const counts = all.scores.map((_, i) => all.predictedPositive[i]! + all.predictedNegative[i]!);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const strata = Array.from({ length: STRATA }, () => ({ predictions: 0, positives: 0, negatives: 0 }));
  const stratumOf = new Map<string, (typeof strata)[number]>();
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
  return strata
    .filter(({ predictions }) => predictions > 0)
    .map(({ predictions, positives, negatives }) => ({
      predictions,
      labelled: new Map([
        [positiveClassOf(model), positives],
        [otherClassOf(model), negatives],
      ]),
    }));
}

// A point of the score grid computed in SQL and here differs in its last digits.
function gridKey(score: number): string {
  return score.toPrecision(9);
}
