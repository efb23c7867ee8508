import { csvProblem } from "./csv-problem.ts";
import { findDelimiter } from "./find-delimiter.ts";
import { parseCsvFields } from "./parse-fields.ts";
import { type CsvRecord, createRecordSplitter } from "./split-records.ts";
import { findEncoding, hasInvalidText, toUtf8 } from "./text-encoding.ts";

/** How much of a text is looked at to find its delimiter; its first line must be shorter. */
const BEGINNING_BYTES = 1024 * 1024;
const SHOWN_OF_HEADER = 120;

/** CsvRow is one row: its number (from 1, the header is none), the line it begins in and the position behind it, in bytes of UTF-8. */
export interface CsvRow {
  readonly fields: readonly string[];
  readonly number: number;
  readonly line: number;
  readonly end: number;
}

/** CsvText is a CSV whose header has been read. */
export interface CsvText {
  /** columns are the trimmed names in the first line. */
  readonly columns: readonly string[];
  readonly delimiter: string;
  /** header is the first line as it was read, cut to a length that can be shown. */
  readonly header: string;
  /** rows yields the rows in order, some at a time; to be called once. A row with more or fewer values than there are columns is refused; see `hasInvalidText` for values. */
  rows(): AsyncIterable<readonly CsvRow[]>;
}

/**
 * openCsvText returns a CSV from its bytes: UTF-8 or UTF-16, with comma, semicolon, tab or vertical bar between the values, all found out from its beginning. What
 * cannot be found out is refused with the first line as it was read. Rows are streamed.
 */
export async function openCsvText(chunks: AsyncIterable<Uint8Array>): Promise<CsvText> {
  const source = chunks[Symbol.asyncIterator]();
  const start = await beginningOf(source, 4_096);
  const text = toUtf8(continued(start, source), findEncoding(start.bytes))[Symbol.asyncIterator]();
  const beginning = await beginningOf(text, BEGINNING_BYTES);
  const end = beginning.isWhole ? beginning.bytes.length : beginning.bytes.lastIndexOf(0x0a) + 1;
  if (end === 0 && !beginning.isWhole) {
    throw csvProblem(`the first line, which names the columns, is longer than ${BEGINNING_BYTES} bytes`);
  }
  const found = findDelimiter(beginning.bytes.subarray(0, end));
  if (found.kind === "unclear") {
    throw csvProblem(
      `the delimiter cannot be found out: expected a comma, semicolon, tab or vertical bar between the names in the first line, which reads ${shown(found.header)}`,
    );
  }
  const records = recordsOf(continued(beginning, text), found.delimiter);
  const first = await records.next();
  if (first.done === true) throw csvProblem("the CSV is empty: expected a first line that names the columns");
  const header = first.value[0] as CsvRecord;
  if (hasInvalidText(header.text)) {
    throw csvProblem(`the first line is no UTF-8 text; it reads ${shown(header.text)}`);
  }
  const columns = parseCsvFields(header.text, found.delimiter).map((name) => name.trim());
  return {
    columns,
    delimiter: found.delimiter,
    header: shown(header.text),
    async *rows() {
      let number = 0;
      const toRows = (some: readonly CsvRecord[]) =>
        some.map((record) => toRow(record, ++number, columns, found.delimiter));
      yield toRows(first.value.slice(1));
      for await (const some of records) yield toRows(some);
    },
  };
}

function toRow(
  { text, line, end }: CsvRecord,
  number: number,
  columns: readonly string[],
  delimiter: string,
): CsvRow {
  const fields = parseCsvFields(text, delimiter);
  if (fields.length !== columns.length) {
    const [values, names] = [fields.length, columns.length];
    throw csvProblem(
      `row ${number} (line ${line}) has ${values} ${values === 1 ? "value" : "values"} where the first line names ${names} ${names === 1 ? "column" : "columns"}`,
    );
  }
  return { fields, number, line, end };
}

async function* recordsOf(chunks: AsyncIterable<Uint8Array>, delimiter: string): AsyncGenerator<CsvRecord[]> {
  const split = createRecordSplitter(delimiter);
  for await (const chunk of chunks) {
    const records = split(chunk);
    if (records.length > 0) yield records;
  }
  const last = split(null);
  if (last.length > 0) yield last;
}

interface Beginning {
  bytes: Uint8Array;
  /** isWhole says that nothing follows. */
  isWhole: boolean;
}

async function beginningOf(source: AsyncIterator<Uint8Array>, size: number): Promise<Beginning> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length < size) {
    const next = await source.next();
    if (next.done === true) return { bytes: joined(pieces, length), isWhole: true };
    pieces.push(next.value.slice());
    length += next.value.length;
  }
  return { bytes: joined(pieces, length), isWhole: false };
}

async function* continued(
  { bytes, isWhole }: Beginning,
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
  if (isWhole) return;
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_OF_HEADER ? `${text.slice(0, SHOWN_OF_HEADER)}…` : text);
}
