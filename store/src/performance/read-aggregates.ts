import type { PerformanceTask } from "@leeway/core/performance";
import type { Reference } from "@leeway/core/records";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import { keptWindows, type WindowRange } from "../rollups/kept-windows.ts";
import type { SegmentCondition } from "../segments/segment-condition.ts";
import { type AggregateWindow, aggregateRow } from "./aggregate-row.ts";
import { aggregateSql } from "./aggregate-sql.ts";
import { type LabelledRows, productionRows, referenceRows, WINDOW_GROUP } from "./labelled-rows.ts";
import { taskParameters } from "./task-parameters.ts";

/** readAggregates returns one aggregate per group of `rows`, in order of the groups. */
export function readAggregates(
  client: ClickHouseClient,
  name: string,
  rows: LabelledRows,
  task: PerformanceTask,
  parameters: Record<string, QueryParameter>,
): Promise<AggregateWindow[]> {
  return defineQuery({
    name: `${name}_${task.task}`,
    sql: aggregateSql(task.task, rows),
    row: aggregateRow(task),
  })(client, { ...parameters, ...taskParameters(task) });
}

/** readKeptAggregates returns one aggregate per window of a version's rows, in order; windows of which nothing new came are not read again. */
export function readKeptAggregates(
  client: ClickHouseClient,
  now: number,
  condition: SegmentCondition,
  task: PerformanceTask,
  range: WindowRange,
): Promise<AggregateWindow[]> {
  const query = {
    name: `performance_windows_${task.task}`,
    sql: aggregateSql(task.task, productionRows(task.task, WINDOW_GROUP, condition)),
    row: aggregateRow(task),
  };
  return keptWindows(client, now, query, range, { ...condition.parameters, ...taskParameters(task) });
}

/** readReferenceAggregates returns the same of the rows that a reference was made of, grouped by the SQL `group`. */
export function readReferenceAggregates(
  client: ClickHouseClient,
  reference: Reference,
  task: PerformanceTask,
  grouping: { group: string; condition: SegmentCondition },
  parameters: Record<string, QueryParameter>,
): Promise<AggregateWindow[]> {
  const { group, condition } = grouping;
  const { id, source, model, version, environment = "production", from, to } = reference;
  return source === "upload"
    ? readAggregates(client, "performance_reference_groups", referenceRows(group, condition), task, {
        ...parameters,
        ...condition.parameters,
        referenceId: id,
      })
    : readAggregates(
        client,
        "performance_reference_groups",
        productionRows(task.task, group, condition),
        task,
        {
          ...parameters,
          ...condition.parameters,
          ...{ model, version, environment, from, to },
        },
      );
}
