import { insufficientData, type NotComputable } from "../statistics/index.ts";
import { clusteredMean, type MeanInterval } from "./clustered-mean.ts";
import { DEFAULT_LEVEL } from "./interval-scale.ts";
import { type LossSums, mergeLossSums } from "./loss-sums.ts";
import {
  comparePairedAucByWindows,
  type PairedAucComparison,
  type PairedHistograms,
} from "./paired-auc-comparison.ts";
import { type ComparisonVerdict, comparePaired, type PairedComparison } from "./paired-comparison.ts";

/** PairedLossName lists the per-row losses that versions are compared by; below 0 means that the candidate loses less. */
export type PairedLossName = "log_loss" | "brier" | "error_rate" | "absolute_error" | "squared_error";

/** PairedLoss is one window's LossSums of `loss(candidate) − loss(baseline)`, and the sum of the baseline's own loss over the same rows. */
export interface PairedLoss {
  difference: LossSums;
  baselineSum: number;
}

/**
 * PairedWindow is what both versions did on the labelled rows of one window that both scored. SQL joins predictions of both versions by
 * (window, prediction id) with the label and computes, per window, the PairedLoss of each loss that both versions have, and both versions'
 * ScoreHistogram, LossSums of `score − label` and of `score(candidate) − score(baseline)` over the same rows.
 */
export interface PairedWindow {
  start: number;
  losses: Partial<Record<PairedLossName, PairedLoss>>;
  scores?: PairedHistograms;
  calibrationError?: { baseline: LossSums; candidate: LossSums; difference: LossSums };
}

/** ComparedLoss is a comparison with both versions' mean loss over the same rows. */
export interface ComparedLoss extends PairedComparison {
  baselineLoss: number;
  candidateLoss: number;
}

/** VersionComparison is the verdict on a candidate version by its primary loss, with every other comparison beside it. */
export interface VersionComparison {
  verdict: ComparisonVerdict;
  primary: PairedLossName | null;
  losses: Partial<Record<PairedLossName, ComparedLoss | NotComputable>>;
  rocAuc: PairedAucComparison | NotComputable;
  /** mean(score) − mean(label) of each version over the same rows, and the interval of their difference; null without scores. */
  calibrationError: { baseline: number; candidate: number; interval: MeanInterval } | null;
  reason: string;
}

// A probability is judged whole by log loss; without probabilities only right and wrong are left.
const PRIMARY_ORDER: readonly PairedLossName[] = [
  "log_loss",
  "absolute_error",
  "error_rate",
  "brier",
  "squared_error",
];

const LOSS_WORDS: Record<PairedLossName, string> = {
  log_loss: "log loss",
  brier: "Brier score",
  error_rate: "error rate",
  absolute_error: "absolute error",
  squared_error: "squared error",
};

/**
 * compareVersions decides whether `candidate` is better than `baseline` on the same mature labels: by log loss where both give scores, by
 * absolute error for regressors, else by the error rate. The other losses, ROC AUC and calibration are given beside it and do not vote.
 * `windows` are in order of time. O(windows · scores).
 */
export function compareVersions(
  windows: readonly PairedWindow[],
  options: { level?: number; candidate?: string; baseline?: string } = {},
): VersionComparison {
  const losses: VersionComparison["losses"] = {};
  for (const name of PRIMARY_ORDER) {
    const sums = windows.flatMap((window) => window.losses[name] ?? []);
    if (sums.some(({ difference }) => difference.count > 0)) losses[name] = compareLoss(sums, name, options);
  }
  const scored = windows.flatMap((window) => window.scores ?? []);
  const rocAuc =
    scored.length === 0
      ? insufficientData("no scores from both versions")
      : comparePairedAucByWindows(scored, options.level);
  const primary = PRIMARY_ORDER.find((name) => losses[name]?.outcome === "ok") ?? null;
  const decisive = primary === null ? undefined : losses[primary];
  const verdict = decisive?.outcome === "ok" ? decisive.verdict : "cannot_tell";
  return {
    verdict,
    primary,
    losses,
    rocAuc,
    calibrationError: calibrationOf(windows, options.level ?? DEFAULT_LEVEL),
    reason:
      (decisive ?? Object.values(losses)[0])?.reason ??
      "cannot tell: no row has a label and an output from both versions",
  };
}

function compareLoss(
  sums: readonly PairedLoss[],
  name: PairedLossName,
  options: Parameters<typeof comparePaired>[2],
): ComparedLoss | NotComputable {
  const compared = comparePaired(
    sums.map(({ difference }) => difference),
    LOSS_WORDS[name],
    options,
  );
  if (compared.outcome !== "ok") return compared;
  const baselineLoss = sums.reduce((sum, one) => sum + one.baselineSum, 0) / compared.rows;
  return { ...compared, baselineLoss, candidateLoss: baselineLoss + compared.difference };
}

function calibrationOf(
  windows: readonly PairedWindow[],
  level: number,
): VersionComparison["calibrationError"] {
  const pairs = windows.flatMap((window) => window.calibrationError ?? []);
  const none = { count: 0, sum: 0, sumOfSquares: 0 };
  const baseline = pairs.map((pair) => pair.baseline).reduce(mergeLossSums, none);
  const candidate = pairs.map((pair) => pair.candidate).reduce(mergeLossSums, none);
  const mean = clusteredMean(
    pairs.map((pair) => pair.difference),
    level,
  );
  if (mean === null) return null;
  const { byRow, byWindow } = mean;
  const interval =
    byWindow !== null && byWindow.high - byWindow.low > byRow.high - byRow.low ? byWindow : byRow;
  return { baseline: baseline.sum / baseline.count, candidate: candidate.sum / candidate.count, interval };
}
