import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";

/** Which samples: metrics over `[from, to)` (epoch milliseconds); absent model, version or replica match all. */
export interface TelemetryFilter {
  metrics: readonly string[];
  model?: string;
  version?: string;
  from: number;
  to: number;
}

/** One step of one gauge or counter of one replica; attributes tell GPUs apart. */
export interface TelemetryPoint {
  metric: string;
  replica: string;
  unit: string;
  attributes: Record<string, string>;
  /** Start of the step, or the time of the sample where the latest is asked for; epoch milliseconds. */
  at: number;
  /** Gauges: mean over the step. Counters: the last value. */
  value: number;
}

/** TelemetryReads reads the samples that services and engines sent. */
export interface TelemetryReads {
  series(project: string, filter: TelemetryFilter, stepMs: number): Promise<TelemetryPoint[]>;
  /** latest returns the last sample of each metric, replica and set of attributes. */
  latest(project: string, filter: TelemetryFilter): Promise<TelemetryPoint[]>;
}

const pointRow = z.object({
  metric: z.string(),
  replica: z.string(),
  unit: z.string(),
  attributes: z.record(z.string(), z.string()),
  at: z.coerce.number(),
  value: z.number(),
});

type Parameters = Record<"project" | "model" | "version", string> & {
  metrics: readonly string[];
  from: number;
  to: number;
};

const MATCHING = `project = {project:String} AND metric IN {metrics:Array(String)}
    AND ({model:String} = '' OR model = {model:String} OR model = '')
    AND ({version:String} = '' OR version = {version:String} OR version = '')
    AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    AND value IS NOT NULL`;

const telemetrySeries = defineQuery<Parameters & { stepMs: number }, typeof pointRow>({
  name: "telemetry_series",
  sql: `SELECT metric, replica, any(unit) AS unit, attributes,
          intDiv(toUnixTimestamp64Milli(timestamp), {stepMs:Int64}) * {stepMs:Int64} AS at,
          if(any(kind) = 'counter', argMax(assumeNotNull(value), timestamp), avg(assumeNotNull(value))) AS value
        FROM (SELECT * FROM telemetry FINAL WHERE ${MATCHING})
        GROUP BY metric, replica, attributes, at ORDER BY metric, replica, at LIMIT 20000`,
  row: pointRow,
});

const telemetryLatest = defineQuery<Parameters, typeof pointRow>({
  name: "telemetry_latest",
  sql: `SELECT metric, replica, argMax(unit, timestamp) AS unit, attributes,
          toUnixTimestamp64Milli(max(timestamp)) AS at, argMax(assumeNotNull(value), timestamp) AS value
        FROM (SELECT * FROM telemetry FINAL WHERE ${MATCHING})
        GROUP BY metric, replica, attributes ORDER BY metric, replica LIMIT 2000`,
  row: pointRow,
});

/** createTelemetryReads returns the samples kept in ClickHouse. */
export function createTelemetryReads(client: ClickHouseClient): TelemetryReads {
  const parametersOf = (project: string, filter: TelemetryFilter): Parameters => ({
    project,
    metrics: filter.metrics,
    model: filter.model ?? "",
    version: filter.version ?? "",
    from: filter.from,
    to: filter.to,
  });
  return {
    series: (project, filter, stepMs) =>
      telemetrySeries(client, { ...parametersOf(project, filter), stepMs }),
    latest: (project, filter) => telemetryLatest(client, parametersOf(project, filter)),
  };
}
