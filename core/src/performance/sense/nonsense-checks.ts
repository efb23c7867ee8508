import { formatNumber, formatShare } from "../../words/index.ts";
import type { BinaryAggregate } from "../binary-aggregate.ts";
import { meanOf } from "../loss-sums.ts";
import type { PerformanceAggregate } from "../merge-aggregates.ts";
import type { PerformanceTask } from "../performance-task.ts";
import { rocAucMetric } from "../roc-auc.ts";
import { classCountsOf } from "./class-counts.ts";
import { caseTwins, listClasses } from "./class-words.ts";

/** SenseCheck is one way in which labels and predictions make no sense together. */
export interface SenseCheck {
  name: NonsenseName;
  tasks: readonly PerformanceTask["task"][];
  /** Whether single windows are asked too where there is no reference: a short window may well hold one class only. */
  isOfWindows: boolean;
  /** Says what makes no sense and what to do about it, or nothing. */
  find: (aggregate: PerformanceAggregate, task: PerformanceTask) => string | undefined;
}

/** NONSENSE_NAMES is the closed set of reasons why labels and predictions cannot be compared. */
export const NONSENSE_NAMES = [
  "positive_class_unknown",
  "positive_class_absent",
  "positive_class_contradicted",
  "task_contradicted",
  "no_output",
  "vocabularies_differ",
  "scores_not_probabilities",
  "positive_class_inverted",
  "constant_output",
  "one_class_truth",
] as const;

export type NonsenseName = (typeof NONSENSE_NAMES)[number];

const FEWEST_LABELS = 30;
const MOST_INVALID_SCORES = 0.05;
// Chance alone puts the AUC of a model that ranks nothing beyond such an interval once in a thousand times.
const INVERTED_LEVEL = 0.999;
const LARGEST_INVERTED_AUC = 0.45;
const CLASSIFIERS = ["binary", "multiclass"] as const;

/** SENSE_CHECKS are the checks of labels and predictions beside one another, the plainest first. */
export const SENSE_CHECKS: readonly SenseCheck[] = [
  { name: "no_output", tasks: [...CLASSIFIERS, "regression"], isOfWindows: true, find: findNoOutput },
  { name: "vocabularies_differ", tasks: CLASSIFIERS, isOfWindows: true, find: findDifferentVocabularies },
  { name: "scores_not_probabilities", tasks: CLASSIFIERS, isOfWindows: true, find: findInvalidScores },
  { name: "positive_class_inverted", tasks: ["binary"], isOfWindows: true, find: findInvertedClass },
  {
    name: "constant_output",
    tasks: [...CLASSIFIERS, "regression"],
    isOfWindows: false,
    find: findConstantOutput,
  },
  {
    name: "one_class_truth",
    tasks: [...CLASSIFIERS, "regression"],
    isOfWindows: false,
    find: findConstantTruth,
  },
];

function findNoOutput(aggregate: PerformanceAggregate, { task }: PerformanceTask): string | undefined {
  const missing = aggregate.seen?.outputs.missing ?? 0;
  // A regressor's rows without an output are no rows of its aggregate.
  const labelled = task === "regression" ? aggregate.weightSum + missing : aggregate.weightSum;
  if (labelled < FEWEST_LABELS || missing < 0.95 * labelled) return undefined;
  const wanted = {
    binary: "a class or a score",
    multiclass: "a class or scores by class",
    regression: "a value",
  }[task];
  return `${formatShare(missing / labelled)} of the predictions with a label carry no output of this task. A ${task} model needs ${wanted} in every prediction`;
}

function findDifferentVocabularies(aggregate: PerformanceAggregate): string | undefined {
  const { truth, predicted } = classCountsOf(aggregate);
  if (truth.size === 0 || predicted.size === 0) return undefined;
  const ofLabels = [...truth.keys()];
  const ofPredictions = [...predicted.keys()];
  const twins = caseTwins(
    ofPredictions.filter((name) => !truth.has(name)),
    ofLabels.filter((name) => !predicted.has(name)),
  );
  const carried = `predictions carry ${listClasses(ofPredictions)}, labels carry ${listClasses(ofLabels)}`;
  const [twin] = twins;
  if (twin !== undefined) {
    return `Classes are spelt differently: ${carried}. ${JSON.stringify(twin[0])} and ${JSON.stringify(twin[1])} differ only in upper and lower case. Send both in the same spelling`;
  }
  if (ofLabels.some((name) => predicted.has(name))) return undefined;
  // One class on a side may be chance in a short window; the rest of the checks looks at that.
  if (aggregate.weightSum < FEWEST_LABELS && ofLabels.length + ofPredictions.length < 4) return undefined;
  return `No label names a predicted class: ${carried}. Send labels in the model's own classes`;
}

function findInvalidScores(aggregate: PerformanceAggregate): string | undefined {
  if (aggregate.task === "regression") return undefined;
  const valid = aggregate.logLoss.count;
  const { invalidScores } = aggregate;
  const share = invalidScores / (invalidScores + valid);
  if (!(share >= MOST_INVALID_SCORES)) return undefined;
  const range = aggregate.seen?.outputRange;
  const span =
    range == null ? "" : `Scores lie between ${formatNumber(range.low)} and ${formatNumber(range.high)}. `;
  return `${span}${formatShare(share)} of them are no probabilities. Send scores between 0 and 1`;
}

function findInvertedClass(aggregate: PerformanceAggregate, task: PerformanceTask): string | undefined {
  if (aggregate.task !== "binary" || task.task !== "binary") return undefined;
  if (aggregate.scoreHistogram.scores.length < 2) return undefined;
  const auc = rocAucMetric(aggregate.scoreHistogram, INVERTED_LEVEL);
  if (auc.outcome !== "ok" || auc.ciLow === null || auc.ciHigh === null) return undefined;
  if (aggregate.logLoss.count < FEWEST_LABELS || auc.ciLow > 0.5) return undefined;
  const isRankedUpsideDown = auc.value <= LARGEST_INVERTED_AUC && auc.ciHigh < 0.5;
  if (!isRankedUpsideDown && !isCalibratedUpsideDown(aggregate)) return undefined;
  const { score, share } = ratesOf(aggregate);
  const name = JSON.stringify(task.positiveClass ?? "");
  return `The positive class ${name} looks inverted: scores average ${formatNumber(score)} where ${name} came ${formatShare(share)} of the time, AUC ${formatNumber(auc.value)} (${formatNumber(auc.ciLow)} to ${formatNumber(auc.ciHigh)}). Set positive_class to the class that score is the probability of`;
}

// Scores that rank nothing may still say which class they mean: nine in ten where one in ten comes.
function isCalibratedUpsideDown(aggregate: BinaryAggregate): boolean {
  const { score, share } = ratesOf(aggregate);
  return Math.abs(score - share) > 0.5 && Math.abs(score - (1 - share)) < 0.1;
}

function ratesOf({ calibrationError, scoreHistogram }: BinaryAggregate): { score: number; share: number } {
  const positives = scoreHistogram.positives.reduce((sum, count) => sum + count, 0);
  const negatives = scoreHistogram.negatives.reduce((sum, count) => sum + count, 0);
  const share = positives / (positives + negatives);
  return { share, score: share + meanOf(calibrationError) };
}

function findConstantOutput(aggregate: PerformanceAggregate): string | undefined {
  if (aggregate.weightSum < FEWEST_LABELS) return undefined;
  const range = aggregate.seen?.outputRange ?? null;
  const isSame = range !== null && range.low === range.high;
  if (aggregate.task === "regression") {
    return isSame
      ? `Every prediction is ${formatNumber(range.low)}. A constant output says nothing of the model`
      : undefined;
  }
  if (isSame) {
    return `Every score is ${formatNumber(range.low)}. A constant output says nothing of the model`;
  }
  const { predicted } = classCountsOf(aggregate);
  if (range !== null || predicted.size !== 1) return undefined;
  return `Every prediction is ${listClasses([...predicted.keys()])}, and no scores come with it. A constant output says nothing of the model`;
}

function findConstantTruth(aggregate: PerformanceAggregate, task: PerformanceTask): string | undefined {
  if (aggregate.weightSum < FEWEST_LABELS) return undefined;
  if (aggregate.task === "regression") {
    const range = aggregate.seen?.truthRange ?? null;
    return range !== null && range.low === range.high
      ? `Every label is ${formatNumber(range.low)}. Check where labels come from, or upload a reference with labels that vary`
      : undefined;
  }
  const { truth, predicted } = classCountsOf(aggregate);
  const labels = listClasses([...truth.keys()]);
  const carried = `predictions carry ${listClasses([...predicted.keys()])}`;
  const next = "Check the labels, or upload a reference with labels of both classes";
  if (truth.size === 1) return `Every label is ${labels}, ${carried}. ${next}`;
  // Several names, and none of them the positive class.
  if (truth.size === 0 || task.task !== "binary" || truth.has(task.positiveClass ?? "")) return undefined;
  const name = JSON.stringify(task.positiveClass ?? "");
  return `No label is the positive class ${name}: labels carry ${labels}, ${carried}. Set positive_class to one of these, or correct the labels`;
}
