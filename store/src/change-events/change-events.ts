import { type ChangeEvent, changeEventSchema } from "@leeway/core/records";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";

/** ChangeEventFilter is which changes are asked for, newest first; times are epoch milliseconds, `to` excluded. */
export interface ChangeEventFilter {
  /** Those of this model and those of no model in particular; absent: all. */
  model?: string | undefined;
  kind?: string | undefined;
  from: number;
  to: number;
  /** The last event of the page before. */
  after?: { timestamp: number; id: string } | undefined;
  limit: number;
}

/** ChangeEvents keeps what changed around the models. */
export interface ChangeEvents {
  /** Stores events and returns how many are new: one whose id is known stays as it is. */
  add(project: string, events: readonly ChangeEvent[]): Promise<number>;
  list(project: string, filter: ChangeEventFilter): Promise<ChangeEvent[]>;
}

const knownIds = defineQuery<{ project: string; ids: string[] }, z.ZodObject<{ id: z.ZodString }>>({
  name: "change_events_known",
  sql: "SELECT DISTINCT id FROM change_events WHERE project = {project:String} AND id IN {ids:Array(String)}",
  row: z.object({ id: z.string() }),
});

const eventRow = z
  .object({
    ...changeEventSchema.pick({ id: true, kind: true, title: true, source: true, attributes: true }).shape,
    at: z.coerce.number(),
    ...{ model: z.string(), version: z.string(), environment: z.string() },
    ...{ git_sha: z.string(), url: z.string() },
  })
  .transform(({ at, model, version, environment, git_sha, url, ...rest }) => {
    const named = Object.entries({ model, version, environment, git_sha, url }).filter(([, value]) => value);
    return changeEventSchema.parse({ ...rest, timestamp: at, ...Object.fromEntries(named) });
  });

const listed = defineQuery<
  Record<"project" | "model" | "kind" | "afterId", string> &
    Record<"from" | "to" | "afterAt" | "limit", number>,
  typeof eventRow
>({
  name: "change_events_listed",
  sql: `SELECT id, kind, title, toString(source) AS source, attributes, toUnixTimestamp64Milli(e.timestamp) AS at, toString(model) AS model,
      toString(version) AS version, toString(environment) AS environment, git_sha, url
    FROM change_events AS e FINAL
    WHERE e.project = {project:String} AND ({model:String} = '' OR e.model IN ({model:String}, ''))
      AND ({kind:String} = '' OR e.kind = {kind:String})
      AND e.timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND e.timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
      AND ({afterId:String} = '' OR (toUnixTimestamp64Milli(e.timestamp), e.id) < ({afterAt:Int64}, {afterId:String}))
    ORDER BY e.timestamp DESC, e.id DESC LIMIT {limit:UInt32}`,
  row: eventRow,
});

/** createChangeEvents returns the changes kept in ClickHouse. */
export function createChangeEvents(client: ClickHouseClient, now: () => number): ChangeEvents {
  return {
    async add(project, events) {
      // Of two of one id in one call the first stays, too.
      const distinct = new Map([...events].reverse().map((event) => [event.id, event]));
      if (distinct.size === 0) return 0;
      const known = new Set(
        (await knownIds(client, { project, ids: [...distinct.keys()] })).map(({ id }) => id),
      );
      const fresh = [...distinct.values()].filter(({ id }) => !known.has(id));
      const received_at = toDateTime64(now());
      await insertRows(
        client,
        "change_events",
        fresh.map(({ timestamp, ...event }) => ({
          project,
          ...event,
          timestamp: toDateTime64(timestamp),
          received_at,
        })),
      );
      return fresh.length;
    },
    list: (project, { model = "", kind = "", from, to, after, limit }) =>
      listed(client, {
        ...{ project, model, kind, from, to, limit },
        ...{ afterAt: after?.timestamp ?? 0, afterId: after?.id ?? "" },
      }),
  };
}
