import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { PerformanceFilter } from "./performance-filter.ts";

/** BreakdownNames are what predictions can be broken down by: their tags, and their features that are text or booleans. */
export interface BreakdownNames {
  tags: string[];
  features: string[];
}

const MOST_NAMES = 500;

const namesRow = z.object({ tags: z.array(z.string()), features: z.array(z.string()) });

const namesSeen = defineQuery<
  Record<"project" | "model" | "version" | "environment", string> & Record<"from" | "to", number>,
  typeof namesRow
>({
  name: "performance_breakdown_names",
  sql: `SELECT arraySort(groupUniqArrayIf(${MOST_NAMES})(name, kind = 'tag')) AS tags,
      arraySort(groupUniqArrayIf(${MOST_NAMES})(name, kind = 'feature')) AS features
    FROM prediction_names
    WHERE project = {project:String} AND model = {model:String} AND version = {version:String} AND environment = {environment:String}
      AND day >= toDate(fromUnixTimestamp64Milli({from:Int64}, 'UTC')) AND day <= toDate(fromUnixTimestamp64Milli({to:Int64} - 1, 'UTC'))`,
  row: namesRow,
});

/** breakdownNames returns the names seen on a version's predictions on the days of `[from, to)`, each kind in the order of its letters. No prediction is read. */
export async function breakdownNames(
  client: ClickHouseClient,
  project: string,
  { model, version, environment, from, to }: PerformanceFilter,
): Promise<BreakdownNames> {
  const [names] = await namesSeen(client, { project, model, version, environment, from, to });
  return names ?? { tags: [], features: [] };
}
