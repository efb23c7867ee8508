import type { QueryParameter } from "../client/define-query.ts";
import type { ColumnTypes } from "./column-types.ts";
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

const present = (columns: string) => `arrayFilter(c -> isNotNull(row[c]), ${columns})`;
const number = (text: string) => `toFloat64OrNull(ifNull(${text}, ''))`;

/** stagedRowsSql returns the INSERT … SELECT that types the staged texts: what is declared a number and is none stays a text, and shows as a wrong type. */
export function stagedRowsSql(staged: StagedRows): {
  sql: string;
  parameters: Record<string, QueryParameter>;
} {
  const { mapping, types } = staged;
  const mapped = new Set(mappedColumns(mapping));
  const features = (names: readonly string[]) =>
    names.filter(
      (name) => !mapped.has(name) && (mapping.features === undefined || mapping.features.includes(name)),
    );
  const text = (column: string | undefined) => (column === undefined ? "NULL" : `row[{${column}:String}]`);
  const sql = `INSERT INTO reference_rows (project, reference_id, timestamp, weight, numbers, strings, booleans, nulls,
      predicted_label, score, predicted_value, label, label_value, tags)
    WITH
      arrayFilter(c -> isFinite(ifNull(${number("row[c]")}, nan)), ${present("{numeric:Array(String)}")}) AS number_names,
      arrayFilter(c -> NOT has(number_names, c), ${present("{numeric:Array(String)}")}) AS stray_names,
      arrayConcat(${present("{categorical:Array(String)}")}, stray_names) AS string_names,
      ${present("{booleans:Array(String)}")} AS boolean_names,
      arrayConcat({numeric:Array(String)}, {categorical:Array(String)}, {booleans:Array(String)}) AS all_names
    SELECT {project:String}, {referenceId:String}, ${timestampSql(mapping)},
      ${mapping.weight === undefined ? "1" : `ifNull(${number(text("weight"))}, 1)`},
      mapFromArrays(number_names, arrayMap(c -> ifNull(${number("row[c]")}, 0), number_names)),
      mapFromArrays(string_names, arrayMap(c -> ifNull(row[c], ''), string_names)),
      mapFromArrays(boolean_names, arrayMap(c -> lower(ifNull(row[c], '')) IN ('true', '1'), boolean_names)),
      arrayFilter(c -> mapContains(row, c) AND isNull(row[c]), all_names),
      ${mapping.predicted_label === undefined ? "NULL" : text("predictedLabel")},
      ${mapping.score === undefined ? "NULL" : number(text("score"))},
      ${mapping.predicted_value === undefined ? "NULL" : number(text("predictedValue"))},
      ${mapping.label === undefined ? "NULL" : text("label")},
      ${mapping.label_value === undefined ? "NULL" : number(text("labelValue"))},
      mapFromArrays(${present("{tags:Array(String)}")}, arrayMap(c -> ifNull(row[c], ''), ${present("{tags:Array(String)}")}))
    FROM {table:Identifier}`;
  return {
    sql,
    parameters: {
      project: staged.project,
      referenceId: staged.referenceId,
      table: staged.table,
      now: staged.now,
      numeric: features(types.numeric),
      categorical: features(types.categorical),
      booleans: features(types.boolean),
      tags: mapping.tags ?? [],
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

// Epoch milliseconds or any common way of writing a moment; rows without one are taken as sent now.
function timestampSql(mapping: UploadMapping): string {
  const now = "fromUnixTimestamp64Milli({now:Int64}, 'UTC')";
  if (mapping.timestamp === undefined) return now;
  const text = "ifNull(row[{timestamp:String}], '')";
  return `multiIf(match(${text}, '^[0-9]{11,14}$'), fromUnixTimestamp64Milli(toInt64OrZero(${text}), 'UTC'),
    isNotNull(parseDateTime64BestEffortOrNull(${text}, 3, 'UTC')), assumeNotNull(parseDateTime64BestEffortOrNull(${text}, 3, 'UTC')), ${now})`;
}

function named(columns: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
