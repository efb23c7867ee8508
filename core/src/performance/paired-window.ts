import type { ConfusionCell } from "./confusion-cell.ts";
import type { LossSums } from "./loss-sums.ts";
import type { PairedHistograms } from "./paired-auc-comparison.ts";
import type { SeenOutputs } from "./sense/seen-outputs.ts";

/** PairedSide is what one version's outputs and the labels look like, over the labelled rows that both versions predicted. */
export interface PairedSide {
  labelled: number;
  cells: ConfusionCell[];
  outputRange: SeenOutputs["outputRange"];
  truthRange: SeenOutputs["truthRange"];
}

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
  /** What labels and outputs of each version look like. */
  sides?: { baseline: PairedSide; candidate: PairedSide };
}
