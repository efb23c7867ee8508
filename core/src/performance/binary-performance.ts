import { aggregateBinaryRows, type BinaryRows } from "./aggregate-binary-rows.ts";
import { prAucMetric } from "./average-precision.ts";
import type { BinaryAggregate } from "./binary-aggregate.ts";
import {
  type BinaryConfusion,
  type BinaryConfusionMetricName,
  binaryConfusionMetrics,
} from "./binary-confusion.ts";
import { type CalibrationPoint, calibrationCurve, expectedCalibrationErrorMetric } from "./calibration.ts";
import { DEFAULT_LEVEL } from "./interval-scale.ts";
import { meanMetric, scaleLossSums } from "./loss-sums.ts";
import type { Metric } from "./metric.ts";
import { rocAucGroupingError, rocAucMetric } from "./roc-auc.ts";
import { isProbability } from "./row-loss.ts";
import { effectiveScale } from "./sampling-weight.ts";
import { groupScores, type ScoreGroups } from "./score-groups.ts";

/** BinaryMetricName lists the metrics of a binary classifier, by their names on the wire. */
export type BinaryMetricName =
  | BinaryConfusionMetricName
  | "roc_auc"
  | "pr_auc"
  | "log_loss"
  | "brier"
  | "ece"
  | "calibration_error";

/** BinaryPerformance is how a binary classifier did over labelled rows. */
export interface BinaryPerformance {
  task: "binary";
  /** Labelled rows, weighted. */
  count: number;
  metrics: Record<BinaryMetricName, Metric>;
  confusion: BinaryConfusion;
  calibrationCurve: CalibrationPoint[];
  /** How far `roc_auc` can be from that of the exact scores, because scores were snapped to a grid; 0 where they were not. */
  rocAucError: number;
  /** Rows whose score was no probability: counted, and left out of every metric of scores. */
  invalidScores: number;
}

/**
 * binaryMetrics returns the performance of a binary classifier from its aggregate. Everything but roc_auc and pr_auc equals the row form
 * exactly; those two are exact too for up to 8,192 distinct scores, and beyond that `rocAucError` bounds how far roc_auc can be off. `calibration_error`
 * is mean(score) − mean(label): above 0 the model predicts too many positives. O(scores).
 */
export function binaryMetrics(aggregate: BinaryAggregate, level = DEFAULT_LEVEL): BinaryPerformance {
  return assemble(aggregate, aggregate.scoreHistogram, aggregate.scoreHistogram.isSnapped, level);
}

/**
 * binaryPerformance returns the performance of a binary classifier from rows held in memory, exactly. `labels` are 0 or 1, scores are
 * probabilities of 1; NaN is a missing score. Weighted rows rank as in `binaryMetrics`. O(n log n).
 *
 * @example binaryPerformance({ labels: [0, 1, 1, 0], scores: [0.5, 0.5, 0.6, 0.4] }).metrics.roc_auc // value 0.875
 */
export function binaryPerformance(rows: BinaryRows, level = DEFAULT_LEVEL): BinaryPerformance {
  const aggregate = aggregateBinaryRows(rows);
  if (rows.weights !== undefined) return binaryMetrics(aggregate, level);
  const scored = Array.from(rows.labels, (_, i) => i).filter((i) => isProbability(rows.scores[i]!));
  const groups = groupScores(
    scored.map((i) => rows.labels[i]!),
    scored.map((i) => rows.scores[i]!),
  );
  return assemble(aggregate, groups, false, level);
}

function assemble(
  aggregate: BinaryAggregate,
  groups: ScoreGroups,
  isSnapped: boolean,
  level: number,
): BinaryPerformance {
  const scale = effectiveScale(aggregate);
  const scaled = (column: ArrayLike<number>) => Array.from(column, (value) => value * scale);
  const effectiveGroups =
    scale === 1 ? groups : { positives: scaled(groups.positives), negatives: scaled(groups.negatives) };
  const { truePositive, falsePositive, falseNegative, trueNegative } = aggregate.confusion;
  const { bins, counts, positives, scoreSums } = aggregate.calibration;
  const calibration = {
    bins,
    counts: scaled(counts),
    positives: scaled(positives),
    scoreSums: scaled(scoreSums),
  };
  const reason = "no labelled rows with a score";
  return {
    task: "binary",
    count: aggregate.weightSum,
    metrics: {
      ...binaryConfusionMetrics(
        {
          truePositive: truePositive * scale,
          falsePositive: falsePositive * scale,
          falseNegative: falseNegative * scale,
          trueNegative: trueNegative * scale,
        },
        level,
      ),
      roc_auc: rocAucMetric(effectiveGroups, level),
      pr_auc: prAucMetric(effectiveGroups, level),
      log_loss: meanMetric(scaleLossSums(aggregate.logLoss, scale), { reason, minimum: 0, level }),
      brier: meanMetric(scaleLossSums(aggregate.brier, scale), { reason, minimum: 0, maximum: 1, level }),
      ece: expectedCalibrationErrorMetric(calibration, level),
      calibration_error: meanMetric(scaleLossSums(aggregate.calibrationError, scale), {
        reason,
        minimum: -1,
        maximum: 1,
        level,
      }),
    },
    confusion: aggregate.confusion,
    calibrationCurve: calibrationCurve(calibration, level),
    rocAucError: isSnapped ? rocAucGroupingError(groups) : 0,
    invalidScores: aggregate.invalidScores,
  };
}
