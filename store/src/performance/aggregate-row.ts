import type {
  BinaryAggregate,
  MulticlassAggregate,
  PerformanceAggregate,
  PerformanceTask,
  RegressionAggregate,
  ScoreHistogram,
} from "@leeway/core/performance";
import { z } from "zod";
import { lossSums, numbers, scoreColumns, toScoreHistogram } from "./columns.ts";
import { seenColumns, toSeenOutputs } from "./seen-columns.ts";

/** AggregateWindow is one window of predictions with those of its labels that have come. */
export interface AggregateWindow {
  start: number;
  predictions: number;
  labelled: number;
  aggregate: PerformanceAggregate;
}

const calibration = z
  .tuple([numbers, numbers, numbers, numbers])
  .transform(([bins, counts, positives, scoreSums]) => ({ bins, counts, positives, scoreSums }));
const histogram = z.tuple([numbers, numbers]).transform(([buckets, counts]) => ({ buckets, counts }));

const base = {
  start: z.coerce.number(),
  predictions: z.coerce.number(),
  labelled: z.coerce.number(),
  weight_sum: z.number(),
  weight_square_sum: z.number(),
  ...seenColumns,
};

const binaryRow = z.object({
  ...base,
  confusion: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  log_loss: lossSums,
  brier: lossSums,
  calibration_error: lossSums,
  is_snapped: z.coerce.boolean(),
  score_histogram: scoreColumns,
  calibration,
  invalid_scores: z.number(),
});

const multiclassRow = z.object({
  ...base,
  confusion: z.tuple([z.array(z.tuple([z.string(), z.string()])), numbers]),
  log_loss: lossSums,
  brier: lossSums,
  calibration,
  is_snapped: z.coerce.boolean(),
  score_histograms: z.tuple([z.array(z.tuple([z.string(), z.coerce.number()])), numbers, numbers]),
  invalid_scores: z.number(),
});

const regressionRow = z.object({
  ...base,
  error: lossSums,
  absolute_error: lossSums,
  squared_error: lossSums,
  absolute_percentage_error: lossSums,
  symmetric_percentage_error: lossSums,
  truth: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]),
  residuals: histogram,
  absolute_residuals: histogram,
  maximum_absolute_error: z.number(),
  invalid_rows: z.number(),
});

/** aggregateRow returns the schema that reads one row of `aggregateSql` into an AggregateWindow. */
export function aggregateRow(task: PerformanceTask): z.ZodType<AggregateWindow> {
  switch (task.task) {
    case "binary":
      return binaryRow.transform((row) => ({ ...countsOf(row), aggregate: binaryAggregate(row) }));
    case "multiclass":
      return multiclassRow.transform((row) => ({ ...countsOf(row), aggregate: multiclassAggregate(row) }));
    case "regression":
      return regressionRow.transform((row) => ({
        ...countsOf(row),
        aggregate: regressionAggregate(row, task.anchor),
      }));
    default:
      return task satisfies never;
  }
}

function countsOf({
  start,
  predictions,
  labelled,
}: {
  start: number;
  predictions: number;
  labelled: number;
}) {
  return { start, predictions, labelled };
}

function weightsOf(row: { weight_sum: number; weight_square_sum: number }) {
  return { weightSum: row.weight_sum, weightSquareSum: row.weight_square_sum };
}

function binaryAggregate(row: z.output<typeof binaryRow>): BinaryAggregate {
  const [truePositive, falsePositive, falseNegative, trueNegative] = row.confusion;
  return {
    task: "binary",
    ...weightsOf(row),
    confusion: { truePositive, falsePositive, falseNegative, trueNegative },
    logLoss: row.log_loss,
    brier: row.brier,
    calibrationError: row.calibration_error,
    scoreHistogram: toScoreHistogram(row.score_histogram, row.is_snapped),
    calibration: row.calibration,
    invalidScores: row.invalid_scores,
    seen: toSeenOutputs(row),
  };
}

function multiclassAggregate(row: z.output<typeof multiclassRow>): MulticlassAggregate {
  const [pairs, counts] = row.confusion;
  const [keys, positives, negatives] = row.score_histograms;
  const scoreHistograms: Record<string, ScoreHistogram> = {};
  keys.forEach(([name, score], i) => {
    scoreHistograms[name] ??= { scores: [], positives: [], negatives: [], isSnapped: row.is_snapped };
    scoreHistograms[name].scores.push(score);
    scoreHistograms[name].positives.push(positives[i] ?? 0);
    scoreHistograms[name].negatives.push(negatives[i] ?? 0);
  });
  return {
    task: "multiclass",
    ...weightsOf(row),
    confusion: pairs.map(([truth, predicted], i) => ({ truth, predicted, count: counts[i] ?? 0 })),
    logLoss: row.log_loss,
    brier: row.brier,
    calibration: row.calibration,
    scoreHistograms,
    invalidScores: row.invalid_scores,
    seen: toSeenOutputs(row),
  };
}

function regressionAggregate(row: z.output<typeof regressionRow>, anchor: number): RegressionAggregate {
  const [sum, sumSquares, sumCubes, sumFourths, squaredErrorByTruth, squaredErrorByTruthSquare] = row.truth;
  return {
    task: "regression",
    anchor,
    ...weightsOf(row),
    error: row.error,
    absoluteError: row.absolute_error,
    squaredError: row.squared_error,
    absolutePercentageError: row.absolute_percentage_error,
    symmetricPercentageError: row.symmetric_percentage_error,
    truth: { sum, sumSquares, sumCubes, sumFourths, squaredErrorByTruth, squaredErrorByTruthSquare },
    residuals: row.residuals,
    absoluteResiduals: row.absolute_residuals,
    maximumAbsoluteError: row.maximum_absolute_error,
    invalidRows: row.invalid_rows,
    seen: toSeenOutputs(row),
  };
}
