import { type Segment, segmentKey } from "@leeway/core/segment";
import type { MinuteEvents } from "@leeway/core/slo";
import { z } from "zod";
import { type Activity, computationTime } from "../activity/activity.ts";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand, defineQuery } from "../client/define-query.ts";
import { segmentCondition } from "../segments/segment-condition.ts";

/** ObjectiveScope says whose requests a latency objective counts: a model's in one environment, all of them or a segment's, within `thresholdMs`. */
export interface ObjectiveScope {
  model: string;
  thresholdMs: number;
  segment?: Segment | undefined;
}

/** Hours counted in one statement: a month of them. */
const HOURS_AT_ONCE = 24 * 31;

/** refreshObjective recomputes the hours whose predictions changed since an objective last counted them, and returns how many. No row leaves the engine. */
export async function refreshObjective(
  client: ClickHouseClient,
  activity: Activity,
  now: () => number,
  project: string,
  { model, thresholdMs, segment }: ObjectiveScope,
): Promise<number> {
  const rollup = `objective/${thresholdMs}/${segmentKey(segment)}`;
  const condition = segmentCondition(segment ?? {});
  const build = defineCommand({
    name: "objective_build",
    sql: `INSERT INTO objective_minutes (project, model, segment, threshold_ms, environment, version, minute, total, good, failed, untimed, computed_at)
      SELECT project, model, {segment:String}, {thresholdMs:Float64}, environment, version, toStartOfMinute(toDateTime(timestamp, 'UTC')) AS minute,
        sumIf(toFloat64(weight), error != '' OR isNotNull(latency_ms)) AS total,
        sumIf(toFloat64(weight), error = '' AND latency_ms <= {thresholdMs:Float64}) AS good,
        sumIf(toFloat64(weight), error != '') AS failed,
        sumIf(toFloat64(weight), error = '' AND isNull(latency_ms)) AS untimed,
        fromUnixTimestamp64Milli({computedAt:Int64}, 'UTC') AS computed_at
      FROM predictions FINAL
      WHERE project = {project:String} AND model = {model:String}
        AND toUnixTimestamp(toStartOfHour(timestamp)) IN {hours:Array(UInt32)} ${condition.sql}
      GROUP BY project, model, environment, version, minute`,
  });
  const dirty = await activity.dirtyHours(project, model, rollup);
  for (let at = 0; at < dirty.length; at += HOURS_AT_ONCE) {
    const hours = dirty.slice(at, at + HOURS_AT_ONCE);
    const computedAt = computationTime(now(), hours);
    const starts = [...new Set(hours.map(({ hour }) => Math.floor(hour / 1_000)))];
    await build(client, {
      project,
      model,
      thresholdMs,
      segment: segmentKey(segment),
      hours: starts,
      computedAt,
      ...condition.parameters,
    });
    await activity.markComputed(project, model, rollup, hours, computedAt);
  }
  return dirty.length;
}

const eventsRow = z
  .object({
    version: z.string(),
    minute_start: z.coerce.number(),
    total: z.number(),
    good: z.number(),
    failed: z.number(),
    untimed: z.number(),
  })
  .transform(({ version, minute_start, ...counts }) => ({
    version,
    events: { minute: minute_start, ...counts } satisfies MinuteEvents,
  }));

/** objectiveEvents returns the requests of `[from, to)` as an objective counts them, in order: by minutes, and by hours before `coarseBefore`. */
export const objectiveEvents = defineQuery<
  Record<"project" | "model" | "environment" | "segment", string> &
    Record<"thresholdMs" | "from" | "to" | "coarseBefore", number>,
  typeof eventsRow
>({
  name: "objective_events",
  sql: `SELECT version, toUnixTimestamp(bucket) * 1000 AS minute_start, sum(m.total) AS total, sum(m.good) AS good,
      sum(m.failed) AS failed, sum(m.untimed) AS untimed
    FROM (
      SELECT version, total, good, failed, untimed,
        if(minute < fromUnixTimestamp64Milli({coarseBefore:Int64}, 'UTC'), toStartOfHour(minute), minute) AS bucket
      FROM objective_minutes FINAL
      WHERE project = {project:String} AND model = {model:String} AND segment = {segment:String}
        AND threshold_ms = {thresholdMs:Float64} AND environment = {environment:String}
        AND minute >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND minute < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    ) AS m
    GROUP BY version, bucket ORDER BY bucket, version`,
  row: eventsRow,
});
