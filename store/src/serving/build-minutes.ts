import { type Segment, segmentKey } from "@leeway/core/segment";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand } from "../client/define-query.ts";
import { segmentCondition } from "../segments/segment-condition.ts";

const COLUMNS =
  "project, model, version, environment, minute, total, errors, latency_buckets, latency_counts, computed_at";

const OF_MODEL = "model = {model:String}";
// The two sets let the key skip what neither holds; the pairs are what is counted.
const OF_ALL = `model IN {models:Array(String)} AND (toString(model), toUnixTimestamp(toStartOfHour(timestamp))) IN (
          SELECT pair.1, pair.2 FROM (SELECT arrayJoin(arrayZip({pairModels:Array(String)}, {pairHours:Array(UInt32)})) AS pair))`;

const minutesSql = (condition: string, models = OF_MODEL) => `WITH sumMapIf(
            [toInt16(least(273, greatest(-94, ceil(log(greatest(ifNull(latency_ms, 1), 1e-9)) / log(1.05)))))],
            [toFloat64(weight)],
            isNotNull(latency_ms)
          ) AS histogram
        SELECT project, model, version, environment, toStartOfMinute(toDateTime(timestamp, 'UTC')) AS minute,
          sum(toFloat64(weight)) AS total,
          sumIf(toFloat64(weight), error != '') AS errors,
          histogram.1 AS latency_buckets,
          histogram.2 AS latency_counts,
          fromUnixTimestamp64Milli({computedAt:Int64}, 'UTC') AS computed_at
        FROM predictions FINAL
        WHERE project = {project:String} AND ${models}
          AND toUnixTimestamp(toStartOfHour(timestamp)) IN {hours:Array(UInt32)} ${condition}
        GROUP BY project, model, version, environment, minute`;

const minutesOfAll = defineCommand<
  Record<"project", string> &
    Record<"computedAt", number> &
    Record<"models" | "pairModels", string[]> &
    Record<"hours" | "pairHours", number[]>
>({
  name: "serving_build_all",
  sql: `INSERT INTO serving_minutes (${COLUMNS}) ${minutesSql("", OF_ALL)}`,
});

/** buildMinutesOfAll recomputes the given hours of any models in one statement. */
export function buildMinutesOfAll(
  client: ClickHouseClient,
  build: { project: string; hours: readonly { model: string; hour: number }[]; computedAt: number },
): Promise<void> {
  const pairs = new Map(build.hours.map((one) => [`${one.model}\n${one.hour}`, one]));
  const pairHours = [...pairs.values()].map(({ hour }) => Math.floor(hour / 1_000));
  const pairModels = [...pairs.values()].map(({ model }) => model);
  return minutesOfAll(client, {
    project: build.project,
    computedAt: build.computedAt,
    models: [...new Set(pairModels)],
    hours: [...new Set(pairHours)],
    pairModels,
    pairHours,
  });
}

/** buildMinutes recomputes the requests per minute of the given hours (starts, seconds), of all traffic or of a segment. No row leaves the engine. */
export function buildMinutes(
  client: ClickHouseClient,
  segment: Segment | undefined,
  parameters: { project: string; model: string; hours: number[]; computedAt: number },
): Promise<void> {
  const key = segmentKey(segment);
  if (key === "") {
    const sql = `INSERT INTO serving_minutes (${COLUMNS}) ${minutesSql("")}`;
    return defineCommand({ name: "serving_build", sql })(client, parameters);
  }
  const condition = segmentCondition(segment);
  const sql = `INSERT INTO serving_segment_minutes (segment, ${COLUMNS}) SELECT {segment:String}, * FROM (${minutesSql(condition.sql)})`;
  return defineCommand({ name: "serving_build_segment", sql })(client, {
    ...parameters,
    ...condition.parameters,
    segment: key,
  });
}
