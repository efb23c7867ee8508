import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type CsvRow, openCsvText } from "@leeway/core/csv";
import type { Cell, Table, TableRow } from "./table.ts";

/**
 * openCsv returns a CSV file (also gzipped, `.gz`) as a table, read as the server reads one: encoding and delimiter are found out, and what cannot be read is refused with
 * its line. Rows are streamed; positions are bytes of its text as UTF-8.
 */
export async function openCsv(path: string): Promise<Table> {
  const isPacked = path.endsWith(".gz");
  const beginning = openBytes(path, isPacked);
  const { columns } = await openCsvText(beginning);
  beginning.destroy();
  return {
    columns,
    size: isPacked ? null : (await stat(path)).size,
    async *rows(from) {
      const csv = await openCsvText(openBytes(path, isPacked));
      for await (const rows of csv.rows()) {
        const next = rows.filter(({ end }) => end > from);
        if (next.length > 0) yield next.map((row): TableRow => toRow(row, columns));
      }
    },
  };
}

function openBytes(path: string, isPacked: boolean): Readable {
  const bytes = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (!isPacked) return bytes;
  const unpacked = createGunzip();
  bytes.on("error", (error) => unpacked.destroy(error));
  return bytes.pipe(unpacked);
}

function toRow({ fields, number, end }: CsvRow, columns: readonly string[]): TableRow {
  const cells: Record<string, Cell> = {};
  for (const [index, name] of columns.entries()) cells[name] = fields[index] || null;
  return { cells, number, end };
}
