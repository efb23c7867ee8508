import type { PerformanceTask } from "@leeway/core/performance";
import type { QueryParameter } from "../client/query-parameter.ts";
import type { SegmentCondition } from "../segments/segment-condition.ts";

/** LabelledRows are subqueries that yield one row per prediction under `start`, the group it is counted in. */
export interface LabelledRows {
  /** With its output, weight and, where there is one, its label; `label_came` where one came, of whatever kind. */
  rows: string;
  /** With nothing else: how many there are costs no join. */
  starts: string;
}

/** WINDOW_GROUP is the SQL of the window that a prediction lies in; it binds `windowMs` and `origin`. */
export const WINDOW_GROUP = `intDiv(toUnixTimestamp64Milli(timestamp) - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64}`;

const VERSION_FILTER = `project = {project:String} AND model = {model:String} AND version = {version:String}
    AND environment = {environment:String}`;

const within = (column: string) =>
  `${column} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${column} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

const NO_NUMBER = "CAST(NULL AS Nullable(Float64))";
const NO_TEXT = "CAST(NULL AS Nullable(String))";
const NO_SCORES = "CAST(map() AS Map(LowCardinality(String), Float64))";

// Of several labels the one with the latest timestamp counts, of those the last received.
const LABEL_ORDER = `bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(timestamp)), 64), toUInt128(toUnixTimestamp64Milli(received_at)))`;

// What of an output a task needs: each column as it is read, and as it is missing beside a label.
const OUTPUTS = {
  binary: {
    score:
      "ifNull(score, if(mapContains(scores, {positiveClass:String}), scores[{positiveClass:String}], NULL))",
    scores: NO_SCORES,
    predictedLabel: "toNullable(toString(predicted_label))",
    predictedValue: NO_NUMBER,
  },
  multiclass: {
    score: NO_NUMBER,
    scores: "scores",
    predictedLabel: "toNullable(toString(predicted_label))",
    predictedValue: NO_NUMBER,
  },
  regression: {
    score: NO_NUMBER,
    scores: NO_SCORES,
    predictedLabel: NO_TEXT,
    predictedValue: "predicted_value",
  },
} as const;

/**
 * productionRows returns the predictions of a version in `[from, to)` with their labels; one that ended in an error has no output to judge and is
 * left out. Both sides are laid over one another and grouped by id, which takes a third of the time of a join.
 */
export function productionRows(
  task: PerformanceTask["task"],
  group: string,
  condition: SegmentCondition,
): LabelledRows {
  const { score, scores, predictedLabel, predictedValue } = OUTPUTS[task];
  const predictions = `FROM predictions FINAL WHERE ${VERSION_FILTER} AND ${within("timestamp")} AND error = '' ${condition.sql}`;
  return {
    rows: `(
      SELECT assumeNotNull(any(p_start)) AS start, assumeNotNull(any(p_weight)) AS w, any(p_label) AS predicted_label, any(p_score) AS score,
        ${task === "multiclass" ? "argMax(p_scores, is_prediction)" : NO_SCORES} AS scores, any(p_value) AS predicted_value,
        argMax(l_label, l_order) AS label, argMax(l_value, l_order) AS label_value, isNotNull(max(l_order)) AS label_came
      FROM (
        SELECT id, 1 AS is_prediction, toNullable(toInt64(${group})) AS p_start, toNullable(toFloat64(weight)) AS p_weight,
          ${predictedLabel} AS p_label, ${score} AS p_score, ${scores} AS p_scores, ${predictedValue} AS p_value,
          ${NO_TEXT} AS l_label, ${NO_NUMBER} AS l_value, CAST(NULL AS Nullable(UInt128)) AS l_order
        ${predictions}
        UNION ALL
        SELECT prediction_id, 0, NULL, NULL, NULL, NULL, ${NO_SCORES}, NULL, toNullable(toString(label)), value, ${LABEL_ORDER}
        FROM resolved_labels WHERE ${VERSION_FILTER} AND ${within("prediction_timestamp")}
      )
      GROUP BY id HAVING max(is_prediction) = 1
    )`,
    starts: `(SELECT toInt64(${group}) AS start ${predictions})`,
  };
}

/** referenceRows returns the uploaded rows of a reference in the same form. */
export function referenceRows(group: string, condition: SegmentCondition): LabelledRows {
  const reference = `FROM reference_rows WHERE project = {project:String} AND reference_id = {referenceId:String} ${condition.sql}`;
  return {
    rows: `(
      SELECT toInt64(${group}) AS start, toFloat64(weight) AS w, predicted_label, score, scores, predicted_value, label, label_value,
        isNotNull(label) OR isNotNull(label_value) AS label_came
      ${reference}
    )`,
    starts: `(SELECT toInt64(${group}) AS start ${reference})`,
  };
}

/** LabelWeights is what a label of each class counts for, beside its prediction's own weight. */
export type LabelWeights = ReadonlyMap<string, number>;

/** weighedRows returns the rows with the weight of each multiplied by what a label of its class counts for; it binds what `weightParameters` returns. */
export function weighedRows({ rows, starts }: LabelledRows): LabelledRows {
  const factor =
    "if(isNull(label), 1., transform(assumeNotNull(label), {weighedClasses:Array(String)}, {classWeights:Array(Float64)}, 1.))";
  return { rows: `(SELECT * REPLACE (w * ${factor} AS w) FROM ${rows})`, starts };
}

/** weightParameters returns the bound parameters of `weighedRows`. */
export function weightParameters(weights: LabelWeights): Record<string, QueryParameter> {
  return { weighedClasses: [...weights.keys()], classWeights: [...weights.values()] };
}
