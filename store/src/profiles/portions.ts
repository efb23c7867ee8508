import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { VersionScope } from "./row-source.ts";

/** Rows recomputed in one statement: some seconds of work, so that nothing waits long for the engine and no request times out. */
const ROWS_AT_ONCE = 2_000_000;

const hourRow = z.object({ hour: z.coerce.number(), rows: z.coerce.number() });

const rowsPerHour = defineQuery<
  Record<"project" | "model" | "version" | "environment", string> & { hours: number[] },
  typeof hourRow
>({
  name: "profiles_rows_per_hour",
  sql: `SELECT toUnixTimestamp(toStartOfHour(timestamp)) * 1000 AS hour, count() AS rows FROM predictions
    WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
      AND toStartOfHour(timestamp) IN (SELECT fromUnixTimestamp(arrayJoin({hours:Array(UInt32)})))
    GROUP BY hour`,
  row: hourRow,
});

/** workPortions returns the hours cut into portions of at most about two million rows, in order. */
export async function workPortions(
  client: ClickHouseClient,
  project: string,
  scope: VersionScope,
  hours: readonly number[],
): Promise<number[][]> {
  if (hours.length === 0) return [];
  const { model, version, environment } = scope;
  const seconds = hours.map((hour) => Math.floor(hour / 1_000));
  const counted = await rowsPerHour(client, { project, model, version, environment, hours: seconds });
  const rows = new Map(counted.map((row) => [row.hour, row.rows]));
  return cutIntoPortions(hours, (hour) => rows.get(hour) ?? 0, ROWS_AT_ONCE);
}

/** cutIntoPortions returns consecutive runs of `hours` that hold at most `limit` rows each, or a single hour that holds more. */
export function cutIntoPortions(
  hours: readonly number[],
  rowsOf: (hour: number) => number,
  limit: number,
): number[][] {
  const portions: number[][] = [];
  let held = Number.POSITIVE_INFINITY;
  for (const hour of hours) {
    const rows = rowsOf(hour);
    if (held + rows > limit) {
      portions.push([]);
      held = 0;
    }
    portions.at(-1)!.push(hour);
    held += rows;
  }
  return portions;
}
