import { NAMED_CATEGORIES } from "@leeway/core/profile";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { OUTPUT_FEATURE } from "../profiles/profile-sql.ts";
import type { RowSource } from "../profiles/row-source.ts";

const categoryRow = z.object({ feature: z.string(), categories: z.array(z.string()) });

/** frequentCategories returns the most frequent categories of each string feature (and of the output's class), most frequent first. */
export async function frequentCategories(
  client: ClickHouseClient,
  source: RowSource,
): Promise<ReadonlyMap<string, string[]>> {
  const rows = await defineQuery({
    name: "reference_frequent_categories",
    sql: `SELECT toString(name) AS feature,
        arrayMap(pair -> pair.1, arraySlice(arraySort(pair -> (-pair.2, pair.1), groupArray((category, n))), 1, ${NAMED_CATEGORIES})) AS categories
      FROM (
        SELECT name, category, sum(w) AS n FROM (
          SELECT w, name, category FROM ${source.sql} ARRAY JOIN mapKeys(strings) AS name, mapValues(strings) AS category
          UNION ALL
          SELECT w, toLowCardinality('${OUTPUT_FEATURE}'), assumeNotNull(toString(output_label)) FROM ${source.sql} WHERE isNotNull(output_label)
        )
        GROUP BY name, category
      )
      GROUP BY name`,
    row: categoryRow,
  })(client, source.parameters);
  return new Map(rows.map(({ feature, categories }) => [feature, categories]));
}
