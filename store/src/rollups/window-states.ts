import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";

const stateRow = z
  .object({
    start: z.coerce.number(),
    came: z.coerce.number(),
    last_came: z.coerce.number(),
    body: z.string(),
  })
  .transform(({ last_came, ...state }) => ({ ...state, lastCame: last_came }));

/** WindowState is a window that holds predictions: how many rows ever came for it, when the last did, and what was kept of it, empty where more came since. */
export type WindowState = z.output<typeof stateRow>;

const HOURS = `project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
        AND hour >= fromUnixTimestamp64Milli({from:Int64} - 3600000, 'UTC') AND hour < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

/** windowStates returns the windows of `[from, to)` that hold predictions, in order, with what `rollup` kept of them. An hour counts for every window that it shares a moment with. */
export const windowStates = defineQuery<
  Record<"project" | "model" | "version" | "environment" | "rollup", string> &
    Record<"from" | "to" | "windowMs" | "origin", number>,
  typeof stateRow
>({
  name: "window_rollup_states",
  sql: `SELECT w.start AS start, w.came AS came, w.last_came AS last_came, if(kept.came = w.came, kept.body, '') AS body
    FROM (
      SELECT sum(rows) AS came, max(last) AS last_came,
        arrayJoin(range(
          toUInt64(intDiv(toInt64(toUnixTimestamp(hour)) * 1000 - {origin:Int64}, {windowMs:Int64})),
          toUInt64(intDiv(toInt64(toUnixTimestamp(hour)) * 1000 + 3599999 - {origin:Int64}, {windowMs:Int64}) + 1)
        )) * {windowMs:Int64} + {origin:Int64} AS start
      FROM (
        SELECT hour, rows, toUnixTimestamp64Milli(last_received_at) AS last FROM prediction_activity WHERE ${HOURS}
        UNION ALL
        SELECT hour, rows, toUnixTimestamp64Milli(last_resolved_at) AS last FROM label_activity WHERE ${HOURS}
      )
      GROUP BY start HAVING start >= {from:Int64} AND start < {to:Int64}
    ) AS w
    LEFT JOIN (
      SELECT toUnixTimestamp64Milli(window_start) AS start, came, body FROM window_rollups FINAL
      WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
        AND rollup = {rollup:String}
        AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    ) AS kept USING (start)
    ORDER BY start`,
  row: stateRow,
});
