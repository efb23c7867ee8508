import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, type SchemaElement } from "hyparquet";
import { z } from "zod";
import { invalidUpload } from "./invalid-upload.ts";

/** TableColumns are the columns of a table file that can be read as texts, those that hold lists of numbers, and those that hold anything else. */
export interface TableColumns {
  texts: string[];
  lists: string[];
  nested: string[];
  /** Columns that a data frame wrote as its index. */
  indexes: string[];
}

/** parquetColumns returns the columns of a Parquet file by its footer. A file without one that can be read is `invalid_request`. */
export async function parquetColumns(path: string): Promise<TableColumns> {
  try {
    return columnsOf(await parquetMetadataAsync(await asyncBufferFromFile(path)));
  } catch (error) {
    const message = "the body is no Parquet file, or not all of one: its footer cannot be read";
    throw invalidUpload([{ path: "body", message }], error);
  }
}

function columnsOf(metadata: FileMetaData): TableColumns {
  const schema = footerSchema.parse(metadata.schema);
  const columns: TableColumns = { texts: [], lists: [], nested: [], indexes: pandasIndexes(metadata) };
  // The schema is a tree written depth first, the root before its children.
  for (let i = 1; i < schema.length; i++) {
    const branch = metadata.schema.slice(i, branchEnd(metadata.schema, i));
    const { name } = schema[i] as { name: string };
    if (branch.length === 1) columns.texts.push(name);
    else if (isListOfNumbers(branch)) columns.lists.push(name);
    else columns.nested.push(name);
    i += branch.length - 1;
  }
  return columns;
}

// A broken footer may be read without a word and lack what the format demands.
const footerSchema = z.array(z.looseObject({ name: z.string() })).min(1);

const NUMBERS: readonly (string | undefined)[] = ["FLOAT", "DOUBLE", "INT32", "INT64"];

// One path from the column to its numbers that repeats once.
function isListOfNumbers(branch: readonly SchemaElement[]): boolean {
  return (
    NUMBERS.includes(branch.at(-1)?.type) &&
    branch.slice(0, -1).every(({ num_children }) => num_children === 1) &&
    branch.filter(({ repetition_type }) => repetition_type === "REPEATED").length === 1
  );
}

/** branchEnd returns the position behind the last descendant of the element at `at`. What a file says of its children may be wrong: nothing lies behind the end. */
function branchEnd(schema: readonly SchemaElement[], at: number): number {
  let open = 1;
  let end = at;
  while (open > 0 && end < schema.length) {
    open += Math.max(0, schema[end]?.num_children ?? 0) - 1;
    end++;
  }
  return end;
}

function pandasIndexes({ key_value_metadata = [] }: FileMetaData): string[] {
  const text = key_value_metadata.find(({ key }) => key === "pandas")?.value;
  if (text === undefined) return [];
  try {
    const { index_columns } = JSON.parse(text) as { index_columns?: unknown };
    return Array.isArray(index_columns) ? index_columns.filter((name) => typeof name === "string") : [];
  } catch {
    // A note of another program that can't be read says nothing about the columns.
    return [];
  }
}
