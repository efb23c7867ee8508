import type { ClassArrivals } from "@leeway/core/performance";
import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";

const classArrivalsRow = z.object({
  start: z.coerce.number(),
  name: z.string(),
  final: z.coerce.number(),
  early: z.array(z.coerce.number()),
});

type Parameters = Record<"project" | "model" | "version" | "environment", string> &
  Record<"from" | "to" | "windowMs" | "origin", number> & { ages: readonly number[] };

/** ClassArrivalsByAge is one class in one window with the labels that had come at each of the ages asked for, in their order. */
export type ClassArrivalsByAge = Omit<ClassArrivals, "early"> & { early: number[] };

/** classArrivals returns, per window and class of the label that counts, how many labels there are and how many had come when the window's end was `ages` (ms) ago. */
export const classArrivals = defineQuery<Parameters, typeof classArrivalsRow>({
  name: "label_class_arrivals",
  sql: `SELECT start, name, count() AS final, sumForEach(arrayMap(age -> toUInt64(after_end <= age), {ages:Array(Int64)})) AS early
    FROM (
      SELECT prediction_id,
        intDiv(toUnixTimestamp64Milli(any(prediction_timestamp)) - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64} AS start,
        argMax(toString(assumeNotNull(label)), tuple(timestamp, received_at)) AS name,
        toUnixTimestamp64Milli(min(timestamp)) - (start + {windowMs:Int64}) AS after_end
      FROM resolved_labels
      WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
        AND prediction_timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND prediction_timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND isNotNull(label)
      GROUP BY prediction_id
    )
    GROUP BY start, name ORDER BY start, name`,
  row: classArrivalsRow,
});
