import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { openCsvText } from "@leeway/core/csv";
import { invalidUpload } from "./invalid-upload.ts";

const ESCAPED = /[\\\t\n\r]/;
const CHUNK_CHARACTERS = 256 * 1024;

/** CsvTable is a CSV laid down as a file that an engine reads by place: its columns, and those without a name, which are left out. */
export interface CsvTable {
  columns: string[];
  unnamed: number;
  header: string;
}

/** writeCsvRows writes the rows of a CSV to `path` as tab-separated texts in the order of the named columns; an empty value is `\N`. `check` refuses names before any row is read. */
export async function writeCsvRows(
  body: Readable,
  path: string,
  check: (columns: string[], header: string) => void,
): Promise<CsvTable> {
  const csv = await openCsvText(body);
  const kept = csv.columns.flatMap((name, at) => (name === "" ? [] : [at]));
  const columns = kept.map((at) => csv.columns[at] as string);
  if (columns.length === 0) {
    throw invalidUpload([
      { path: "body", message: `the first line names no column; it reads ${csv.header}` },
    ]);
  }
  check(columns, csv.header);
  async function* lines(): AsyncGenerator<string> {
    let text = "";
    for await (const rows of csv.rows()) {
      for (const { fields } of rows) {
        text += `${kept.map((at) => cellOf(fields[at] as string)).join("\t")}\n`;
        if (text.length < CHUNK_CHARACTERS) continue;
        yield text;
        text = "";
      }
    }
    yield text;
  }
  await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }));
  return { columns, unnamed: csv.columns.length - columns.length, header: csv.header };
}

function cellOf(field: string): string {
  if (field === "") return "\\N";
  if (!ESCAPED.test(field)) return field;
  return field
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}
