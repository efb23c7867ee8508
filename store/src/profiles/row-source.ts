import type { Segment } from "@leeway/core/segment";
import type { QueryParameter } from "../client/query-parameter.ts";
import { segmentCondition } from "../segments/segment-condition.ts";

/** RowSource is a subquery that yields rows to be profiled (bucket, w, numbers, strings, booleans and the names in each, nulls, tags, output, output_label; numbers by place, too, for who knows their layout) and what it binds. */
export interface RowSource {
  sql: string;
  parameters: Record<string, QueryParameter>;
}

/** One version in one environment. */
export interface VersionScope {
  model: string;
  version: string;
  environment: string;
}

// The names in a map are a column of their own: who counts names need not read values.
const COLUMNS = `toFloat64(weight) AS w, numbers, strings, booleans, nulls, tags,
    numbers.keys AS number_names, strings.keys AS string_names, booleans.keys AS boolean_names,
    numbers.values AS number_values,
    coalesce(score, predicted_value) AS output, predicted_label AS output_label`;

/**
 * drawnRows returns about one in `every` of the rows of a range or an upload: always the same ones, because what is drawn follows from a hash of the
 * prediction's id (of the row's place, in an upload).
 */
export function drawnRows(rows: RowSource, every: number): RowSource {
  if (every <= 1) return rows;
  return {
    sql: `(SELECT * FROM ${rows.sql} WHERE draw % {every:UInt64} = 0)`,
    parameters: { ...rows.parameters, every: Math.floor(every) },
  };
}

/** RowReading says whether rows with the same identity are merged while they are read: right always, and several times slower than `plain`. */
export type RowReading = "merged" | "plain";

/** hoursOfVersion returns the predictions of a version in the given hours (epoch milliseconds), in buckets of `bucketMs`. */
export function hoursOfVersion(
  project: string,
  scope: VersionScope,
  hours: readonly number[],
  bucketMs: number,
  segment: Segment,
  reading: RowReading = "merged",
): RowSource {
  const condition = segmentCondition(segment);
  return {
    sql: `(SELECT toDateTime(intDiv(toUnixTimestamp64Milli(timestamp), {bucketMs:Int64}) * intDiv({bucketMs:Int64}, 1000), 'UTC') AS bucket,
        id, payload_hash AS draw, ${COLUMNS}
      FROM predictions ${reading === "merged" ? "FINAL" : ""}
      WHERE project = {project:String} AND model = {model:String} AND version = {version:String}
        AND environment = {environment:String}
        AND toStartOfHour(timestamp) IN (SELECT fromUnixTimestamp(arrayJoin({hours:Array(UInt32)})))
        ${condition.sql})`,
    parameters: {
      project,
      model: scope.model,
      version: scope.version,
      environment: scope.environment,
      hours: hours.map((hour) => Math.floor(hour / 1_000)),
      bucketMs,
      ...condition.parameters,
    },
  };
}

/** rangeOfVersion returns the predictions of a version in `[from, to)`, in one bucket. */
export function rangeOfVersion(
  project: string,
  scope: VersionScope,
  range: { from: number; to: number },
  segment: Segment,
): RowSource {
  const condition = segmentCondition(segment);
  return {
    sql: `(SELECT toDateTime(0, 'UTC') AS bucket, timestamp, sipHash64(id) AS draw, embeddings, ${COLUMNS}
      FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String} AND version = {version:String}
        AND environment = {environment:String}
        AND toStartOfHour(timestamp) >= toStartOfHour(fromUnixTimestamp64Milli({from:Int64}, 'UTC'))
        AND toStartOfHour(timestamp) <= toStartOfHour(fromUnixTimestamp64Milli({to:Int64}, 'UTC'))
        AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        ${condition.sql})`,
    parameters: {
      project,
      model: scope.model,
      version: scope.version,
      environment: scope.environment,
      ...range,
      ...condition.parameters,
    },
  };
}

/** uploadedRows returns the rows of an uploaded reference, in windows of `windowMs` that begin at `origin`; without `windowMs` in one bucket. */
export function uploadedRows(
  project: string,
  referenceId: string,
  segment: Segment,
  windows?: { windowMs: number; origin: number },
): RowSource {
  const condition = segmentCondition(segment);
  const bucket =
    windows === undefined
      ? "toDateTime(0, 'UTC')"
      : "toDateTime(intDiv(intDiv(toUnixTimestamp64Milli(timestamp) - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64}, 1000), 'UTC')";
  return {
    sql: `(SELECT ${bucket} AS bucket, timestamp, if(place > 0, sipHash64(place), sipHash64(timestamp, numbers, strings)) AS draw,
        embeddings, ${COLUMNS}
      FROM reference_rows
      WHERE project = {project:String} AND reference_id = {referenceId:String} ${condition.sql})`,
    parameters: { project, referenceId, ...windows, ...condition.parameters },
  };
}
