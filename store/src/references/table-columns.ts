import { open } from "node:fs/promises";
import { LeewayError } from "@leeway/core/errors";
import { asyncBufferFromFile, parquetMetadataAsync, type SchemaElement } from "hyparquet";
import { csvHeader } from "./csv-header.ts";
import type { UploadFormat } from "./upload-mapping.ts";

const HEADER_BYTES = 1024 * 1024;

/** TableColumns are the columns of a table file that can be read as texts, and those that hold lists of numbers. */
export interface TableColumns {
  texts: string[];
  lists: string[];
}

/** tableColumns returns the names of a table file's columns; undefined for NDJSON, where each row names its own. */
export async function tableColumns(path: string, format: UploadFormat): Promise<TableColumns | undefined> {
  switch (format) {
    case "ndjson":
      return undefined;
    case "csv": {
      const header = csvHeader(await beginningOf(path));
      if (header.length === 0) throw new LeewayError("invalid_request", "the CSV has no header line");
      // A data frame writes its row numbers under no name.
      const columns = header.filter((name) => name !== "");
      const twice = columns.find((name, i) => columns.indexOf(name) !== i);
      if (twice !== undefined)
        throw new LeewayError("invalid_request", `the CSV names the column "${twice}" twice`);
      return { texts: columns, lists: [] };
    }
    case "parquet":
      return parquetColumns(path);
    default:
      return format satisfies never;
  }
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString("utf8");
  } finally {
    await file.close();
  }
}

async function parquetColumns(path: string): Promise<TableColumns> {
  try {
    const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    const columns: TableColumns = { texts: [], lists: [] };
    // The schema is a tree written depth first, the root before its children.
    for (let i = 1; i < schema.length; i++) {
      const branch = schema.slice(i, i + 1 + countDescendants(schema, i));
      if (branch.length === 1) columns.texts.push(schema[i]!.name);
      else if (isListOfNumbers(branch)) columns.lists.push(schema[i]!.name);
      i += branch.length - 1;
    }
    return columns;
  } catch (error) {
    throw new LeewayError("invalid_request", "the body is not a Parquet file that can be read", {
      cause: error,
    });
  }
}

const NUMBERS: readonly (string | undefined)[] = ["FLOAT", "DOUBLE", "INT32", "INT64"];

// One path from the column to its numbers that repeats once.
function isListOfNumbers(branch: readonly SchemaElement[]): boolean {
  return (
    NUMBERS.includes(branch.at(-1)?.type) &&
    branch.slice(0, -1).every(({ num_children }) => num_children === 1) &&
    branch.filter(({ repetition_type }) => repetition_type === "REPEATED").length === 1
  );
}

function countDescendants(schema: readonly SchemaElement[], at: number): number {
  let total = 0;
  for (let child = 0; child < (schema[at]?.num_children ?? 0); child++) {
    total += 1 + countDescendants(schema, at + total + 1);
  }
  return total;
}
