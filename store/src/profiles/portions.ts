import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { VersionScope } from "./row-source.ts";

/** Rows recomputed in one statement: some seconds of work, so that nothing waits long for the engine and no request times out. */
const ROWS_AT_ONCE = 2_000_000;

/** Hours in one statement, however few rows they hold: what it lists and what it returns stay bounded over any number of years. */
const HOURS_AT_ONCE = 1_000;

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

/** workPortions returns the hours cut into portions of at most about two million rows and a thousand hours, in order. */
export async function workPortions(
  client: ClickHouseClient,
  project: string,
  scope: VersionScope,
  hours: readonly number[],
): Promise<number[][]> {
  const { model, version, environment } = scope;
  const rows = new Map<number, number>();
  for (let at = 0; at < hours.length; at += HOURS_AT_ONCE) {
    const seconds = hours.slice(at, at + HOURS_AT_ONCE).map((hour) => Math.floor(hour / 1_000));
    const counted = await rowsPerHour(client, { project, model, version, environment, hours: seconds });
    for (const one of counted) rows.set(one.hour, one.rows);
  }
  return cutIntoPortions(hours, (hour) => rows.get(hour) ?? 0, { rows: ROWS_AT_ONCE, hours: HOURS_AT_ONCE });
}

/** cutIntoPortions returns consecutive runs of `hours` within the limits of rows and hours each, or a single hour that holds more rows. */
export function cutIntoPortions(
  hours: readonly number[],
  rowsOf: (hour: number) => number,
  limit: { rows: number; hours: number },
): number[][] {
  const portions: number[][] = [];
  let rowsOfPortion = Number.POSITIVE_INFINITY;
  for (const hour of hours) {
    const rows = rowsOf(hour);
    if (rowsOfPortion + rows > limit.rows || portions.at(-1)!.length >= limit.hours) {
      portions.push([]);
      rowsOfPortion = 0;
    }
    portions.at(-1)!.push(hour);
    rowsOfPortion += rows;
  }
  return portions;
}
