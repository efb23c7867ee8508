import type { PerformanceTask } from "@leeway/core/performance";
import {
  EXACT_SCORES,
  LARGEST_VALUE,
  type PairedLossName,
  type PairedWindow,
} from "@leeway/core/performance";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { cellColumns, lossSums, rangeColumn, scoreColumns, toScoreHistogram } from "./columns.ts";
import { scoreKey } from "./score-key.ts";
import { taskParameters } from "./task-parameters.ts";

/** Two versions, whatever environment each ran in, over `[from, to)` of prediction time, epoch milliseconds. */
export interface PairedFilter {
  model: string;
  baseline: string;
  candidate: string;
  from: number;
  to: number;
}

const RANGE = (column: string) =>
  `project = {project:String} AND model = {model:String}
   AND ${column} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${column} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

const OUTPUT_COLUMNS = [
  ["label", "toNullable(toString(predicted_label))", "CAST(NULL AS Nullable(String))"],
  ["score", "score", "CAST(NULL AS Nullable(Float64))"],
  ["scores", "scores", "CAST(map() AS Map(LowCardinality(String), Float64))"],
  ["value", "predicted_value", "CAST(NULL AS Nullable(Float64))"],
] as const;

// Of several labels the one with the latest timestamp counts, of those the last received.
const LABEL_ORDER = `bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(timestamp)), 64), toUInt128(toUnixTimestamp64Milli(received_at)))`;

const side = (version: "baseline" | "candidate", number: 1 | 2) => `
    SELECT id, ${number} AS side, toUnixTimestamp64Milli(timestamp) AS at, toFloat64(weight) AS weighs,
      ${OUTPUT_COLUMNS.map(([name, given]) => `${given} AS o_${name}`).join(", ")},
      CAST(NULL AS Nullable(String)) AS l_label, CAST(NULL AS Nullable(Float64)) AS l_value, CAST(NULL AS Nullable(UInt128)) AS l_order
    FROM predictions FINAL WHERE ${RANGE("timestamp")} AND version = {${version}:String} AND error = ''`;

const ofSide = (
  number: 1 | 2,
  suffix: "a" | "b",
) => `anyIf(o_label, side = ${number}) AS class_${suffix}, anyIf(o_score, side = ${number}) AS score_${suffix},
      anyIf(o_scores, side = ${number}) AS scores_${suffix}, anyIf(o_value, side = ${number}) AS value_${suffix}`;

// Both versions' outputs and the labels laid over one another and grouped by id: the same request, scored by both, with the label that counts.
const PAIRS = `(
    SELECT intDiv(anyIf(at, side = 1) - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64} AS start,
      anyIf(weighs, side = 1) AS w, argMax(l_label, l_order) AS label, argMax(l_value, l_order) AS label_value,
      ${ofSide(1, "a")},
      ${ofSide(2, "b")}
    FROM (${side("baseline", 1)}
      UNION ALL ${side("candidate", 2)}
      UNION ALL
      SELECT prediction_id, 3, 0, 0, ${OUTPUT_COLUMNS.map(([, , none]) => none).join(", ")}, toNullable(toString(label)), value, ${LABEL_ORDER}
      FROM resolved_labels WHERE ${RANGE("prediction_timestamp")} AND version = {baseline:String}
    )
    GROUP BY id HAVING countIf(side = 1) > 0 AND countIf(side = 2) > 0 AND countIf(side = 3) > 0
  )`;

const sums = (name: string, value: string, condition: string) =>
  `[sumIf(w, ${condition}), sumIf(w * (${value}), ${condition}), sumIf(w * (${value}) * (${value}), ${condition})] AS ${name}`;
// The difference of a loss, b minus a, and the sum of a's own over the same rows.
const losses = (name: string, a: string, b: string, condition: string) =>
  `${sums(name, `(${b}) - (${a})`, condition)}, sumIf(w * (${a}), ${condition}) AS ${name}_a`;
const logLoss = (score: string) =>
  `if(y = 1, -log(greatest(1e-15, least(1 - 1e-15, ${score}))), -log1p(-greatest(1e-15, least(1 - 1e-15, ${score}))))`;
const histogram = (score: string) => `sumMapIf([${scoreKey(score)}], [w * y], [w * (1 - y)], scored)`;

// What labels and outputs of both versions look like: core's PairedSide.
const SIDES = (
  classes: { a: string; b: string } | undefined,
  output: { a: string; b: string },
  truth: string,
) =>
  (["a", "b"] as const)
    .map(
      (
        side,
      ) => `${classes === undefined ? "CAST(([], []) AS Tuple(Array(Tuple(String, String)), Array(Float64)))" : `sumMapIf([tuple(t, ${classes[side]})], [w], has_label)`} AS cells_${side},
    [minOrNull(${output[side]}), maxOrNull(${output[side]})] AS range_${side}`,
    )
    .join(",\n    ") +
  `,
    sumIf(w, has_label) AS labelled, [minOrNull(${truth}), maxOrNull(${truth})] AS truth_range`;
const NO_TRUTH_VALUE = "CAST(NULL AS Nullable(Float64))";

// There are no more pairs than the baseline has predictions, which costs no pairing to know.
const BINARY = `WITH (
    SELECT max(n) > ${EXACT_SCORES} FROM (
      SELECT count() AS n FROM predictions WHERE ${RANGE("timestamp")} AND version = {baseline:String}
      GROUP BY intDiv(toUnixTimestamp64Milli(timestamp) - {origin:Int64}, {windowMs:Int64})
    )
  ) AS is_snapped
  SELECT start, is_snapped,
    ${losses("log_loss", logLoss("s_a"), logLoss("s_b"), "scored")},
    ${losses("brier", "pow(s_a - y, 2)", "pow(s_b - y, 2)", "scored")},
    ${losses("error_rate", "toFloat64(c_a != y)", "toFloat64(c_b != y)", "decided")},
    ${sums("calibration_a", "s_a - y", "scored")},
    ${sums("calibration_b", "s_b - y", "scored")},
    ${sums("calibration_difference", "s_b - s_a", "scored")},
    ${histogram("s_a")} AS histogram_a, ${histogram("s_b")} AS histogram_b,
    ${SIDES({ a: "p_a", b: "p_b" }, { a: "if(has_label, raw_a, NULL)", b: "if(has_label, raw_b, NULL)" }, NO_TRUTH_VALUE)}
  FROM (
    SELECT start, w, toString(ifNull(label, '')) AS t, toString(ifNull(class_a, '')) AS p_a, toString(ifNull(class_b, '')) AS p_b, toFloat64(ifNull(label, '') = {positiveClass:String}) AS y, isNotNull(label) AS has_label,
      ifNull(score_a, if(mapContains(scores_a, {positiveClass:String}), scores_a[{positiveClass:String}], NULL)) AS raw_a,
      ifNull(score_b, if(mapContains(scores_b, {positiveClass:String}), scores_b[{positiveClass:String}], NULL)) AS raw_b,
      has_label AND ifNull(raw_a >= 0 AND raw_a <= 1 AND raw_b >= 0 AND raw_b <= 1, false) AS scored,
      has_label AND (isNotNull(class_a) OR isNotNull(raw_a)) AND (isNotNull(class_b) OR isNotNull(raw_b)) AS decided,
      ifNull(raw_a, 0.5) AS s_a, ifNull(raw_b, 0.5) AS s_b,
      if(isNotNull(class_a), toFloat64(ifNull(class_a, '') = {positiveClass:String}), toFloat64(s_a >= {threshold:Float64})) AS c_a,
      if(isNotNull(class_b), toFloat64(ifNull(class_b, '') = {positiveClass:String}), toFloat64(s_b >= {threshold:Float64})) AS c_b
    FROM ${PAIRS}
  ) GROUP BY start ORDER BY start`;

const CLASS = (label: string, scores: string) =>
  `toString(ifNull(${label}, if(length(${scores}) > 0, arraySort((k, v) -> -v, mapKeys(${scores}), mapValues(${scores}))[1], '')))`;

const MULTICLASS = `SELECT start,
    ${losses("log_loss", "-log(greatest(1e-15, least(1 - 1e-15, scores_a[t])))", "-log(greatest(1e-15, least(1 - 1e-15, scores_b[t])))", "has_label AND length(scores_a) > 0 AND length(scores_b) > 0")},
    ${losses("error_rate", "toFloat64(c_a != t)", "toFloat64(c_b != t)", "has_label AND c_a != '' AND c_b != ''")},
    ${SIDES({ a: "c_a", b: "c_b" }, { a: "if(empty(scores_a), NULL, toNullable(arrayMax(mapValues(scores_a))))", b: "if(empty(scores_b), NULL, toNullable(arrayMax(mapValues(scores_b))))" }, NO_TRUTH_VALUE)}
  FROM (
    SELECT start, w, isNotNull(label) AS has_label, toString(ifNull(label, '')) AS t, scores_a, scores_b,
      ${CLASS("class_a", "scores_a")} AS c_a, ${CLASS("class_b", "scores_b")} AS c_b
    FROM ${PAIRS}
  ) GROUP BY start ORDER BY start`;

const REGRESSION = `SELECT start,
    ${losses("absolute_error", "abs(p_a - y)", "abs(p_b - y)", "is_valid")},
    ${losses("squared_error", "pow(p_a - y, 2)", "pow(p_b - y, 2)", "is_valid")},
    ${SIDES(undefined, { a: "if(is_valid, toNullable(p_a), NULL)", b: "if(is_valid, toNullable(p_b), NULL)" }, "if(is_valid, toNullable(y), NULL)")}
  FROM (
    SELECT start, w, is_valid AS has_label, ifNull(label_value, 0) AS y, ifNull(value_a, 0) AS p_a, ifNull(value_b, 0) AS p_b,
      isNotNull(label_value) AND isNotNull(value_a) AND isNotNull(value_b) AND greatest(abs(y), abs(p_a), abs(p_b)) <= ${LARGEST_VALUE} AS is_valid
    FROM ${PAIRS}
  ) GROUP BY start ORDER BY start`;

const SQL = { binary: BINARY, multiclass: MULTICLASS, regression: REGRESSION } as const;

const LOSS_NAMES: readonly PairedLossName[] = [
  "log_loss",
  "brier",
  "error_rate",
  "absolute_error",
  "squared_error",
];

const pairedRow = z
  .object({
    start: z.coerce.number(),
    log_loss: lossSums.optional(),
    brier: lossSums.optional(),
    error_rate: lossSums.optional(),
    absolute_error: lossSums.optional(),
    squared_error: lossSums.optional(),
    log_loss_a: z.number().optional(),
    brier_a: z.number().optional(),
    error_rate_a: z.number().optional(),
    absolute_error_a: z.number().optional(),
    squared_error_a: z.number().optional(),
    calibration_a: lossSums.optional(),
    calibration_b: lossSums.optional(),
    calibration_difference: lossSums.optional(),
    is_snapped: z.coerce.boolean().optional(),
    histogram_a: scoreColumns.optional(),
    histogram_b: scoreColumns.optional(),
    cells_a: cellColumns,
    cells_b: cellColumns,
    range_a: rangeColumn,
    range_b: rangeColumn,
    truth_range: rangeColumn,
    labelled: z.number(),
  })
  .transform((row): PairedWindow => {
    const losses: PairedWindow["losses"] = {};
    for (const name of LOSS_NAMES) {
      const difference = row[name];
      const baselineSum = row[`${name}_a`];
      if (difference !== undefined && difference.count > 0 && baselineSum !== undefined)
        losses[name] = { difference, baselineSum };
    }
    const isScored = (row.log_loss?.count ?? 0) > 0;
    const { histogram_a, histogram_b, calibration_a, calibration_b, calibration_difference } = row;
    const { labelled, truth_range: truthRange } = row;
    return {
      start: row.start,
      losses,
      sides: {
        baseline: { labelled, cells: row.cells_a, outputRange: row.range_a, truthRange },
        candidate: { labelled, cells: row.cells_b, outputRange: row.range_b, truthRange },
      },
      ...(isScored && histogram_a !== undefined && histogram_b !== undefined
        ? {
            scores: {
              baseline: toScoreHistogram(histogram_a, row.is_snapped === true),
              candidate: toScoreHistogram(histogram_b, row.is_snapped === true),
            },
          }
        : {}),
      ...(isScored &&
      calibration_a !== undefined &&
      calibration_b !== undefined &&
      calibration_difference !== undefined
        ? {
            calibrationError: {
              baseline: calibration_a,
              candidate: calibration_b,
              difference: calibration_difference,
            },
          }
        : {}),
    };
  });

/** pairedWindows returns, per window, how two versions did on the labelled requests that both scored. */
export function pairedWindows(
  client: ClickHouseClient,
  project: string,
  filter: PairedFilter,
  task: PerformanceTask,
  window: { windowMs: number; origin: number },
): Promise<PairedWindow[]> {
  const query = defineQuery({ name: `performance_paired_${task.task}`, sql: SQL[task.task], row: pairedRow });
  return query(client, { project, ...filter, ...window, ...taskParameters(task) });
}
