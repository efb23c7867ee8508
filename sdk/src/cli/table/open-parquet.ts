import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { Cell, Table, TableRow } from "./table.ts";

const ROWS_AT_A_TIME = 20_000;

/** openParquet returns a Parquet file as a table, read some rows at a time; positions are row numbers. */
export async function openParquet(path: string): Promise<Table> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const size = Number(metadata.num_rows);
  const columns = metadata.schema
    .filter((element) => element.num_children === undefined)
    .map(({ name }) => name);
  return {
    columns,
    size,
    async *rows(from) {
      for (let rowStart = from; rowStart < size; rowStart += ROWS_AT_A_TIME) {
        const rowEnd = Math.min(size, rowStart + ROWS_AT_A_TIME);
        const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
        yield rows.map(
          (row, index): TableRow => ({
            cells: toCells(row),
            number: rowStart + index + 1,
            end: rowStart + index + 1,
          }),
        );
      }
    },
  };
}

function toCells(row: Record<string, unknown>): Record<string, Cell> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toCell(value)]));
}

function toCell(value: unknown): Cell {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return value;
    case "bigint": {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : String(value);
    }
    default:
      if (value === null || value === undefined) return null;
      return value instanceof Date ? value : JSON.stringify(value);
  }
}
