import type { ErrorStream } from "@leeway/core/detectors";
import type { PerformanceTask } from "@leeway/core/performance";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import { segmentCondition } from "../segments/segment-condition.ts";
import { productionRows } from "./labelled-rows.ts";
import type { PerformanceFilter } from "./performance-filter.ts";
import { taskParameters } from "./task-parameters.ts";

/** What one row's error is; rows without an output that can be compared have none. */
const ERRORS: Record<PerformanceTask["task"], string> = {
  binary: `if(isNull(label) OR (isNull(predicted_label) AND isNull(score)), NULL,
    toFloat64((assumeNotNull(label) = {positiveClass:String})
      != if(isNull(predicted_label), assumeNotNull(score) >= {threshold:Float64}, assumeNotNull(predicted_label) = {positiveClass:String})))`,
  multiclass: `if(isNull(label) OR isNull(predicted_label), NULL, toFloat64(assumeNotNull(label) != assumeNotNull(predicted_label)))`,
  regression: "abs(predicted_value - label_value)",
};

const errorRow = z.object({ at: z.coerce.number(), error: z.number() });

/** errorStream returns the errors of a version's newest labelled predictions, at most so many, in order of event time. */
export async function errorStream(
  client: ClickHouseClient,
  project: string,
  { segment, ...filter }: PerformanceFilter,
  task: PerformanceTask,
  limit: number,
): Promise<ErrorStream> {
  const condition = segmentCondition(segment);
  const { rows } = productionRows(task.task, "toUnixTimestamp64Milli(timestamp)", condition);
  const newest = defineQuery<Record<string, QueryParameter>, typeof errorRow>({
    name: "performance_error_stream",
    sql: `SELECT start AS at, assumeNotNull(${ERRORS[task.task]}) AS error FROM ${rows}
      WHERE label_came AND isFinite(ifNull(${ERRORS[task.task]}, nan)) ORDER BY start DESC LIMIT {limit:UInt32}`,
    row: errorRow,
  });
  const errors = await newest(client, {
    project,
    ...filter,
    ...taskParameters(task),
    limit,
    ...condition.parameters,
  });
  return { input: task.task === "regression" ? "numbers" : "bits", errors: errors.reverse() };
}
