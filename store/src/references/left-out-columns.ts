import { mappedColumns, type UploadMapping } from "./upload-mapping.ts";

/** LeftOutColumn is a column of an upload that became no feature, and why. */
export interface LeftOutColumn {
  column: string;
  reason: "row_numbers";
}

/** The names under which data frames write their row numbers. */
const ROW_NUMBERS = /^(?:__index_level_\d+__|Unnamed: \d+)$/;

/** leftOutColumns returns the columns that a data frame wrote as its index and that the mapping gives no meaning: they number rows and are no features. */
export function leftOutColumns(
  names: readonly string[],
  indexes: readonly string[],
  mapping: UploadMapping,
): LeftOutColumn[] {
  const meant = new Set([...mappedColumns(mapping), ...(mapping.features ?? [])]);
  return names
    .filter((name) => !meant.has(name) && (ROW_NUMBERS.test(name) || indexes.includes(name)))
    .map((column) => ({ column, reason: "row_numbers" }));
}
