import type { SeenClass } from "@leeway/core/performance";
import type { Model } from "@leeway/core/records";
import { type ContinuousTraffic, continuousTraffic, SPELL_GAP_DAYS } from "@leeway/core/reference";
import { SETTLING_MS } from "@leeway/core/window";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import { type Arrivals, arrivalsOf, type ClosedHours, closedParameters } from "./arrivals.ts";
import { type ModelOutputs, modelOutputs } from "./outputs.ts";
import { seenClasses } from "./seen-classes.ts";

/** What has come of one model version in one environment, from where its traffic is continuous; times are epoch milliseconds. */
export interface VersionActivity {
  model: string;
  version: string;
  environment: string;
  firstTimestamp: number;
  lastTimestamp: number;
  lastReceivedAt: number;
  /** Rows that came. */
  rows: number;
  /** Rows long before the rest: they are kept and decide nothing. */
  earlier?: ContinuousTraffic["earlier"];
}

/** One hour of one model version, named by its start (epoch milliseconds). */
export interface ActiveHour {
  version: string;
  environment: string;
  hour: number;
}

/** CountedHour is an active hour with how many predictions came for it. */
export interface CountedHour extends ActiveHour {
  rows: number;
}

/** DirtyHour is an hour to be recomputed: how many rows had come for it when it was found, and when it was computed before (0: never). */
export interface DirtyHour extends ActiveHour {
  rows: number;
  computedBefore: number;
}

/** ModelHour is a dirty hour of any model. */
export interface ModelHour extends DirtyHour {
  model: string;
}

/** Activity says what came when, from minima, maxima and counts kept per hour. */
export interface Activity {
  /** versions returns every version (of one model, or of all) that has predictions. */
  versions(project: string, model?: string): Promise<VersionActivity[]>;
  /** arrivals returns what has come of every model (or of one), with how much of it for the hours that `closed` names: one statement, whatever the fleet. */
  arrivals(project: string, closed: ClosedHours, model?: string): Promise<Arrivals[]>;
  /** hours returns the hours of `[from, to)` that hold predictions, in order; an hour belongs to a range that it begins in or reaches into. */
  hours(project: string, model: string, from: number, to: number): Promise<CountedHour[]>;
  /** hoursOfMany returns the hours since `from` that hold predictions of any of `models`, in order: one statement. */
  hoursOfMany(
    project: string,
    models: readonly string[],
    from: number,
  ): Promise<(CountedHour & { model: string })[]>;
  /**
   * dirtyHours returns the hours of `model` that `rollup` must recompute, oldest first: there are rows it has not learned of, or they came so
   * shortly before it was computed that an insert may still have been under way, and a minute of quiet has passed since.
   */
  dirtyHours(project: string, model: string, rollup: string): Promise<DirtyHour[]>;
  /** dirtyHoursOfAll returns the same of every model of a project, by one statement. */
  dirtyHoursOfAll(project: string, rollup: string): Promise<ModelHour[]>;
  /** recomputedHours returns the hours of `model` that `rollup` recomputed at or after `since` (real time): what was judged before may have changed. */
  recomputedHours(project: string, model: string, rollup: string, since: number): Promise<ActiveHour[]>;
  /** labelledHours returns the hours of `model` whose labels were resolved at or after `since` (real time). */
  labelledHours(project: string, model: string, since: number): Promise<ActiveHour[]>;
  /** outputs returns what the predictions and labels of `model` look like. */
  outputs(project: string, model: string): Promise<ModelOutputs>;
  /** classes returns the classes that predictions and labels of `model` carry, with the scores of those that were predicted. */
  classes(project: string, model: Pick<Model, "model" | "positive_class">): Promise<SeenClass[]>;
  /** markComputed records that `rollup` holds the rows that `hours` had when they were found dirty, and all that were stored before `computedAt`. */
  markComputed(
    project: string,
    model: string,
    rollup: string,
    hours: readonly DirtyHour[],
    computedAt: number,
  ): Promise<void>;
  /** markComputedOfAll does the same for hours of any models. */
  markComputedOfAll(
    project: string,
    rollup: string,
    hours: readonly ModelHour[],
    computedAt: number,
  ): Promise<void>;
}

/** computationTime returns what a computation of `hours` is stamped with: the time now, and always later than the one it replaces, whatever became of the clock. */
export function computationTime(now: number, hours: readonly DirtyHour[]): number {
  return hours.reduce((time, { computedBefore }) => Math.max(time, computedBefore + 1), now);
}

// Mostly it takes less than this: hours touched so shortly before they were computed are computed again at once.
const IN_FLIGHT_MS = 2_000;

const spellRow = z.tuple([z.coerce.number(), z.coerce.number(), z.coerce.number(), z.coerce.number()]);

const versionRow = z
  .object({
    model: z.string(),
    version: z.string(),
    environment: z.string(),
    received: z.coerce.number(),
    spells: z.array(spellRow),
  })
  .transform(({ received, spells, ...names }): VersionActivity => {
    const traffic = continuousTraffic(
      spells.map(([first, last, rows, days]) => ({ first, last, rows, days })),
    );
    return {
      ...names,
      firstTimestamp: traffic.first,
      lastTimestamp: traffic.last,
      lastReceivedAt: received,
      rows: traffic.rows,
      ...(traffic.earlier === undefined ? {} : { earlier: traffic.earlier }),
    };
  });

const hourRow = z.object({ version: z.string(), environment: z.string(), hour: z.coerce.number() });

const countedHourRow = hourRow.extend({ rows: z.coerce.number() });

const dirtyRow = hourRow
  .extend({ model: z.string(), came: z.coerce.number(), before: z.coerce.number() })
  .transform(({ came, before, ...hour }) => ({ ...hour, rows: came, computedBefore: before }));

// By day, then by spell: a day begins one where the day before it that had traffic is more than three days back.
const activeVersions = defineQuery<{ project: string; model: string; gap: number }, typeof versionRow>({
  name: "activity_versions",
  sql: `SELECT model, version, environment, max(newest) AS received,
          arraySort(one -> one.1, groupArray((began, ended, came, days))) AS spells
        FROM (
          SELECT model, version, environment, spell, min(first) AS began, max(last) AS ended, sum(day_rows) AS came, count() AS days,
            max(day_received) AS newest
          FROM (
            SELECT *, sum(is_apart) OVER (PARTITION BY model, version, environment ORDER BY day ROWS UNBOUNDED PRECEDING) AS spell
            FROM (
              SELECT *, day - lagInFrame(day, 1, day) OVER (PARTITION BY model, version, environment ORDER BY day
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) > {gap:UInt32} AS is_apart
              FROM (
                SELECT model, version, environment, toDate(hour) AS day,
                  toUnixTimestamp64Milli(min(first_timestamp)) AS first, toUnixTimestamp64Milli(max(last_timestamp)) AS last,
                  toUnixTimestamp64Milli(max(last_received_at)) AS day_received, sum(a.rows) AS day_rows
                FROM prediction_activity AS a
                WHERE project = {project:String} AND ({model:String} = '' OR model = {model:String})
                GROUP BY model, version, environment, day
              )
            )
          )
          GROUP BY model, version, environment, spell
        )
        GROUP BY model, version, environment ORDER BY model, version, environment`,
  row: versionRow,
});

const hoursOfModelsRow = countedHourRow.extend({ model: z.string() });

const hoursOfModels = defineQuery<
  { project: string; models: string[]; from: number },
  typeof hoursOfModelsRow
>({
  name: "activity_hours_of_many",
  sql: `SELECT model, version, environment, toUnixTimestamp(hour) * 1000 AS hour, sum(a.rows) AS rows
        FROM prediction_activity AS a
        WHERE project = {project:String} AND model IN {models:Array(String)}
          AND a.hour >= toStartOfHour(fromUnixTimestamp64Milli({from:Int64}, 'UTC'))
        GROUP BY model, version, environment, a.hour ORDER BY model, a.hour, version, environment`,
  row: hoursOfModelsRow,
});

const activeHours = defineQuery<
  { project: string; model: string; from: number; to: number },
  typeof countedHourRow
>({
  name: "activity_hours",
  sql: `SELECT version, environment, toUnixTimestamp(hour) * 1000 AS hour, sum(a.rows) AS rows
        FROM prediction_activity AS a
        WHERE project = {project:String} AND model = {model:String}
          AND a.hour >= toStartOfHour(fromUnixTimestamp64Milli({from:Int64}, 'UTC')) AND a.hour < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
        GROUP BY version, environment, a.hour ORDER BY a.hour, version, environment`,
  row: countedHourRow,
});

const dirtyHours = defineQuery<
  { project: string; model: string; rollup: string; now: number; settling: number; inFlight: number },
  typeof dirtyRow
>({
  name: "activity_dirty_hours",
  sql: `SELECT model, version, environment, toUnixTimestamp(activity.start) * 1000 AS hour, activity.came AS came, rollup.computed AS before
        FROM (
          SELECT model, version, environment, hour AS start, toUnixTimestamp64Milli(max(last_received_at)) AS received, sum(rows) AS came
          FROM prediction_activity WHERE project = {project:String} AND ({model:String} = '' OR model = {model:String})
          GROUP BY model, version, environment, hour
        ) AS activity
        LEFT JOIN (
          SELECT model, version, environment, hour AS start, toUnixTimestamp64Milli(max(computed_at)) AS computed, max(rows) AS heard_of
          FROM rollup_hours WHERE project = {project:String} AND rollup = {rollup:String} AND ({model:String} = '' OR model = {model:String})
          GROUP BY model, version, environment, hour
        ) AS rollup USING (model, version, environment, start)
        WHERE activity.came > rollup.heard_of
           OR activity.received + {inFlight:Int64} >= rollup.computed
           OR (rollup.computed < activity.received + {settling:Int64} AND {now:Int64} >= activity.received + {settling:Int64})
        ORDER BY activity.start, model, version, environment`,
  row: dirtyRow,
});

const recomputedHours = defineQuery<
  { project: string; model: string; rollup: string; since: number },
  typeof hourRow
>({
  name: "activity_recomputed_hours",
  sql: `SELECT version, environment, toUnixTimestamp(r.hour) * 1000 AS hour
        FROM rollup_hours AS r
        WHERE project = {project:String} AND rollup = {rollup:String} AND model = {model:String}
          AND r.computed_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        GROUP BY version, environment, r.hour ORDER BY r.hour, version, environment`,
  row: hourRow,
});

const labelledHours = defineQuery<{ project: string; model: string; since: number }, typeof hourRow>({
  name: "activity_labelled_hours",
  sql: `SELECT version, environment, toUnixTimestamp(a.hour) * 1000 AS hour
        FROM label_activity AS a
        WHERE project = {project:String} AND model = {model:String}
          AND a.last_resolved_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        GROUP BY version, environment, a.hour ORDER BY a.hour, version, environment`,
  row: hourRow,
});

/** createActivity returns the activity kept in ClickHouse. */
export function createActivity(client: ClickHouseClient, now: () => number): Activity {
  const dirty = (project: string, model: string, rollup: string) =>
    dirtyHours(client, {
      project,
      model,
      rollup,
      now: now(),
      settling: SETTLING_MS,
      inFlight: IN_FLIGHT_MS,
    });
  const mark = (project: string, rollup: string, hours: readonly ModelHour[], computedAt: number) =>
    insertRows(
      client,
      "rollup_hours",
      hours.map(({ model, version, environment, hour, rows }) => ({
        project,
        rollup,
        model,
        version,
        environment,
        rows,
        hour: Math.floor(hour / 1_000),
        computed_at: toDateTime64(computedAt),
      })),
    );
  return {
    versions: (project, model = "") => activeVersions(client, { project, model, gap: SPELL_GAP_DAYS }),
    arrivals: (project, closed, model = "") =>
      arrivalsOf(client, { project, model, ...closedParameters(closed) }),
    hours: (project, model, from, to) => activeHours(client, { project, model, from, to }),
    hoursOfMany: async (project, models, from) =>
      models.length === 0 ? [] : hoursOfModels(client, { project, models: [...models], from }),
    dirtyHours: dirty,
    dirtyHoursOfAll: (project, rollup) => dirty(project, "", rollup),
    recomputedHours: (project, model, rollup, since) =>
      recomputedHours(client, { project, model, rollup, since }),
    labelledHours: (project, model, since) => labelledHours(client, { project, model, since }),
    async outputs(project, model) {
      const [outputs] = await modelOutputs(client, { project, model });
      return outputs ?? { rows: 0, withScore: 0, withValue: 0, withClassScores: 0, classes: [] };
    },
    classes: (project, model) => seenClasses(client, project, model),
    markComputed: (project, model, rollup, hours, computedAt) =>
      mark(
        project,
        rollup,
        hours.map((hour) => ({ ...hour, model })),
        computedAt,
      ),
    markComputedOfAll: mark,
  };
}
