import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type CsvRecord, createCsvSplitter, parseCsvFields } from "./csv-records.ts";
import type { Cell, Table, TableRow } from "./table.ts";

const BYTE_ORDER_MARK = "\uFEFF";

/** openCsv returns a CSV file (also gzipped, `.gz`) as a table; its first record names the columns. Rows are streamed. */
export async function openCsv(path: string): Promise<Table> {
  const isPacked = path.endsWith(".gz");
  const header = await readHeader(path, isPacked);
  const delimiter = pickDelimiter(header.text);
  const columns = parseCsvFields(header.text.replace(BYTE_ORDER_MARK, ""), delimiter).map((name) =>
    name.trim(),
  );
  return {
    columns,
    size: isPacked ? null : (await stat(path)).size,
    async *rows(from) {
      for await (const records of readRecords(path, isPacked, Math.max(from, header.end))) {
        yield records.map(
          (record): TableRow => ({ cells: toCells(record, columns, delimiter), end: record.end }),
        );
      }
    },
  };
}

async function readHeader(path: string, isPacked: boolean): Promise<CsvRecord> {
  for await (const records of readRecords(path, isPacked, 0)) {
    if (records[0] !== undefined) return records[0];
  }
  return { text: "", end: 0 };
}

async function* readRecords(path: string, isPacked: boolean, from: number): AsyncIterable<CsvRecord[]> {
  const split = createCsvSplitter(from);
  // A packed file can't be entered in the middle: what comes before is unpacked and passed over.
  let skip = isPacked ? from : 0;
  for await (const chunk of openBytes(path, isPacked, from)) {
    const bytes = chunk as Buffer;
    const passed = Math.min(skip, bytes.length);
    skip -= passed;
    if (passed < bytes.length) yield split(bytes.subarray(passed));
  }
  yield split(null);
}

function openBytes(path: string, isPacked: boolean, from: number): Readable {
  if (!isPacked) return createReadStream(path, { start: from, highWaterMark: 256 * 1024 });
  const packed = createReadStream(path);
  const unpacked = createGunzip();
  packed.on("error", (error) => unpacked.destroy(error));
  return packed.pipe(unpacked);
}

function pickDelimiter(header: string): string {
  const counts = [",", ";", "\t"].map((mark): [string, number] => [mark, header.split(mark).length]);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function toCells(record: CsvRecord, columns: readonly string[], delimiter: string): Record<string, Cell> {
  const fields = parseCsvFields(record.text, delimiter);
  const cells: Record<string, Cell> = {};
  for (const [index, name] of columns.entries()) {
    const field = fields[index];
    cells[name] = field === undefined || field === "" ? null : field;
  }
  return cells;
}
