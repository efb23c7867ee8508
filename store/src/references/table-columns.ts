import { open } from "node:fs/promises";
import { LeewayError } from "@leeway/core/errors";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
import { csvHeader } from "./csv-header.ts";
import type { UploadFormat } from "./upload-mapping.ts";

const HEADER_BYTES = 1024 * 1024;

/** tableColumns returns the names of a table file's columns; undefined for NDJSON, where each row names its own. */
export async function tableColumns(path: string, format: UploadFormat): Promise<string[] | undefined> {
  switch (format) {
    case "ndjson":
      return undefined;
    case "csv": {
      const columns = csvHeader(await beginningOf(path));
      if (columns.length === 0) throw new LeewayError("invalid_request", "the CSV has no header line");
      const twice = columns.find((name, i) => columns.indexOf(name) !== i);
      if (twice !== undefined)
        throw new LeewayError("invalid_request", `the CSV names the column "${twice}" twice`);
      return columns;
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

async function parquetColumns(path: string): Promise<string[]> {
  try {
    const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    const names: string[] = [];
    // The schema is a tree written depth first, the root before its children; only plain columns are features.
    for (let i = 1; i < schema.length; i++) {
      const descendants = countDescendants(schema, i);
      if (descendants === 0) names.push(schema[i]!.name);
      i += descendants;
    }
    return names;
  } catch (error) {
    throw new LeewayError("invalid_request", "the body is not a Parquet file that can be read", {
      cause: error,
    });
  }
}

function countDescendants(schema: readonly { num_children?: number }[], at: number): number {
  let total = 0;
  for (let child = 0; child < (schema[at]?.num_children ?? 0); child++) {
    total += 1 + countDescendants(schema, at + total + 1);
  }
  return total;
}
