import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";

/** ClosedHours says, per model, up to which hour (epoch milliseconds, excluded) what comes is counted as late. */
export type ClosedHours = ReadonlyMap<string, number>;

/** Arrivals is what has come of one version of a model in one environment, or of a model's labels (both names are empty then); times are epoch milliseconds. */
export type Arrivals = z.output<typeof arrivalsRow>;

const arrivalsRow = z
  .object({
    model: z.string(),
    version: z.string(),
    environment: z.string(),
    kind: z.enum(["predictions", "labels"]),
    first: z.coerce.number(),
    last: z.coerce.number(),
    received: z.coerce.number(),
    closed_rows: z.coerce.number(),
    closed_received: z.coerce.number(),
  })
  .transform(({ first, last, received, closed_rows, closed_received, ...names }) => ({
    ...names,
    /** Oldest and newest event time; of labels the newest alone. */
    firstTimestamp: first,
    lastTimestamp: last,
    lastReceivedAt: received,
    /** Rows that ever came for the closed hours, and when the newest of them did; of labels all of them. */
    closedRows: closed_rows,
    closedReceivedAt: closed_received,
  }));

/**
 * arrivalsOf returns what has come of every model of a project (or of one), from the counts that are kept per hour: one statement, whatever the fleet. A row that is
 * stored twice before its parts are merged counts twice.
 */
export const arrivalsOf = defineQuery<
  { project: string; model: string; models: string[]; closed: number[] },
  typeof arrivalsRow
>({
  name: "activity_arrivals",
  sql: `SELECT toString(a.model) AS model, toString(a.version) AS version, toString(a.environment) AS environment, 'predictions' AS kind,
      toUnixTimestamp64Milli(min(a.first_timestamp)) AS first, toUnixTimestamp64Milli(max(a.last_timestamp)) AS last,
      toUnixTimestamp64Milli(max(a.last_received_at)) AS received, sumIf(a.rows, is_closed) AS closed_rows,
      toUnixTimestamp64Milli(maxIf(a.last_received_at, is_closed)) AS closed_received
    FROM (
      SELECT *, toUnixTimestamp(hour) < transform(toString(model), {models:Array(String)}, {closed:Array(UInt32)}, toUInt32(0)) AS is_closed
      FROM prediction_activity WHERE project = {project:String} AND ({model:String} = '' OR model = {model:String})
    ) AS a
    GROUP BY a.model, a.version, a.environment
    UNION ALL
    SELECT toString(l.model) AS model, '' AS version, '' AS environment, 'labels' AS kind, toInt64(0) AS first,
      toUnixTimestamp64Milli(max(l.last_timestamp)) AS last, toUnixTimestamp64Milli(max(l.last_received_at)) AS received,
      sum(l.rows) AS closed_rows, toUnixTimestamp64Milli(max(l.last_received_at)) AS closed_received
    FROM label_receipts AS l WHERE l.project = {project:String} AND ({model:String} = '' OR l.model = {model:String})
    GROUP BY l.model`,
  row: arrivalsRow,
});

/** closedParameters returns closed hours as the statement takes them. It wants at least one name. */
export function closedParameters(closed: ClosedHours): { models: string[]; closed: number[] } {
  const hours = [...closed].filter(([, until]) => until > 0);
  if (hours.length === 0) return { models: [""], closed: [0] };
  return {
    models: hours.map(([model]) => model),
    closed: hours.map(([, until]) => Math.floor(until / 1_000)),
  };
}
