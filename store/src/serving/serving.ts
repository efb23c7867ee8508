import { type Segment, segmentKey } from "@leeway/core/segment";
import type { MinuteEvents } from "@leeway/core/slo";
import { z } from "zod";
import { type ActiveHour, type Activity, computationTime } from "../activity/activity.ts";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { buildMinutes, buildMinutesOfAll } from "./build-minutes.ts";
import { type ObjectiveScope, objectiveEvents, refreshObjective } from "./objective-minutes.ts";
import { type ServingSubject, servingOfMany } from "./serving-of-many.ts";
import { type ServingWindow, windowRow } from "./serving-window.ts";

/** Which requests: one version in one environment over `[from, to)`, epoch milliseconds; all of its traffic or a segment that was refreshed. */
export interface ServingFilter {
  model: string;
  version: string;
  environment: string;
  from: number;
  to: number;
  segment?: Segment | undefined;
}

/** Serving holds requests per minute, recomputed from the raw predictions. */
export interface Serving {
  /** refresh recomputes the hours of `model`, or of a segment of it, whose predictions changed and returns how many. */
  refresh(project: string, model: string, segment?: Segment): Promise<number>;
  /** refreshAll does the same for every model of a project, in three statements whatever the fleet. */
  refreshAll(project: string): Promise<number>;
  /** recomputedHours returns the hours that were recomputed at or after `since` (real time). */
  recomputedHours(
    project: string,
    model: string,
    since: number,
    segment: Segment | undefined,
  ): Promise<ActiveHour[]>;
  /** windows returns counts and latency histograms per window of `windowMs` (whole minutes, aligned as in core/window), in order. */
  windows(project: string, filter: ServingFilter, windowMs: number): Promise<ServingWindow[]>;
  /** windowsOfMany returns the same of many versions, one of each model, from each one's own moment on: one statement, whatever the fleet. */
  windowsOfMany(
    project: string,
    subjects: readonly ServingSubject[],
    windowMs: number,
  ): Promise<ReadonlyMap<string, ServingWindow[]>>;
  /** counts returns how many requests each window of `windowMs` had, for windows that had any: cheaper than `windows`. */
  counts(
    project: string,
    filter: ServingFilter,
    windowMs: number,
  ): Promise<{ start: number; total: number }[]>;
  /** refreshObjective counts anew, exactly at its threshold, the hours whose predictions changed since an objective last counted them. */
  refreshObjective(project: string, scope: ObjectiveScope): Promise<number>;
  /** objectiveEvents returns the requests of each version as an objective counts them, by minutes, and by hours before `coarseBefore`. */
  objectiveEvents(
    project: string,
    filter: ObjectiveScope & { environment: string; from: number; to: number; coarseBefore: number },
  ): Promise<ReadonlyMap<string, MinuteEvents[]>>;
}

const HOURS_AT_ONCE = 24 * 31;
const DAY_MS = 86_400_000;
const MONDAY_EPOCH_MS = 4 * DAY_MS;

type FilterParameters = Record<"project" | "model" | "version" | "environment" | "segment", string> &
  Record<"from" | "to", number>;

const MATCHING = `project = {project:String} AND model = {model:String} AND version = {version:String}
    AND environment = {environment:String}
    AND minute >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND minute < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

const COLUMNS = "minute, total, errors, latency_buckets, latency_counts";
// All traffic and its segments are kept apart; one of the two holds what is asked for.
const MINUTES = `(
    SELECT ${COLUMNS} FROM serving_minutes FINAL WHERE {segment:String} = '' AND ${MATCHING}
    UNION ALL
    SELECT ${COLUMNS} FROM serving_segment_minutes FINAL WHERE segment = {segment:String} AND ${MATCHING}
  )`;

const servingWindows = defineQuery<FilterParameters & { windowMs: number; origin: number }, typeof windowRow>(
  {
    name: "serving_windows",
    sql: `SELECT intDiv(toUnixTimestamp(minute) * 1000 - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64} AS start,
          sum(total) AS requests, sum(errors) AS failed,
          sumMap(latency_buckets, latency_counts) AS histogram, histogram.1 AS buckets, histogram.2 AS counts
        FROM ${MINUTES}
        GROUP BY start ORDER BY start`,
    row: windowRow,
  },
);

const countRow = z.object({ start: z.coerce.number(), total: z.coerce.number() });

const servingCounts = defineQuery<FilterParameters & { windowMs: number; origin: number }, typeof countRow>({
  name: "serving_counts",
  sql: `SELECT intDiv(toUnixTimestamp(m.minute) * 1000 - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64} AS start,
          sum(m.total) AS total
        FROM ${MINUTES} AS m
        GROUP BY start ORDER BY start`,
  row: countRow,
});

/** createServing returns the request roll-up kept in ClickHouse. */
export function createServing(client: ClickHouseClient, activity: Activity, now: () => number): Serving {
  return {
    async refreshAll(project) {
      const dirty = await activity.dirtyHoursOfAll(project, rollupName(undefined));
      for (let at = 0; at < dirty.length; at += HOURS_AT_ONCE) {
        const hours = dirty.slice(at, at + HOURS_AT_ONCE);
        const computedAt = computationTime(now(), hours);
        await buildMinutesOfAll(client, { project, hours, computedAt });
        await activity.markComputedOfAll(project, rollupName(undefined), hours, computedAt);
      }
      return dirty.length;
    },
    async refresh(project, model, segment) {
      const rollup = rollupName(segment);
      const dirty = await activity.dirtyHours(project, model, rollup);
      for (let at = 0; at < dirty.length; at += HOURS_AT_ONCE) {
        const hours = dirty.slice(at, at + HOURS_AT_ONCE);
        const computedAt = computationTime(now(), hours);
        const starts = [...new Set(hours.map(({ hour }) => Math.floor(hour / 1_000)))];
        await buildMinutes(client, segment, { project, model, hours: starts, computedAt });
        await activity.markComputed(project, model, rollup, hours, computedAt);
      }
      return dirty.length;
    },
    recomputedHours: (project, model, since, segment) =>
      activity.recomputedHours(project, model, rollupName(segment), since),
    windows: (project, filter, windowMs) =>
      servingWindows(client, { ...bound(project, filter), windowMs, origin: originOf(windowMs) }),
    windowsOfMany: (project, subjects, windowMs) =>
      servingOfMany(client, project, subjects, { windowMs, origin: originOf(windowMs) }),
    counts: (project, filter, windowMs) =>
      servingCounts(client, { ...bound(project, filter), windowMs, origin: originOf(windowMs) }),
    refreshObjective: (project, scope) => refreshObjective(client, activity, now, project, scope),
    async objectiveEvents(project, { segment, ...filter }) {
      const rows = await objectiveEvents(client, { project, ...filter, segment: segmentKey(segment) });
      const versions = new Map<string, MinuteEvents[]>();
      for (const { version, events } of rows) {
        const minutes = versions.get(version) ?? [];
        minutes.push(events);
        versions.set(version, minutes);
      }
      return versions;
    },
  };
}

function rollupName(segment: Segment | undefined): string {
  const key = segmentKey(segment);
  return key === "" ? "serving" : `serving/${key}`;
}

function bound(project: string, { segment, ...filter }: ServingFilter): FilterParameters {
  return { project, ...filter, segment: segmentKey(segment) };
}

// Windows longer than a day begin on Mondays, as in core/window.
function originOf(windowMs: number): number {
  return windowMs > DAY_MS ? MONDAY_EPOCH_MS : 0;
}
