import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { OUTPUT_FEATURE } from "../profiles/profile-sql.ts";
import type { RowSource } from "../profiles/row-source.ts";

const PARTS = [10, 256];

const statisticsRow = z.object({ length: z.coerce.number(), picked: z.array(z.number()) });

/** What of a feature is sorted: its numbers, the lengths of its texts, or the model's output. */
export type SortedValue = "number" | "length";

/**
 * orderStatistics returns the sorted values of one feature as an array of which only those entries are filled in that a grid of quantiles reads:
 * the extremes and the neighbours of every cut. So the grid is the same as from the whole sorted column, and the column stays in the engine.
 */
export async function orderStatistics(
  client: ClickHouseClient,
  source: RowSource,
  feature: string,
  count: number,
  value: SortedValue,
): Promise<ArrayLike<number>> {
  // A feature that was null throughout has no numbers to sort.
  if (count === 0) return [];
  const indices = neededIndices(count);
  const [row] = await defineQuery({
    name: "reference_order_statistics",
    sql: `SELECT length(sorted) AS length, arrayMap(i -> sorted[i + 1], {indices:Array(UInt64)}) AS picked
      FROM (SELECT arraySort(groupArray(x)) AS sorted FROM (${valuesSql(source.sql, feature, value)}))`,
    row: statisticsRow,
  })(client, { ...source.parameters, feature, indices });
  const sorted: { length: number; [index: number]: number } = { length: row?.length ?? 0 };
  indices.forEach((index, i) => {
    sorted[index] = row!.picked[i]!;
  });
  return sorted;
}

/** neededIndices returns, ascending, the positions in a sorted column of `count` values that its quantiles and extremes are read from. */
export function neededIndices(count: number): number[] {
  const indices = new Set<number>([0, count - 1]);
  for (const parts of PARTS) {
    for (let k = 1; k < parts; k++) {
      const index = Math.floor(((count - 1) * k) / parts);
      indices.add(index);
      indices.add(Math.min(index + 1, count - 1));
    }
  }
  return [...indices].sort((a, b) => a - b);
}

function valuesSql(rows: string, feature: string, value: SortedValue): string {
  if (feature === OUTPUT_FEATURE)
    return `SELECT assumeNotNull(output) AS x FROM ${rows} WHERE isNotNull(output)`;
  return value === "number"
    ? `SELECT numbers[{feature:String}] AS x FROM ${rows} WHERE mapContains(numbers, {feature:String})`
    : `SELECT toFloat64(lengthUTF8(strings[{feature:String}])) AS x FROM ${rows} WHERE mapContains(strings, {feature:String})`;
}
