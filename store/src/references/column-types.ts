import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { booleanSql, finiteNumberSql, isMissingNumberSql, isMissingSql } from "./staged-values-sql.ts";
import type { UploadMapping } from "./upload-mapping.ts";

const columnRow = z.object({
  name: z.string(),
  present: z.coerce.number(),
  numbers: z.coerce.number(),
  blanks: z.coerce.number(),
  odd_numbers: z.coerce.number(),
  booleans: z.coerce.number(),
  quoted: z.coerce.number(),
});

/** ColumnTypes are an uploaded table's columns by what their values are, and those without any value. */
export interface ColumnTypes {
  numeric: string[];
  categorical: string[];
  boolean: string[];
  empty: ReadonlySet<string>;
}

/**
 * columnTypes decides each staged column's type: given by the mapping, else numeric or boolean where every value that is there is one, else categorical. A column of
 * nothing but NaN is one of numbers.
 */
export async function columnTypes(
  client: ClickHouseClient,
  table: string,
  mapping: UploadMapping,
): Promise<ColumnTypes> {
  const rows = await defineQuery({
    name: "reference_column_types",
    sql: `SELECT name, countIf(NOT is_missing) AS present,
        countIf(is_number) AS numbers, countIf(is_blank AND NOT is_missing) AS blanks,
        countIf(isNotNull(text) AND NOT is_number AND isNotNull(toFloat64OrNull(ifNull(text, '')))) AS odd_numbers,
        countIf(isNotNull(${booleanSql("text")})) AS booleans, countIf(NOT is_missing AND has(quoted, name)) AS quoted
      FROM (
        SELECT name, text, quoted, ${isMissingSql("text")} AS is_missing, isNotNull(${finiteNumberSql("text")}) AS is_number,
          ${isMissingNumberSql("text")} AS is_blank
        FROM {table:Identifier} ARRAY JOIN mapKeys(row) AS name, mapValues(row) AS text
      )
      GROUP BY name ORDER BY name`,
    row: columnRow,
  })(client, { table });
  const types: ColumnTypes = { numeric: [], categorical: [], boolean: [], empty: new Set() };
  const empty = new Set<string>();
  for (const { name, present, numbers, blanks, odd_numbers, booleans, quoted } of rows) {
    const isNumeric = quoted === 0 && numbers + odd_numbers > 0 && numbers + blanks === present;
    const isBoolean = present > 0 && quoted === 0 && booleans === present;
    const shown = isNumeric ? "numeric" : isBoolean ? "boolean" : "categorical";
    types[mapping.types?.[name] ?? shown].push(name);
    if (present === 0) empty.add(name);
  }
  return { ...types, empty };
}
