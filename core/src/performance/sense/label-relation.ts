import { formatNumber } from "../../words/index.ts";
import type { BinaryAggregate } from "../binary-aggregate.ts";
import { normalScale } from "../interval-scale.ts";
import type { LossSums } from "../loss-sums.ts";
import type { PerformanceAggregate } from "../merge-aggregates.ts";
import { wilsonBounds } from "../proportion-metric.ts";
import type { RegressionAggregate } from "../regression-aggregate.ts";
import { rocAucMetric } from "../roc-auc.ts";
import { classCountsOf } from "./class-counts.ts";
import type { LabelTrouble } from "./label-troubles.ts";

const LEVEL = 0.999;
const FEWEST_LABELS = 100;
// An AUC that lies this near to one half ranks nothing.
const CHANCE_MARGIN = 0.06;
// Less than this part of what the reference's labels shared with the predictions beyond chance.
const MOST_LEFT = 0.25;
const USEFUL_MARGIN = 0.15;

/**
 * findFlip decides whether the labels of a window of a binary model or regressor are the reference's the other way round: what the model ranked well it now ranks as well
 * upside down. A world that changed seldom turns into its own mirror image. O(scores).
 */
export function findFlip(
  window: PerformanceAggregate,
  usual: PerformanceAggregate,
): LabelTrouble | undefined {
  if (window.task === "multiclass" || usual.task !== window.task) return undefined;
  const seen = relationOf(window);
  const before = relationOf(usual);
  if (seen === undefined || before?.name !== seen.name) return undefined;
  const middle = seen.name === "correlation of labels and predictions" ? 0 : 0.5;
  if (before.low <= middle || !isFarBelow(seen, before) || seen.value + seen.ordinary >= middle)
    return undefined;
  const mirrored = 2 * middle - before.value;
  const margin = 0.04 + seen.ordinary;
  if (Math.abs(seen.value - mirrored) > margin) return undefined;
  return {
    trouble: "flipped",
    share: 1,
    confidence: 0.85,
    what: "Labels look flipped",
    detail: `the ${seen.name} is ${formatNumber(seen.value)} where the reference had ${formatNumber(before.value)}`,
  };
}

/**
 * findLostRelation decides whether the labels of a window seem to belong to other predictions: they come as often as they did by class, and agree with the
 * scores or predicted classes no more than by chance, where the reference's agreed well. O(scores + cells).
 */
export function findLostRelation(
  window: PerformanceAggregate,
  usual: PerformanceAggregate,
): LabelTrouble | undefined {
  if (window.weightSum < FEWEST_LABELS || !haveLikeShares(window, usual)) return undefined;
  const seen = relationOf(window);
  const before = relationOf(usual);
  if (seen === undefined || before === undefined || before.name !== seen.name) return undefined;
  const isChance = seen.low <= seen.chance && seen.high >= seen.chance;
  if (!isChance || Math.abs(seen.value - seen.chance) > CHANCE_MARGIN) return undefined;
  // What the reference had must be out of reach of chance in such a window.
  if (before.value - before.chance < USEFUL_MARGIN || seen.high >= before.low) return undefined;
  return {
    trouble: "unrelated",
    share: 1,
    confidence: 0.7,
    what: "Labels agree with the predictions no more than by chance",
    detail: `the ${seen.name} is ${formatNumber(seen.value)} where the reference had ${formatNumber(before.value)}`,
  };
}

/**
 * findUnsettled decides whether labels agree so much less with the predictions than the reference's did that hardly more than chance is left: then a loss may
 * be the labels' as well as the model's, and nobody should retrain on such labels before they were looked at. O(scores + cells).
 */
export function findUnsettled(
  window: PerformanceAggregate,
  usual: PerformanceAggregate,
): LabelTrouble | undefined {
  const seen = relationOf(window);
  const before = relationOf(usual);
  if (seen === undefined || before?.name !== seen.name || !isFarBelow(seen, before)) return undefined;
  const left = (seen.value - seen.chance) / (before.value - before.chance);
  if (!(before.low > before.chance) || left > MOST_LEFT) return undefined;
  // Labels that reach the wrong predictions keep their shares: where these moved, the world did. It seldom turns upside down.
  const isUpsideDown = seen.value + seen.ordinary < seen.chance;
  if (!isUpsideDown && !haveLikeShares(window, usual)) return undefined;
  return {
    trouble: "unsettled",
    share: 1,
    confidence: 0.5,
    what: "Labels hardly agree with the predictions any more",
    detail: `the ${seen.name} is ${formatNumber(seen.value)} where the reference had ${formatNumber(before.value)}`,
  };
}

// Three and a half standard errors of such a window, half of an interval of 99.95 %.
function isFarBelow(seen: Relation, before: Relation): boolean {
  return before.value - seen.value > (3.5 / 1.96) * seen.ordinary;
}

/** Relation is how well predictions and labels agree, beside what chance gives. */
interface Relation {
  name: "AUC" | "accuracy" | "correlation of labels and predictions";
  value: number;
  low: number;
  high: number;
  /** Half of its 95 % interval. */
  ordinary: number;
  chance: number;
}

function relationOf(aggregate: PerformanceAggregate): Relation | undefined {
  switch (aggregate.task) {
    case "binary":
      return rankingOf(aggregate) ?? agreementOf(aggregate);
    case "multiclass":
      return agreementOf(aggregate);
    case "regression":
      return correlationOf(aggregate);
    default:
      return aggregate satisfies never;
  }
}

// Var(p − y) = Var(p) + Var(y) − 2 Cov(p, y); the interval is Fisher's.
function correlationOf(aggregate: RegressionAggregate): Relation | undefined {
  const { error, seen, truth, weightSum } = aggregate;
  if (seen?.outputMoments == null || weightSum < 4) return undefined;
  const ofTruth = varianceOf({ count: weightSum, sum: truth.sum, sumOfSquares: truth.sumSquares });
  const ofOutput = varianceOf(seen.outputMoments);
  const scale = 2 * Math.sqrt(ofTruth * ofOutput);
  if (!(scale > 0)) return undefined;
  const value = Math.min(0.999, Math.max(-0.999, (ofTruth + ofOutput - varianceOf(error)) / scale));
  const half = normalScale(LEVEL) / Math.sqrt(weightSum - 3);
  return {
    name: "correlation of labels and predictions",
    value,
    low: Math.tanh(Math.atanh(value) - half),
    high: Math.tanh(Math.atanh(value) + half),
    ordinary: ordinaryOf(Math.tanh(Math.atanh(value) + half) - value),
    chance: 0,
  };
}

function ordinaryOf(half: number): number {
  return (half * normalScale(0.95)) / normalScale(LEVEL);
}

function varianceOf({ count, sum, sumOfSquares }: LossSums): number {
  return Math.max(0, sumOfSquares / count - (sum / count) ** 2);
}

function rankingOf({ scoreHistogram }: BinaryAggregate): Relation | undefined {
  if (scoreHistogram.scores.length < 2) return undefined;
  const auc = rocAucMetric(scoreHistogram, LEVEL);
  if (auc.outcome !== "ok" || auc.ciLow === null || auc.ciHigh === null) return undefined;
  return {
    name: "AUC",
    value: auc.value,
    low: auc.ciLow,
    high: auc.ciHigh,
    ordinary: ordinaryOf((auc.ciHigh - auc.ciLow) / 2),
    chance: 0.5,
  };
}

// Predicted classes and labels that know nothing of each other still agree as often as their shares say.
function agreementOf(aggregate: PerformanceAggregate): Relation | undefined {
  const cells = classCountsOf(aggregate).cells.filter(({ predicted }) => predicted !== "");
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  const truth = new Map<string, number>();
  const predicted = new Map<string, number>();
  let right = 0;
  for (const cell of cells) {
    truth.set(cell.truth, (truth.get(cell.truth) ?? 0) + cell.count / total);
    predicted.set(cell.predicted, (predicted.get(cell.predicted) ?? 0) + cell.count / total);
    if (cell.truth === cell.predicted) right += cell.count;
  }
  const chance = [...truth].reduce((sum, [name, share]) => sum + share * (predicted.get(name) ?? 0), 0);
  const { low, high } = wilsonBounds(right, total, LEVEL);
  return {
    name: "accuracy",
    value: right / total,
    low,
    high,
    ordinary: ordinaryOf((high - low) / 2),
    chance,
  };
}

function haveLikeShares(window: PerformanceAggregate, usual: PerformanceAggregate): boolean {
  if (window.task === "regression" || usual.task === "regression") return haveLikeValues(window, usual);
  const now = classCountsOf(window).truth;
  const before = classCountsOf(usual).truth;
  const totalNow = sumOf(now);
  const totalBefore = sumOf(before);
  if (totalNow === 0 || totalBefore === 0) return false;
  return [...before].every(([name, count]) => {
    const { low, high } = wilsonBounds(now.get(name) ?? 0, totalNow, LEVEL);
    const share = count / totalBefore;
    return share >= low - 0.03 && share <= high + 0.03;
  });
}

function haveLikeValues(window: PerformanceAggregate, usual: PerformanceAggregate): boolean {
  if (window.task !== "regression" || usual.task !== "regression") return false;
  const [now, before] = [window, usual].map(({ anchor, truth, weightSum }) => ({
    mean: anchor + truth.sum / weightSum,
    deviation: Math.sqrt(varianceOf({ count: weightSum, sum: truth.sum, sumOfSquares: truth.sumSquares })),
  }));
  if (now === undefined || before === undefined || !(before.deviation > 0)) return false;
  const ratio = now.deviation / before.deviation;
  return Math.abs(now.mean - before.mean) < 0.3 * before.deviation && ratio > 0.7 && ratio < 1.4;
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
