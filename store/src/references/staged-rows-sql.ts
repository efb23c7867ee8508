import type { QueryParameter } from "../client/query-parameter.ts";
import type { ColumnTypes } from "./column-types.ts";
import { rowMoments, rowProblemsSql } from "./row-problems.ts";
import {
  booleanSql,
  canonicalTextSql,
  classNameSql,
  finiteNumberSql,
  isMissingNumberSql,
  isMissingSql,
  momentSql,
} from "./staged-values-sql.ts";
import { mappedColumns, type UploadMapping } from "./upload-mapping.ts";

/** StagedRows say what of a staged table becomes rows of a reference. */
export interface StagedRows {
  project: string;
  referenceId: string;
  table: string;
  mapping: UploadMapping;
  types: ColumnTypes;
  now: number;
}

/** What a staged text becomes; columns without one are no features. */
const USE = { none: 0, number: 1, string: 2, boolean: 3, tag: 4, null: 5 } as const;
type Use = (typeof USE)[keyof typeof USE];

/**
 * stagedRowsSql returns the INSERT … SELECT that types the staged texts, each in its one spelling: what is declared a number or boolean and is none stays a text, and
 * shows as a wrong type; rows in which something cannot be read are left out. It goes through the columns of a row once: what looks a name up in the row for each of them
 * takes a copy of the row for each.
 */
export function stagedRowsSql(staged: StagedRows): {
  sql: string;
  parameters: Record<string, QueryParameter>;
} {
  const { mapping } = staged;
  const uses = columnUses(staged);
  const problems = rowProblemsSql(mapping, staged.now);
  const text = (column: string | undefined) => (column === undefined ? "NULL" : `row[{${column}:String}]`);
  const sql = `INSERT INTO reference_rows (project, reference_id, timestamp, weight, numbers, strings, booleans, nulls,
      predicted_label, score, predicted_value, label, label_value, tags, embeddings, place)
    WITH
      mapKeys(row) AS names,
      mapValues(row) AS texts,
      arrayMap(name -> transform(toString(name), {columns:Array(String)}, {uses:Array(UInt8)}, ${USE.none}), names) AS column_uses,
      arrayMap((use, value) -> if(use = ${USE.number}, ${finiteNumberSql("value")}, NULL), column_uses, texts) AS finite_numbers,
      arrayMap((use, value, number) -> multiIf(
        use = ${USE.none}, ${USE.none},
        use = ${USE.tag}, if(isNull(value), ${USE.none}, ${USE.tag}),
        ${isMissingSql("value")}, ${USE.null},
        use = ${USE.string} OR (use = ${USE.number} AND isNotNull(number)), use,
        use = ${USE.boolean}, if(${isFlagSql("value")}, use, ${USE.string}),
        ${isMissingNumberSql("value")}, ${USE.null}, ${USE.string}), column_uses, texts, finite_numbers) AS value_uses,
      arrayMap((use, value) -> if(use = ${USE.string}, ${canonicalTextSql("value")}, value), value_uses, texts) AS spelled_texts
    SELECT {project:String}, {referenceId:String}, ${timestampSql(mapping, staged.now)},
      ${mapping.weight === undefined ? "1" : `ifNull(${finiteNumberSql(text("weight"))}, 1)`},
      ${mapOf(USE.number, "finite_numbers", "0")},
      ${mapOf(USE.string, "spelled_texts", "''")},
      mapApply((name, value) -> (name, ${booleanSql("value")} OR ${canonicalTextSql("value")} = '1'), ${mapOf(USE.boolean, "texts", "''")}),
      ${only(USE.null, "names")},
      ${mapping.predicted_label === undefined ? "NULL" : classNameSql(text("predictedLabel"))},
      ${mapping.score === undefined ? "NULL" : finiteNumberSql(text("score"))},
      ${mapping.predicted_value === undefined ? "NULL" : finiteNumberSql(text("predictedValue"))},
      ${mapping.label === undefined ? "NULL" : classNameSql(text("label"))},
      ${mapping.label_value === undefined ? "NULL" : finiteNumberSql(text("labelValue"))},
      ${mapOf(USE.tag, "texts", "''")},
      vectors, place
    FROM {table:Identifier} WHERE empty(${problems.sql})`;
  return {
    sql,
    parameters: {
      project: staged.project,
      referenceId: staged.referenceId,
      table: staged.table,
      now: staged.now,
      columns: [...uses.keys()],
      uses: [...uses.values()],
      ...problems.parameters,
      ...named({
        timestamp: mapping.timestamp,
        weight: mapping.weight,
        predictedLabel: mapping.predicted_label,
        score: mapping.score,
        predictedValue: mapping.predicted_value,
        label: mapping.label,
        labelValue: mapping.label_value,
      }),
    },
  };
}

function columnUses({ mapping, types }: StagedRows): Map<string, Use> {
  const mapped = new Set(mappedColumns(mapping));
  const isFeature = (name: string) => !mapped.has(name) && (mapping.features?.includes(name) ?? true);
  // A list of none has no type.
  const uses = new Map<string, Use>([["", USE.none]]);
  const add = (names: readonly string[], use: Use) => {
    for (const name of names.filter(isFeature)) uses.set(name, use);
  };
  add(types.numeric, USE.number);
  add(types.categorical, USE.string);
  add(types.boolean, USE.boolean);
  for (const name of mapping.tags ?? []) uses.set(name, USE.tag);
  return uses;
}

const only = (use: Use, values: string) => `arrayFilter((x, u) -> u = ${use}, ${values}, value_uses)`;

function mapOf(use: Use, values: string, none: string): string {
  return `mapFromArrays(${only(use, "names")}, arrayMap(x -> ifNull(x, ${none}), ${only(use, values)}))`;
}

// Rows of a table without times are taken as sent now.
function timestampSql(mapping: UploadMapping, now: number): string {
  if (mapping.timestamp === undefined) return "fromUnixTimestamp64Milli({now:Int64}, 'UTC')";
  return `assumeNotNull(${momentSql("row[{timestamp:String}]", rowMoments(now))})`;
}

// A column that is declared boolean may be written with 1 and 0.
function isFlagSql(text: string): string {
  return `(isNotNull(${booleanSql(text)}) OR ${canonicalTextSql(text)} IN ('0', '1'))`;
}

function named(columns: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
