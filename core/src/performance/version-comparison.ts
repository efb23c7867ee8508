import { insufficientData, type NotComputable, notDefined } from "../statistics/index.ts";
import { clusteredMean, type MeanInterval } from "./clustered-mean.ts";
import { DEFAULT_LEVEL } from "./interval-scale.ts";
import { mergeLossSums } from "./loss-sums.ts";
import { comparePairedAucByWindows, type PairedAucComparison } from "./paired-auc-comparison.ts";
import { type ComparisonVerdict, comparePaired, type PairedComparison } from "./paired-comparison.ts";
import type { PairedLoss, PairedLossName, PairedWindow } from "./paired-window.ts";
import type { Nonsense } from "./sense/find-nonsense.ts";

/** ComparedLoss is a comparison with both versions' mean loss over the same rows. */
export interface ComparedLoss extends PairedComparison {
  baselineLoss: number;
  candidateLoss: number;
}

/** VersionComparison is the verdict on a candidate version by its primary loss, with every other comparison beside it. */
export interface VersionComparison {
  /** `not_defined` where labels and predictions of a version cannot be compared. */
  verdict: ComparisonVerdict | "not_defined";
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
 * `windows` are in order of time. Where `nonsense` says why a version cannot be judged, nothing is compared. O(windows · scores).
 */
export function compareVersions(
  windows: readonly PairedWindow[],
  options: { level?: number; candidate?: string; baseline?: string; nonsense?: Nonsense | undefined } = {},
): VersionComparison {
  if (options.nonsense !== undefined) return notComparable(options.nonsense);
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
      "no labelled row of this time has an output from both versions",
  };
}

function notComparable({ reason }: Nonsense): VersionComparison {
  return {
    verdict: "not_defined",
    primary: null,
    losses: {},
    rocAuc: notDefined(reason),
    calibrationError: null,
    reason: `The versions cannot be compared. ${reason}`,
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
