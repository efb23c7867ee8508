import { insufficientData, type NotComputable, notDefined, varianceOf } from "../statistics/index.ts";
import { alwaysValidScale, WINDOW_PRECISION } from "./always-valid-scale.ts";
import { type MeanInterval, MINIMUM_WINDOWS } from "./clustered-mean.ts";
import { delongPaired } from "./delong-paired.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import { delongAuc } from "./roc-auc.ts";
import { mergeScoreHistograms, type ScoreHistogram } from "./score-histogram.ts";

/** PairedAucComparison is the difference of ROC AUC, candidate minus baseline, on the same labels; above 0 the candidate ranks better. */
export interface PairedAucComparison {
  outcome: "ok";
  aucBaseline: number;
  aucCandidate: number;
  difference: number;
  interval: MeanInterval;
  basis: "delong" | "windows";
  verdict: "better" | "worse" | "cannot_tell";
}

/** PairedHistograms are one window's score histograms of both versions over the same labelled rows. */
export interface PairedHistograms {
  baseline: ScoreHistogram;
  candidate: ScoreHistogram;
}

/** comparePairedAuc decides by DeLong's paired test from rows in memory, which takes rows for independent and holds for one look. O(n log n). */
export function comparePairedAuc(
  rows: { labels: ArrayLike<number>; baseline: ArrayLike<number>; candidate: ArrayLike<number> },
  level = DEFAULT_LEVEL,
): PairedAucComparison | NotComputable {
  const paired = delongPaired(rows.labels, rows.baseline, rows.candidate);
  if (paired === null) return notDefined("the difference of AUC needs two labels of each class");
  const standardError = Math.sqrt(paired.variance);
  const half = normalScale(level) * standardError;
  const interval = {
    standardError,
    low: paired.difference - half,
    high: paired.difference + half,
    units: rows.labels.length,
  };
  return {
    outcome: "ok",
    aucBaseline: paired.aucA,
    aucCandidate: paired.aucB,
    difference: paired.difference,
    interval,
    basis: "delong",
    verdict: verdictOf(interval),
  };
}

/**
 * comparePairedAucByWindows decides from windowed score histograms: the difference of the pooled AUCs with a jackknife that leaves out a
 * window at a time, so that rows of a window may go up and down together; the interval holds at every look. Needs four windows and both classes.
 * Source: Efron, The Jackknife, SIAM 1982. O(windows · scores).
 */
export function comparePairedAucByWindows(
  windows: readonly PairedHistograms[],
  level = DEFAULT_LEVEL,
): PairedAucComparison | NotComputable {
  const filled = windows.filter((window) => window.baseline.scores.length > 0);
  const k = filled.length;
  if (k < MINIMUM_WINDOWS)
    return insufficientData(`${k} windows have labels; at least ${MINIMUM_WINDOWS} are needed`);
  const total = pooled(filled);
  const all = differenceOf(total);
  if (all === null) return notDefined("all labels are of one class");
  const left: number[] = [];
  for (const window of filled) {
    const without = differenceOf({
      baseline: subtract(total.baseline, window.baseline),
      candidate: subtract(total.candidate, window.candidate),
    });
    if (without === null) return insufficientData("one window holds all labels of one class");
    left.push(without.difference);
  }
  const variance = varianceOf(left);
  if (variance.outcome !== "ok") return variance;
  // The jackknife's: (k − 1) / k times the sum of squares.
  const standardError = Math.sqrt(((k - 1) ** 2 / k) * variance.value);
  const half = alwaysValidScale(level, k, WINDOW_PRECISION) * standardError;
  const interval = { standardError, low: all.difference - half, high: all.difference + half, units: k };
  return { outcome: "ok", ...all, interval, basis: "windows", verdict: verdictOf(interval) };
}

function verdictOf({ low, high }: MeanInterval): PairedAucComparison["verdict"] {
  if (low > 0) return "better";
  return high < 0 ? "worse" : "cannot_tell";
}

function pooled(windows: readonly PairedHistograms[]): PairedHistograms {
  return windows.reduce((sum, window) => ({
    baseline: mergeScoreHistograms(sum.baseline, window.baseline),
    candidate: mergeScoreHistograms(sum.candidate, window.candidate),
  }));
}

function subtract(total: ScoreHistogram, part: ScoreHistogram): ScoreHistogram {
  const negated = {
    ...part,
    positives: part.positives.map((n) => -n),
    negatives: part.negatives.map((n) => -n),
  };
  return mergeScoreHistograms(total, negated);
}

function differenceOf({ baseline, candidate }: PairedHistograms) {
  const a = delongAuc(baseline);
  const b = delongAuc(candidate);
  return a === null || b === null
    ? null
    : { aucBaseline: a.auc, aucCandidate: b.auc, difference: b.auc - a.auc };
}
