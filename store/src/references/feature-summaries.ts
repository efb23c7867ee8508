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

// The names differ from the rows' own columns: an alias would hide them.
const PARTIAL_COLUMNS =
  "feature, number_rows, boolean_rows, null_rows, string_rows, distinct_texts, characters, words";

const counts = (kind: "number_rows" | "boolean_rows" | "null_rows", rows: string, names: string) =>
  `SELECT toString(name) AS feature, ${["number_rows", "boolean_rows", "null_rows"]
    .map((column) => `${column === kind ? "count()" : "0"} AS ${column}`)
    .join(", ")}, 0 AS string_rows, 0 AS distinct_texts, 0 AS characters, 0 AS words
    FROM ${rows} ARRAY JOIN ${names} AS name GROUP BY name`;

const texts = (rows: string) =>
  `SELECT toString(name) AS feature, 0 AS number_rows, 0 AS boolean_rows, 0 AS null_rows, count() AS string_rows,
    uniqExact(text) AS distinct_texts, sum(lengthUTF8(text)) AS characters, sum(length(splitByWhitespace(text))) AS words
    FROM ${rows} GROUP BY name`;

/** featureSummaries returns the features (and the output) that the rows of `source` hold, in order of their names. */
export function featureSummaries(client: ClickHouseClient, source: RowSource): Promise<FeatureSummary[]> {
  const rows = source.sql;
  const featureText = `(SELECT name, text FROM ${rows} ARRAY JOIN mapKeys(strings) AS name, mapValues(strings) AS text)`;
  const outputText = `(SELECT '${OUTPUT_FEATURE}' AS name, assumeNotNull(toString(output_label)) AS text FROM ${rows} WHERE isNotNull(output_label))`;
  const parts = [
    counts("number_rows", rows, "number_names"),
    counts("number_rows", rows, `if(isNotNull(output), ['${OUTPUT_FEATURE}'], [])`),
    counts("boolean_rows", rows, "boolean_names"),
    counts("null_rows", rows, "nulls"),
    texts(featureText),
    texts(outputText),
  ];
  return defineQuery({
    name: "reference_feature_summaries",
    sql: `SELECT feature, sum(number_rows) AS numbers, sum(string_rows) AS strings, sum(boolean_rows) AS booleans, sum(null_rows) AS nulls,
        sum(distinct_texts) AS distinct_strings,
        sum(characters) / greatest(1, strings) AS mean_length, sum(words) / greatest(1, strings) AS mean_words
      FROM (${parts.map((part) => `SELECT ${PARTIAL_COLUMNS} FROM (${part})`).join(" UNION ALL ")})
      GROUP BY feature ORDER BY feature`,
    row: summaryRow,
  })(client, source.parameters);
}
