import type { TornRows } from "@leeway/core/health";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand, defineQuery } from "../client/define-query.ts";

/** TornPart is a part that could not be read and has been taken out of its table; its files are kept aside. */
export interface TornPart {
  table: string;
  part: string;
  bytes: number;
}

/** tornRowsOf returns which rows of people's are in a part that could not be read, or undefined where it holds none. */
export function tornRowsOf({ table, part }: TornPart): TornRows | undefined {
  const of = RAW[table];
  if (of === undefined) return undefined;
  const month = monthOf(part);
  if (month === undefined) return { of };
  const from = Date.UTC(Math.floor(month / 100), (month % 100) - 1);
  return { of, span: { from, to: Date.UTC(Math.floor(month / 100), month % 100) } };
}

const RAW: Record<string, TornRows["of"]> = {
  predictions: "predictions",
  labels: "labels",
  resolved_labels: "labels",
};

/** TornParts knows what the store could not read. */
export interface TornParts {
  /** list returns the parts that are kept aside: rows which no answer holds any more. */
  list(): Promise<TornPart[]>;
  /**
   * recount makes the hours of torn roll-ups due again, forgets these parts (a roll-up is a cache of raw rows, and worth nothing without its place) and returns them.
   */
  recount(): Promise<TornPart[]>;
}

const tornRow = z.object({ table: z.string(), part: z.string(), bytes: z.number() });

const tornParts = defineQuery<Record<string, never>, typeof tornRow>({
  name: "torn_parts",
  sql: `SELECT table, name AS part, toFloat64(bytes_on_disk) AS bytes FROM system.detached_parts
        WHERE database = currentDatabase() AND reason IN ('', 'broken', 'broken-on-start', 'unexpected') ORDER BY table, part`,
  row: tornRow,
});

// What is worked out of raw rows, hour by hour. Rows that are absent of the last two are worked out by themselves.
const COUNTED = new Set([
  "feature_profiles",
  "profile_buckets",
  "serving_minutes",
  "serving_segment_minutes",
  "objective_minutes",
]);
const ROLLUPS = new Set([...COUNTED, "rollup_hours", "window_rollups"]);

const forgetMonth = defineCommand<{ month: number }>({
  name: "forget_rollup_month",
  sql: "ALTER TABLE rollup_hours DELETE WHERE toYYYYMM(hour) = {month:UInt32}",
  settings: { mutations_sync: "1" },
});
const forgetAll = defineCommand<Record<string, never>>({
  name: "forget_rollup_hours",
  sql: "ALTER TABLE rollup_hours DELETE WHERE 1",
  settings: { mutations_sync: "1" },
});

/** createTornParts returns what is known of parts that could not be read. */
export function createTornParts(client: ClickHouseClient): TornParts {
  return {
    list: () => tornParts(client, {}),
    async recount() {
      const torn = (await tornParts(client, {})).filter(({ table }) => ROLLUPS.has(table));
      for (const { table, part } of torn) {
        if (COUNTED.has(table)) {
          const month = monthOf(part);
          if (month === undefined) await forgetAll(client, {});
          else await forgetMonth(client, { month });
        }
        // Last: where anything before it failed, it is done again.
        await dropDetached(client, table, part);
      }
      return torn;
    },
  };
}

/** monthOf returns the month (202612) of a part's partition, or undefined where its table has none. */
function monthOf(part: string): number | undefined {
  const month = /^(?:broken(?:-on-start)?_|unexpected_)?(\d{6})_/.exec(part)?.[1];
  return month === undefined ? undefined : Number(month);
}

function dropDetached(client: ClickHouseClient, table: string, part: string): Promise<void> {
  // A part's name is the engine's own: letters, digits, _ and -.
  return defineCommand({
    name: "drop_torn_rollup",
    sql: `ALTER TABLE ${table} DROP DETACHED PART '${part.replace(/[^\w-]/g, "")}'`,
    settings: { allow_drop_detached: 1 },
  })(client, {});
}
