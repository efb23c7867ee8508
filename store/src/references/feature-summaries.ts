import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { OUTPUT_FEATURE } from "../profiles/profile-sql.ts";
import type { RowSource } from "../profiles/row-source.ts";

const summaryRow = z.object({
  feature: z.string(),
  numbers: z.coerce.number(),
  strings: z.coerce.number(),
  booleans: z.coerce.number(),
  nulls: z.coerce.number(),
  distinct_strings: z.coerce.number(),
  mean_length: z.number(),
  mean_words: z.number(),
});

/** FeatureSummary counts the rows that hold a feature by the type of its value, and what its texts look like. */
export type FeatureSummary = z.output<typeof summaryRow>;

/** featureSummaries returns the features (and the output) that the rows of `source` hold, in order of their names. */
export function featureSummaries(client: ClickHouseClient, source: RowSource): Promise<FeatureSummary[]> {
  const rows = source.sql;
  return defineQuery({
    name: "reference_feature_summaries",
    sql: `SELECT toString(name) AS feature, countIf(kind = 1) AS numbers, countIf(kind = 2) AS strings, countIf(kind = 3) AS booleans, countIf(kind = 4) AS nulls,
        uniqExactIf(text, kind = 2) AS distinct_strings,
        if(strings = 0, 0, avgIf(lengthUTF8(text), kind = 2)) AS mean_length,
        if(strings = 0, 0, avgIf(length(splitByWhitespace(text)), kind = 2)) AS mean_words
      FROM (
        SELECT name, 1 AS kind, '' AS text FROM ${rows} ARRAY JOIN mapKeys(numbers) AS name
        UNION ALL
        SELECT name, 2, value FROM ${rows} ARRAY JOIN mapKeys(strings) AS name, mapValues(strings) AS value
        UNION ALL
        SELECT name, 3, '' FROM ${rows} ARRAY JOIN mapKeys(booleans) AS name
        UNION ALL
        SELECT name, 4, '' FROM ${rows} ARRAY JOIN nulls AS name
        UNION ALL
        SELECT toLowCardinality('${OUTPUT_FEATURE}'), 1, '' FROM ${rows} WHERE isNotNull(output)
        UNION ALL
        SELECT toLowCardinality('${OUTPUT_FEATURE}'), 2, assumeNotNull(toString(output_label)) FROM ${rows} WHERE isNotNull(output_label)
      )
      GROUP BY name ORDER BY name`,
    row: summaryRow,
  })(client, source.parameters);
}
