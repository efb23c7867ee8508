import type { LossInputs } from "@leeway/core/estimation";
import type { Segment } from "@leeway/core/segment";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import { segmentCondition } from "../segments/segment-condition.ts";
import { WINDOW_GROUP } from "./labelled-rows.ts";

const lossRow = z.object({
  start: z.coerce.number(),
  predicted: z.number(),
  truth: z.number().nullable(),
  numbers: z.array(z.number().nullable()),
  strings: z.array(z.string()),
});

/** SampledRow is one regressor's prediction with its inputs, in the window that begins at `start`. */
export type SampledRow = z.output<typeof lossRow>;

/** A sample of so many rows of a million, drawn by a hash of the row, so that the same rows are drawn each time. */
const OF_A_MILLION = 1_000_000;

/** VersionSample draws from a version's predictions, `shares` (0…1) of each window by its start; windows without a share are left out. */
export interface VersionSample {
  model: string;
  version: string;
  environment: string;
  from: number;
  to: number;
  windowMs: number;
  shares: ReadonlyMap<number, number>;
  /** Only rows whose label has come, with it. */
  isLabelled: boolean;
  segment?: Segment | undefined;
}

/** UploadSample draws a share (0…1) of an uploaded reference's labelled rows. */
export interface UploadSample {
  referenceId: string;
  share: number;
  segment?: Segment | undefined;
}

const COLUMNS = `output AS predicted, truth,
    arrayMap(k -> multiIf(mapContains(numbers, k), toNullable(numbers[k]), mapContains(booleans, k), toNullable(toFloat64(booleans[k])), NULL), {numbers:Array(String)}) AS numbers,
    arrayMap(k -> strings[k], {strings:Array(String)}) AS strings`;

const VERSION_FILTER = `project = {project:String} AND model = {model:String} AND version = {version:String}
      AND environment = {environment:String}`;
const within = (column: string) =>
  `${column} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${column} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

const sampled = (condition: string) => `(
    SELECT id, timestamp, ${WINDOW_GROUP} AS start, assumeNotNull(predicted_value) AS output, numbers, booleans, strings
    FROM predictions FINAL
    WHERE ${VERSION_FILTER} AND ${within("timestamp")} AND error = '' AND isNotNull(predicted_value) AND isFinite(predicted_value)
      AND cityHash64(id) % ${OF_A_MILLION} < {shares:Array(UInt32)}[indexOf({starts:Array(Int64)}, start)] ${condition}
  )`;

const windowRows = (condition: string) => `SELECT start, ${COLUMNS}
  FROM (SELECT *, CAST(NULL AS Nullable(Float64)) AS truth FROM ${sampled(condition)}) ORDER BY timestamp, id`;

const labelledRows = (condition: string) => `SELECT start, ${COLUMNS}
  FROM (
    SELECT p.*, l.truth AS truth FROM ${sampled(condition)} AS p
    INNER JOIN (
      SELECT prediction_id, argMax(value, tuple(timestamp, received_at)) AS truth
      FROM resolved_labels WHERE ${VERSION_FILTER} AND ${within("prediction_timestamp")} GROUP BY prediction_id
    ) AS l ON l.prediction_id = p.id
    WHERE isNotNull(truth)
  ) ORDER BY timestamp, id`;

const uploadedRows = (condition: string) => `SELECT toInt64(0) AS start, ${COLUMNS}
  FROM (
    SELECT timestamp, assumeNotNull(predicted_value) AS output, label_value AS truth, numbers, booleans, strings FROM reference_rows
    WHERE project = {project:String} AND reference_id = {referenceId:String} AND isNotNull(label_value) AND isNotNull(predicted_value)
      AND isFinite(predicted_value)
      AND cityHash64(toString(tuple(timestamp, predicted_value, label_value))) % ${OF_A_MILLION} < {share:UInt32} ${condition}
  ) ORDER BY timestamp`;

/** lossRows returns a random sample of a regressor's rows in order of time: of an uploaded reference's labelled rows, or of a version's windows. */
export function lossRows(
  client: ClickHouseClient,
  project: string,
  sample: VersionSample | UploadSample,
  inputs: LossInputs,
  origin: number,
): Promise<SampledRow[]> {
  const condition = segmentCondition(sample.segment);
  const columns = { project, numbers: inputs.numbers, strings: inputs.strings, ...condition.parameters };
  const read = (name: string, sql: string) =>
    defineQuery<Record<string, QueryParameter>, typeof lossRow>({ name, sql, row: lossRow });
  if ("referenceId" in sample) {
    const { referenceId, share } = sample;
    const query = read("performance_loss_rows_reference", uploadedRows(condition.sql));
    return query(client, { ...columns, referenceId, share: ofAMillion(share) });
  }
  const { shares, isLabelled, segment: _bound, ...scope } = sample;
  const query = isLabelled
    ? read("performance_loss_rows_labelled", labelledRows(condition.sql))
    : read("performance_loss_rows", windowRows(condition.sql));
  return query(client, {
    ...columns,
    ...scope,
    origin,
    starts: [...shares.keys()],
    shares: [...shares.values()].map(ofAMillion),
  });
}

function ofAMillion(share: number): number {
  return Math.ceil(Math.min(1, share) * OF_A_MILLION);
}
