import { averageOf, insufficientData } from "../statistics/index.ts";
import { aggregateMulticlassRows, type MulticlassRow } from "./aggregate-multiclass-rows.ts";
import { cohenKappaMetric, multiclassMatthewsMetric } from "./agreement-metric.ts";
import { prAucMetric } from "./average-precision.ts";
import { f1Metric } from "./binary-confusion.ts";
import { type CalibrationPoint, calibrationCurve, expectedCalibrationErrorMetric } from "./calibration.ts";
import { type ConfusionMatrix, confusionMatrix } from "./confusion-matrix.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import { meanMetric, scaleLossSums } from "./loss-sums.ts";
import { macroMetric } from "./macro-metric.ts";
import { type Metric, undefinedMetric } from "./metric.ts";
import type { MulticlassAggregate } from "./multiclass-aggregate.ts";
import { proportionMetric } from "./proportion-metric.ts";
import { rocAucMetric } from "./roc-auc.ts";
import { effectiveScale } from "./sampling-weight.ts";
import { groupScores, type ScoreGroups } from "./score-groups.ts";

/** MulticlassMetricName lists the metrics of a multiclass classifier, by their names on the wire; micro F1, precision and recall are accuracy. */
export type MulticlassMetricName =
  | "accuracy"
  | "balanced_accuracy"
  | "macro_precision"
  | "macro_recall"
  | "macro_f1"
  | "micro_f1"
  | "weighted_f1"
  | "cohen_kappa"
  | "matthews"
  | "macro_roc_auc"
  | "log_loss"
  | "brier"
  | "ece";

/** ClassMetricName lists the one-against-rest metrics of each class. */
export type ClassMetricName = "precision" | "recall" | "f1" | "roc_auc" | "pr_auc";

/** ClassPerformance is how one class fared against all others; `support` is its number of true rows. */
export interface ClassPerformance {
  name: string;
  support: number;
  metrics: Record<ClassMetricName, Metric>;
}

/** MulticlassPerformance is how a multiclass classifier did over labelled rows. */
export interface MulticlassPerformance {
  task: "multiclass";
  count: number;
  metrics: Record<MulticlassMetricName, Metric>;
  classes: ClassPerformance[];
  confusion: ConfusionMatrix;
  /** Of the predicted class: how often it was right, by its score. */
  calibrationCurve: CalibrationPoint[];
  invalidScores: number;
}

/**
 * multiclassMetrics returns the performance of a multiclass classifier from its aggregate. Everything but the AUCs, which are exact
 * for up to 8,192 distinct scores of a class, equals the row form exactly. balanced_accuracy is the mean recall of the classes that occur. O(classes² + buckets).
 */
export function multiclassMetrics(
  aggregate: MulticlassAggregate,
  level = DEFAULT_LEVEL,
): MulticlassPerformance {
  return assemble(aggregate, new Map(Object.entries(aggregate.scoreHistograms)), level);
}

/**
 * multiclassPerformance returns the performance of a multiclass classifier from rows held in memory, exactly. O(n log n · classes).
 *
 * @example multiclassPerformance([{ label: "cat", predicted: "cat" }, { label: "dog", predicted: "cat" }]).metrics.accuracy // value 0.5
 */
export function multiclassPerformance(
  rows: readonly MulticlassRow[],
  level = DEFAULT_LEVEL,
): MulticlassPerformance {
  const aggregate = aggregateMulticlassRows(rows);
  if (rows.some((row) => row.weight !== undefined)) return multiclassMetrics(aggregate, level);
  const groups = new Map<string, ScoreGroups>();
  for (const name of Object.keys(aggregate.scoreHistograms)) {
    const scored = rows.filter((row) => row.scores?.[name] !== undefined);
    groups.set(
      name,
      groupScores(
        scored.map((row) => (row.label === name ? 1 : 0)),
        scored.map((row) => row.scores![name]!),
      ),
    );
  }
  return assemble(aggregate, groups, level);
}

function assemble(
  aggregate: MulticlassAggregate,
  groups: ReadonlyMap<string, ScoreGroups>,
  level: number,
): MulticlassPerformance {
  const scale = effectiveScale(aggregate);
  const matrix = confusionMatrix(aggregate.confusion, scale);
  const classes = matrix.classes.map((name, c) => classPerformance(matrix, c, groups.get(name), level));
  const { bins, counts, positives, scoreSums } = aggregate.calibration;
  const scaled = (column: number[]) => column.map((value) => value * scale);
  const calibration = {
    bins,
    counts: scaled(counts),
    positives: scaled(positives),
    scoreSums: scaled(scoreSums),
  };
  const hits = matrix.classes.reduce((sum, _, c) => sum + matrix.counts[c]![c]!, 0);
  const orEmpty = (metric: () => Metric) =>
    matrix.total > 0 ? metric() : insufficientData("no labelled rows with a predicted class");
  const reason = "no labelled rows with scores";
  const accuracy = orEmpty(() => proportionMetric(hits, matrix.total, "no rows", level));
  return {
    task: "multiclass",
    count: aggregate.weightSum,
    metrics: {
      accuracy,
      balanced_accuracy: orEmpty(() => macroMetric(onlyTrueClasses(matrix), "recall", { level })),
      macro_precision: orEmpty(() => macroMetric(matrix, "precision", { level })),
      macro_recall: orEmpty(() => macroMetric(matrix, "recall", { level })),
      macro_f1: orEmpty(() => macroMetric(matrix, "f1", { level })),
      micro_f1: accuracy,
      weighted_f1: orEmpty(() => macroMetric(matrix, "f1", { weighting: "support", level })),
      cohen_kappa: orEmpty(() => cohenKappaMetric(matrix, level)),
      matthews: orEmpty(() => multiclassMatthewsMetric(matrix)),
      macro_roc_auc: macroRocAuc(classes, level),
      log_loss: meanMetric(scaleLossSums(aggregate.logLoss, scale), { reason, minimum: 0, level }),
      brier: meanMetric(scaleLossSums(aggregate.brier, scale), { reason, minimum: 0, maximum: 2, level }),
      ece: expectedCalibrationErrorMetric(calibration, level),
    },
    classes,
    confusion: confusionMatrix(aggregate.confusion),
    calibrationCurve: calibrationCurve(calibration, level),
    invalidScores: aggregate.invalidScores,
  };
}

function classPerformance(
  matrix: ConfusionMatrix,
  c: number,
  groups: ScoreGroups | undefined,
  level: number,
): ClassPerformance {
  const hits = matrix.counts[c]![c]!;
  const truth = matrix.truthTotals[c]!;
  const predicted = matrix.predictedTotals[c]!;
  const ranked = groups ?? { positives: [], negatives: [] };
  return {
    name: matrix.classes[c]!,
    support: truth,
    metrics: {
      precision: proportionMetric(hits, predicted, "the class was never predicted", level),
      recall: proportionMetric(hits, truth, "the class has no labels in the window", level),
      f1: f1Metric(hits, predicted - hits, truth - hits, level),
      roc_auc: rocAucMetric(ranked, level),
      pr_auc: prAucMetric(ranked, level),
    },
  };
}

/** onlyTrueClasses returns the matrix without the classes that have no true rows, whose recall is 0/0. */
function onlyTrueClasses(matrix: ConfusionMatrix): ConfusionMatrix {
  const kept = matrix.classes.map((_, c) => c).filter((c) => matrix.truthTotals[c]! > 0);
  return kept.length === matrix.classes.length
    ? matrix
    : {
        classes: kept.map((c) => matrix.classes[c]!),
        counts: kept.map((i) => kept.map((j) => matrix.counts[i]![j]!)),
        truthTotals: kept.map((c) => matrix.truthTotals[c]!),
        predictedTotals: kept.map((c) => matrix.predictedTotals[c]!),
        total: matrix.total,
      };
}

/** macroRocAuc averages the classes' AUCs; its standard error is their mean, an upper bound whatever their correlation. */
function macroRocAuc(classes: readonly ClassPerformance[], level: number): Metric {
  const aucs = classes.map((one) => one.metrics.roc_auc).filter((auc) => auc.outcome === "ok");
  const mean = averageOf(aucs.map((auc) => auc.value));
  const meanError = averageOf(aucs.map((auc) => auc.standardError ?? 0.5));
  if (mean.outcome !== "ok" || meanError.outcome !== "ok")
    return undefinedMetric("no class has scored rows both with and without its label");
  const [value, standardError] = [mean.value, meanError.value];
  const half = normalScale(level) * standardError;
  return {
    outcome: "ok",
    value,
    ciLow: Math.max(0, value - half),
    ciHigh: Math.min(1, value + half),
    standardError,
    count: aucs[0]!.count,
    method: "delta",
  };
}
