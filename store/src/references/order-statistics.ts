import { gridCuts } from "@leeway/core/statistics";
import { z } from "zod";
import { anyNumber } from "../client/any-number.ts";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import { type GriddedFeature, valueExpressions } from "../profiles/grid-sql.ts";
import { PROFILE_SETTINGS } from "../profiles/profile-sql.ts";
import type { RowSource } from "../profiles/row-source.ts";

/** Values sorted in one statement: eight bytes each, and as much again while they are sorted. */
const VALUES_AT_ONCE = 32_000_000;
/** Columns in one statement: planning takes more than its share where there are many. */
const COLUMNS_AT_ONCE = 128;

const statisticsRow = z.object({ feature: z.coerce.number(), picked: z.array(anyNumber) });

/** SortedColumn asks for the order statistics of one feature that `count` rows hold. */
export interface SortedColumn extends Pick<GriddedFeature, "name" | "value"> {
  count: number;
}

/**
 * orderStatistics returns the sorted values of each column as an array of which only those entries are filled in that a grid of quantiles reads:
 * the extremes and the neighbours of every cut. So the grid is the same as from the whole sorted column, and the columns stay in the engine.
 */
export async function orderStatistics(
  client: ClickHouseClient,
  source: RowSource,
  columns: readonly SortedColumn[],
): Promise<ArrayLike<number>[]> {
  const sorted: ArrayLike<number>[] = [];
  const mostRows = Math.max(1, ...columns.map(({ count }) => count));
  const atOnce = Math.min(COLUMNS_AT_ONCE, Math.max(1, Math.floor(VALUES_AT_ONCE / mostRows)));
  for (let at = 0; at < columns.length; at += atOnce) {
    sorted.push(...(await sortTogether(client, source, columns.slice(at, at + atOnce))));
  }
  return sorted;
}

async function sortTogether(
  client: ClickHouseClient,
  source: RowSource,
  columns: readonly SortedColumn[],
): Promise<ArrayLike<number>[]> {
  const indices = columns.map(({ count }) => neededIndices(count));
  const aggregates = columns.map((column, i) => {
    const { value, isThere } = valueExpressions(column, i);
    return `arraySort(groupArrayIf(${value}, ${isThere})) AS sorted${i}`;
  });
  // A lambda that indexed the sorted column would copy the whole column once per index: one scan keeps the places that are asked for.
  const picks = columns.map(
    (_, i) =>
      `tuple(${i}, arrayFilter((value, place) -> place IN {places${i}:Array(UInt32)}, sorted${i}, arrayEnumerate(sorted${i})))`,
  );
  const parameters: Record<string, QueryParameter> = {};
  columns.forEach(({ name }, i) => {
    parameters[`gridFeature${i}`] = name;
    parameters[`places${i}`] = indices[i]!.map((index) => index + 1);
  });
  const rows = await defineQuery({
    name: "reference_order_statistics",
    sql: `SELECT pair.1 AS feature, pair.2 AS picked
      FROM (SELECT arrayJoin([${picks.join(", ")}]) AS pair FROM (SELECT ${aggregates.join(", ")} FROM ${source.sql}))`,
    row: statisticsRow,
    settings: PROFILE_SETTINGS,
  })(client, { ...source.parameters, ...parameters });
  const picked = new Map(rows.map((row) => [row.feature, row.picked]));
  return columns.map(({ count }, i) => sparseColumn(count, indices[i]!, picked.get(i) ?? []));
}

function sparseColumn(
  count: number,
  indices: readonly number[],
  values: readonly number[],
): ArrayLike<number> {
  const column: { length: number; [index: number]: number } = { length: count };
  indices.forEach((index, i) => {
    column[index] = values[i]!;
  });
  return column;
}

/** neededIndices returns, ascending, the positions in a sorted column of `count` values that its quantiles and extremes are read from. */
export function neededIndices(count: number): number[] {
  if (count === 0) return [];
  const indices = new Set<number>([0, count - 1]);
  const deciles = Array.from({ length: 9 }, (_, i): [number, number] => [i + 1, 10]);
  for (const [k, parts] of [...deciles, ...gridCuts()]) {
    const index = Math.floor(((count - 1) * k) / parts);
    indices.add(index);
    indices.add(Math.min(index + 1, count - 1));
  }
  return [...indices].sort((a, b) => a - b);
}
