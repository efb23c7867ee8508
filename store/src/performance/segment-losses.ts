import type { LossSums, PerformanceTask } from "@leeway/core/performance";
import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";

/** NumericCuts splits a number's values into low, middle and high at two of the reference's quantiles. */
export interface NumericCuts {
  feature: string;
  low: number;
  high: number;
}

/** SegmentLosses are the loss sums of the labelled rows of one segment: a tag's or a category's value, or a range of a number. */
export interface SegmentLosses {
  name: string;
  losses: LossSums;
}

const segmentRow = z
  .object({ name: z.string(), losses: z.tuple([z.number(), z.number(), z.number()]) })
  .transform(
    ({ name, losses: [count, sum, sumOfSquares] }): SegmentLosses => ({
      name,
      losses: { count, sum, sumOfSquares },
    }),
  );

const COLUMNS =
  "toFloat64(p.weight) AS w, p.numbers AS numbers, p.strings AS strings, p.booleans AS booleans, p.tags AS tags, p.predicted_label AS predicted_label, p.score AS score, p.scores AS scores, p.predicted_value AS predicted_value";

/** VERSION_ROWS yields the labelled predictions of a version in `[from, to)`. */
export const VERSION_ROWS = `(
    SELECT ${COLUMNS}, l.truth.1 AS label, l.truth.2 AS label_value
    FROM (
      SELECT * FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
        AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        AND error = ''
    ) AS p
    INNER JOIN (
      SELECT prediction_id, argMax(tuple(label, value), tuple(timestamp, received_at)) AS truth
      FROM resolved_labels
      WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
        AND prediction_timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND prediction_timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
      GROUP BY prediction_id
    ) AS l ON l.prediction_id = p.id
  )`;

/** UPLOADED_ROWS yields the rows of an uploaded reference in the same form. */
export const UPLOADED_ROWS = `(
    SELECT ${COLUMNS}, p.label AS label, p.label_value AS label_value
    FROM reference_rows AS p WHERE project = {project:String} AND reference_id = {referenceId:String}
  )`;

const logLoss = (probability: string) => `-log(greatest(1e-15, least(1 - 1e-15, ${probability})))`;

// One loss per task: log loss of the class that came, or the absolute error.
const LOSSES = {
  binary: {
    loss: logLoss("if(ifNull(label, '') = {positiveClass:String}, s, 1 - s)"),
    given: "isNotNull(label) AND s >= 0 AND s <= 1",
    with: "assumeNotNull(ifNull(score, if(mapContains(scores, {positiveClass:String}), scores[{positiveClass:String}], -1))) AS s",
  },
  multiclass: {
    loss: logLoss("scores[toString(ifNull(label, ''))]"),
    given: "isNotNull(label) AND length(scores) > 0",
    with: "1 AS s",
  },
  regression: {
    loss: "abs(assumeNotNull(predicted_value) - assumeNotNull(label_value))",
    given: "isNotNull(label_value) AND isNotNull(predicted_value)",
    with: "1 AS s",
  },
} as const;

const NUMBER_SEGMENT = `multiIf(
    v <= {lows:Array(Float64)}[indexOf({numbers:Array(String)}, k)],
      concat(k, ' ≤ ', toString({lows:Array(Float64)}[indexOf({numbers:Array(String)}, k)])),
    v <= {highs:Array(Float64)}[indexOf({numbers:Array(String)}, k)],
      concat(toString({lows:Array(Float64)}[indexOf({numbers:Array(String)}, k)]), ' < ', k, ' ≤ ', toString({highs:Array(Float64)}[indexOf({numbers:Array(String)}, k)])),
    concat(k, ' > ', toString({highs:Array(Float64)}[indexOf({numbers:Array(String)}, k)])))`;

/** segmentLossesQuery returns the query of the loss sums per segment of `rows`, the thousand largest segments. */
export function segmentLossesQuery(task: PerformanceTask["task"], rows: string) {
  const { loss, given, with: prepared } = LOSSES[task];
  const pairs = (map: string) =>
    `arrayMap((k, v) -> concat(k, ' = ', toString(v)), mapKeys(${map}), mapValues(${map}))`;
  return defineQuery<Record<string, QueryParameter>, typeof segmentRow>({
    name: `performance_segment_losses_${task}`,
    sql: `SELECT name, [sum(w), sum(w * loss), sum(w * loss * loss)] AS losses
      FROM (
        SELECT w, ${prepared}, toFloat64(${loss}) AS loss,
          arrayJoin(arrayConcat(${pairs("tags")}, ${pairs("strings")}, ${pairs("booleans")},
            arrayMap((k, v) -> ${NUMBER_SEGMENT},
              arrayFilter(k -> has({numbers:Array(String)}, k), mapKeys(numbers)),
              arrayFilter((v, k) -> has({numbers:Array(String)}, k), mapValues(numbers), mapKeys(numbers))))) AS name
        FROM ${rows} WHERE ${given}
      )
      GROUP BY name ORDER BY sum(w) DESC LIMIT 1000`,
    row: segmentRow,
  });
}
