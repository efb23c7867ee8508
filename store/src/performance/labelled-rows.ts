/** PerformanceTask says how outputs and labels are read: which class is the positive one, or about which anchor moments are taken. */
export type PerformanceTask =
  | { task: "binary"; positiveClass: string; threshold: number }
  | { task: "multiclass" }
  | { task: "regression"; anchor: number };

const WINDOW_START = `intDiv(toUnixTimestamp64Milli(p.timestamp) - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64}`;

const VERSION_FILTER = `project = {project:String} AND model = {model:String} AND version = {version:String}
    AND environment = {environment:String}`;

const OUTPUT_COLUMNS = `toFloat64(p.weight) AS w, p.predicted_label AS predicted_label, p.score AS score, p.scores AS scores,
    p.predicted_value AS predicted_value`;

/** LATEST_LABELS yields the label that counts for each prediction of the filter's range: of several, the one with the latest timestamp. */
export const LATEST_LABELS = `(
    SELECT prediction_id, argMax(tuple(label, value), tuple(timestamp, received_at)) AS truth
    FROM resolved_labels FINAL
    WHERE ${VERSION_FILTER}
      AND prediction_timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND prediction_timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    GROUP BY prediction_id
  )`;

/** PRODUCTION_ROWS yields one row per prediction of a version: its window, output and weight, with its label where there is one. */
export const PRODUCTION_ROWS = `(
    SELECT ${WINDOW_START} AS start, ${OUTPUT_COLUMNS},
      l.truth.1 AS label, l.truth.2 AS label_value, p.tags AS tags
    FROM (
      SELECT * FROM predictions FINAL
      WHERE ${VERSION_FILTER}
        AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        AND error = ''
    ) AS p
    LEFT JOIN ${LATEST_LABELS} AS l ON l.prediction_id = p.id
  )`;

/** REFERENCE_ROWS yields the uploaded rows of a reference in the same form. */
export const REFERENCE_ROWS = `(
    SELECT ${WINDOW_START} AS start, ${OUTPUT_COLUMNS}, p.label AS label, p.label_value AS label_value, p.tags AS tags
    FROM reference_rows AS p
    WHERE project = {project:String} AND reference_id = {referenceId:String}
  )`;
