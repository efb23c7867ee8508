import type { ValueArrivals } from "@leeway/core/performance";
import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";

const valueArrivalsRow = z
  .object({
    start: z.coerce.number(),
    final: z.tuple([z.number(), z.number(), z.number()]),
    early_counts: z.array(z.number()),
    early_sums: z.array(z.number()),
  })
  .transform(({ start, final: [count, sum, sumOfSquares], early_counts, early_sums }) => ({
    start,
    final: { count, sum, sumOfSquares },
    early: early_counts.map((early, i) => ({ count: early, sum: early_sums[i] ?? 0 })),
  }));

type Parameters = Record<"project" | "model" | "version" | "environment", string> &
  Record<"from" | "to" | "windowMs" | "origin", number> & { ages: readonly number[] };

/** ValueArrivalsByAge is one window with the numeric labels that had come at each of the ages asked for, in their order. */
export type ValueArrivalsByAge = Omit<ValueArrivals, "early"> & { early: ValueArrivals["early"][] };

/** valueArrivals returns, per window, the sums of the numeric labels that count, and of those that had come when the window's end was `ages` (ms) ago. */
export const valueArrivals = defineQuery<Parameters, typeof valueArrivalsRow>({
  name: "label_value_arrivals",
  sql: `SELECT start, [toFloat64(count()), sum(said), sum(said * said)] AS final,
      sumForEach(arrayMap(age -> toFloat64(after_end <= age), {ages:Array(Int64)})) AS early_counts,
      sumForEach(arrayMap(age -> if(after_end <= age, said, 0.), {ages:Array(Int64)})) AS early_sums
    FROM (
      SELECT prediction_id,
        intDiv(toUnixTimestamp64Milli(any(prediction_timestamp)) - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64} AS start,
        argMax(assumeNotNull(value), tuple(timestamp, received_at)) AS said,
        toUnixTimestamp64Milli(min(timestamp)) - (start + {windowMs:Int64}) AS after_end
      FROM resolved_labels
      WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
        AND prediction_timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND prediction_timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND isNotNull(value) AND isFinite(assumeNotNull(value))
      GROUP BY prediction_id
    )
    GROUP BY start ORDER BY start`,
  row: valueArrivalsRow,
});
