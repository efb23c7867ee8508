import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { finiteNumberSql, isBlankNumberSql } from "./staged-values-sql.ts";
import type { UploadMapping } from "./upload-mapping.ts";

const columnRow = z.object({
  name: z.string(),
  present: z.coerce.number(),
  numbers: z.coerce.number(),
  blanks: z.coerce.number(),
  not_a_number: z.coerce.number(),
  booleans: z.coerce.number(),
  quoted: z.coerce.number(),
});

/** ColumnTypes are an uploaded table's columns by what their values are. */
export interface ColumnTypes {
  numeric: string[];
  categorical: string[];
  boolean: string[];
}

/** columnTypes decides each staged column's type: given by the mapping, else numeric or boolean where every value is one (or a missing number), else categorical. */
export async function columnTypes(
  client: ClickHouseClient,
  table: string,
  mapping: UploadMapping,
): Promise<ColumnTypes> {
  const rows = await defineQuery({
    name: "reference_column_types",
    sql: `SELECT name, countIf(isNotNull(text)) AS present,
        countIf(isNotNull(${finiteNumberSql("text")})) AS numbers, countIf(${isBlankNumberSql("text")}) AS blanks,
        countIf(isNotNull(toFloat64OrNull(ifNull(text, '')))) - numbers AS not_a_number,
        countIf(lower(ifNull(text, '')) IN ('true', 'false')) AS booleans, countIf(has(quoted, name)) AS quoted
      FROM {table:Identifier} ARRAY JOIN mapKeys(row) AS name, mapValues(row) AS text
      GROUP BY name ORDER BY name`,
    row: columnRow,
  })(client, { table });
  const types: ColumnTypes = { numeric: [], categorical: [], boolean: [] };
  for (const { name, present, numbers, blanks, not_a_number, booleans, quoted } of rows) {
    const shown =
      quoted === 0 && numbers + not_a_number > 0 && numbers + blanks === present
        ? "numeric"
        : present > 0 && quoted === 0 && booleans === present
          ? "boolean"
          : "categorical";
    types[mapping.types?.[name] ?? shown].push(name);
  }
  return types;
}
