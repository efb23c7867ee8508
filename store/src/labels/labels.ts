import type { LabelCohort } from "@leeway/core/performance";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { keptWindows } from "../rollups/kept-windows.ts";
import { type ClassArrivalsByAge, classArrivals } from "./class-arrivals.ts";
import { resolveLabels } from "./resolve-labels.ts";
import { type ValueArrivalsByAge, valueArrivals } from "./value-arrivals.ts";

/** One version in one environment over `[from, to)` of prediction time, epoch milliseconds. */
export interface LabelFilter {
  model: string;
  version: string;
  environment: string;
  from: number;
  to: number;
}

/** A window of predictions and when their labels came. */
export interface ArrivalWindow extends Omit<LabelCohort, "ageMs"> {
  start: number;
}

/** NewestLabels is when the newest labels of a model came, in event time and in real time (epoch milliseconds). */
export interface NewestLabels {
  model: string;
  lastTimestamp: number;
  lastReceivedAt: number;
}

/** Labels joins delayed truth to predictions and says when it usually comes. */
export interface Labels {
  resolve(project: string, model: string): Promise<boolean>;
  /** arrivals returns, per window of `windowMs`, how many predictions there were and how their first labels' delays are spread over `labelDelayBucket`s; windows for which nothing new came are not read again. */
  arrivals(project: string, filter: LabelFilter, windowMs: number): Promise<ArrivalWindow[]>;
  /** classArrivals returns, per window of `windowMs` and class, the labels there are and those that had come at each of `ages` (ms) after the window's end. */
  classArrivals(
    project: string,
    filter: LabelFilter,
    windowMs: number,
    ages: readonly number[],
  ): Promise<ClassArrivalsByAge[]>;
  /** valueArrivals returns the same of numeric labels: per window their sums, and those of the ones that had come at each of `ages`. */
  valueArrivals(
    project: string,
    filter: LabelFilter,
    windowMs: number,
    ages: readonly number[],
  ): Promise<ValueArrivalsByAge[]>;
  /** newest returns when the newest labels of every model (or of one) came; models without labels are left out. */
  newest(project: string, model?: string): Promise<NewestLabels[]>;
}

const arrivalRow = z
  .object({
    start: z.coerce.number(),
    predictions: z.coerce.number(),
    buckets: z.array(z.coerce.number()),
    counts: z.array(z.coerce.number()),
  })
  .transform(({ buckets, counts, ...window }) => ({ ...window, delayBuckets: buckets, delayCounts: counts }));

const WINDOW_START = (column: string) =>
  `intDiv(toUnixTimestamp64Milli(${column}) - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64}`;
const WITHIN = (column: string) =>
  `project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
   AND ${column} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${column} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

const LABEL_ARRIVALS = {
  name: "label_arrivals",
  sql: `SELECT start, any(scored) AS predictions, sumMapIf([bucket], [labels], labels > 0) AS delays,
          delays.1 AS buckets, delays.2 AS counts
        FROM (
          SELECT ${WINDOW_START("predictions.timestamp")} AS start, count() AS scored
          FROM predictions FINAL WHERE ${WITHIN("predictions.timestamp")} GROUP BY start
        ) AS p
        LEFT JOIN (
          SELECT ${WINDOW_START("scored_at")} AS start, bucket, count() AS labels
          FROM (
            SELECT prediction_id, any(prediction_timestamp) AS scored_at,
              toUInt16(least(120, greatest(0, ceil(4 * log2(greatest(
                toUnixTimestamp64Milli(min(timestamp)) - toUnixTimestamp64Milli(scored_at), 1) / 1000))))) AS bucket
            FROM resolved_labels FINAL WHERE ${WITHIN("prediction_timestamp")} GROUP BY prediction_id
          ) GROUP BY start, bucket
        ) AS l USING (start)
        GROUP BY start ORDER BY start`,
  row: arrivalRow,
};

const newestRow = z
  .object({ model: z.string(), last_timestamp: z.coerce.number(), last_received_at: z.coerce.number() })
  .transform(({ model, last_timestamp, last_received_at }) => ({
    model,
    lastTimestamp: last_timestamp,
    lastReceivedAt: last_received_at,
  }));

const newestLabels = defineQuery<{ project: string; model: string }, typeof newestRow>({
  name: "labels_newest",
  sql: `SELECT toString(l.model) AS model, toUnixTimestamp64Milli(max(l.last_timestamp)) AS last_timestamp,
      toUnixTimestamp64Milli(max(l.last_received_at)) AS last_received_at
    FROM label_receipts AS l
    WHERE l.project = {project:String} AND ({model:String} = '' OR l.model = {model:String})
    GROUP BY l.model`,
  row: newestRow,
});

const DAY_MS = 86_400_000;
const MONDAY_EPOCH_MS = 4 * DAY_MS;

/** createLabels returns the labels kept in ClickHouse. */
export function createLabels(client: ClickHouseClient, now: () => number): Labels {
  return {
    resolve: (project, model) => resolveLabels(client, project, model, now()),
    arrivals: (project, filter, windowMs) =>
      keptWindows(
        client,
        now(),
        LABEL_ARRIVALS,
        { project, ...filter, windowMs, origin: originOf(windowMs) },
        {},
      ),
    classArrivals: (project, filter, windowMs, ages) =>
      classArrivals(client, { project, ...filter, windowMs, origin: originOf(windowMs), ages }),
    valueArrivals: (project, filter, windowMs, ages) =>
      valueArrivals(client, { project, ...filter, windowMs, origin: originOf(windowMs), ages }),
    newest: (project, model = "") => newestLabels(client, { project, model }),
  };
}

// Windows longer than a day begin on Mondays, as in core/window.
function originOf(windowMs: number): number {
  return windowMs > DAY_MS ? MONDAY_EPOCH_MS : 0;
}
