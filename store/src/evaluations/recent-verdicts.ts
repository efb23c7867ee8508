import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { type DrawnVerdict, drawnRow } from "./outlines.ts";

/** RecentSubject is one version of a model in one environment, and from which window on (epoch milliseconds) its verdicts are asked for. */
export interface RecentSubject {
  model: string;
  version: string;
  environment: string;
  from: number;
}

const recent = defineQuery<
  {
    project: string;
    models: string[];
    versions: string[];
    environments: string[];
    froms: number[];
    oldest: number;
  },
  typeof drawnRow
>({
  name: "evaluations_recent",
  // Each model is looked up in the lists, so that one statement serves any number of them.
  sql: `SELECT e.model AS model, e.version AS version, e.environment AS environment, e.monitor_id AS monitor_id, e.kind AS kind, e.segment AS segment,
      toUnixTimestamp64Milli(e.window_start) AS starts_at, toUnixTimestamp64Milli(e.window_end) AS ends_at,
      e.revision AS revision, e.outcome AS outcome, e.cause AS cause, '' AS reason, toUnixTimestamp64Milli(e.evaluated_at) AS evaluated_at,
      e.judged_features AS judged_features, e.drifted_features AS drifted_features, if(kind = 'performance', e.outline, '') AS outline,
      starts_at AS window_start, ends_at AS window_end
    FROM evaluations AS e
    WHERE e.project = {project:String} AND e.model IN {models:Array(String)} AND e.kind IN ('drift', 'performance') AND e.segment = ''
      AND e.window_start >= fromUnixTimestamp64Milli({oldest:Int64}, 'UTC')
      AND toString(e.version) = transform(toString(e.model), {models:Array(String)}, {versions:Array(String)}, '')
      AND toString(e.environment) = transform(toString(e.model), {models:Array(String)}, {environments:Array(String)}, '')
      AND toUnixTimestamp64Milli(e.window_start) >= transform(toString(e.model), {models:Array(String)}, {froms:Array(Int64)}, toInt64(0))
    ORDER BY e.model, e.window_start, e.window_end, e.kind, e.monitor_id, e.revision DESC, e.evaluated_at DESC
    LIMIT 1 BY e.model, e.window_start, e.window_end, e.kind, e.monitor_id`,
  row: drawnRow,
});

/** recentVerdicts returns the latest drift and performance verdicts of many versions, one of each model, on all traffic: of drift the counts alone, of performance its outline. */
export async function recentVerdicts(
  client: ClickHouseClient,
  project: string,
  subjects: readonly RecentSubject[],
): Promise<DrawnVerdict[]> {
  if (subjects.length === 0) return [];
  return recent(client, {
    project,
    models: subjects.map(({ model }) => model),
    versions: subjects.map(({ version }) => version),
    environments: subjects.map(({ environment }) => environment),
    froms: subjects.map(({ from }) => Math.max(0, Math.floor(from))),
    oldest: Math.max(0, Math.floor(Math.min(...subjects.map(({ from }) => from)))),
  });
}
