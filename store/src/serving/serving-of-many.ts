import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { type ServingWindow, windowColumns, windowRow } from "./serving-window.ts";

/** ServingSubject is one version of a model in one environment, over `[from, to)` of its own time, epoch milliseconds. */
export interface ServingSubject {
  model: string;
  version: string;
  environment: string;
  from: number;
  to: number;
}

const modelRow = z.object({ model: z.string(), ...windowColumns });

const servingOfModels = defineQuery<
  {
    project: string;
    models: string[];
    versions: string[];
    environments: string[];
    froms: number[];
    tos: number[];
  } & Record<"windowMs" | "origin" | "oldest", number>,
  typeof modelRow
>({
  name: "serving_windows_of_many",
  sql: `SELECT toString(m.model) AS model,
      intDiv(toUnixTimestamp(m.minute) * 1000 - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64} AS start,
      sum(m.total) AS requests, sum(m.errors) AS failed,
      sumMap(m.latency_buckets, m.latency_counts) AS histogram, histogram.1 AS buckets, histogram.2 AS counts
    FROM serving_minutes AS m FINAL
    WHERE m.project = {project:String} AND m.model IN {models:Array(String)}
      AND m.minute >= fromUnixTimestamp64Milli({oldest:Int64}, 'UTC')
      AND toString(m.version) = transform(toString(m.model), {models:Array(String)}, {versions:Array(String)}, '')
      AND toString(m.environment) = transform(toString(m.model), {models:Array(String)}, {environments:Array(String)}, '')
      AND toUnixTimestamp(m.minute) * 1000 >= transform(toString(m.model), {models:Array(String)}, {froms:Array(Int64)}, toInt64(0))
      AND toUnixTimestamp(m.minute) * 1000 < transform(toString(m.model), {models:Array(String)}, {tos:Array(Int64)}, toInt64(0))
    GROUP BY m.model, start ORDER BY model, start`,
  row: modelRow,
});

/** servingOfMany returns the requests of many versions, one of each model, per window, by model. */
export async function servingOfMany(
  client: ClickHouseClient,
  project: string,
  subjects: readonly ServingSubject[],
  step: { windowMs: number; origin: number },
): Promise<ReadonlyMap<string, ServingWindow[]>> {
  const windows = new Map<string, ServingWindow[]>();
  if (subjects.length === 0) return windows;
  const rows = await servingOfModels(client, {
    project,
    ...step,
    models: subjects.map(({ model }) => model),
    versions: subjects.map(({ version }) => version),
    environments: subjects.map(({ environment }) => environment),
    froms: subjects.map(({ from }) => Math.max(0, from)),
    tos: subjects.map(({ to }) => to),
    oldest: Math.max(0, Math.min(...subjects.map(({ from }) => from))),
  });
  for (const { model, ...row } of rows) {
    const mine = windows.get(model);
    if (mine === undefined) windows.set(model, [windowRow.parse(row)]);
    else mine.push(windowRow.parse(row));
  }
  return windows;
}
