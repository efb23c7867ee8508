import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createRecordSplitter } from "@leeway/core/csv";
import { columnNameProblem, refuseColumnNames } from "./column-names.ts";
import { invalidUpload } from "./invalid-upload.ts";
import { embeddingColumns, type UploadMapping } from "./upload-mapping.ts";

const BYTE_ORDER_MARK = "\uFEFF";
const CHUNK_CHARACTERS = 256 * 1024;
const LONE_SURROGATE = /\p{Cs}/u;
const NOT_AN_OBJECT = "is no JSON object (NaN and Infinity are no JSON: write null)";

/** A row as the stage table takes it: texts of values, which of them stood in quotes, which are lists or objects, and vectors. */
interface StagedRow {
  place: number;
  row: Record<string, string | null>;
  quoted: string[];
  nested: string[];
  vectors: Record<string, (number | "nan")[]>;
}

/**
 * writeNdjsonRows writes the rows of an NDJSON to `path` in the form that the stage table takes, and returns the names of all columns. Rows that are no JSON objects are
 * refused by the first of them.
 */
export async function writeNdjsonRows(
  body: Readable,
  path: string,
  mapping: UploadMapping,
): Promise<string[]> {
  const names = new Set<string>();
  const broken = { first: 0, count: 0 };
  async function* lines(): AsyncGenerator<string> {
    const split = createRecordSplitter(undefined);
    let place = 0;
    let text = "";
    const take = (line: string): void => {
      if (line.trim() === "") return;
      place++;
      const value = objectOf(place === 1 ? line.replace(BYTE_ORDER_MARK, "") : line);
      if (value === undefined) {
        if (broken.count++ === 0) broken.first = place;
        return;
      }
      checkRow(line, value, place, names);
      text += `${JSON.stringify(stagedRow(place, value, mapping))}\n`;
    };
    for await (const chunk of body) {
      for (const record of split(chunk as Buffer)) take(record.text);
      if (text.length < CHUNK_CHARACTERS) continue;
      yield text;
      text = "";
    }
    for (const record of split(null)) take(record.text);
    yield text;
  }
  await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }));
  if (broken.count > 0) {
    const more = broken.count > 1 ? `, and ${broken.count - 1} more` : "";
    throw invalidUpload([{ path: "body", message: `row ${broken.first} ${NOT_AN_OBJECT}${more}` }]);
  }
  return [...names];
}

function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Whatever it is, it is no JSON: the caller counts it.
    return undefined;
  }
}

function checkRow(line: string, value: Record<string, unknown>, place: number, names: Set<string>): void {
  const before = names.size;
  for (const name of Object.keys(value)) {
    if (names.has(name)) continue;
    const problem = columnNameProblem(name);
    if (problem !== undefined) throw invalidUpload([{ path: "body", message: `row ${place}: ${problem}` }]);
    names.add(name);
  }
  if (names.size > before) refuseColumnNames([...names]);
  // Only an escape can make half a character.
  if (!line.includes("\\u")) return;
  for (const [name, text] of Object.entries(value)) {
    if (typeof text === "string" && LONE_SURROGATE.test(text)) {
      throw invalidUpload([
        { path: name, message: `row ${place} holds half a character (a lone surrogate)` },
      ]);
    }
  }
}

function stagedRow(place: number, value: Record<string, unknown>, mapping: UploadMapping): StagedRow {
  const vectorColumns = new Set(embeddingColumns(mapping));
  const staged: StagedRow = { place, row: {}, quoted: [], nested: [], vectors: {} };
  const row = new Map<string, string | null>();
  for (const [name, cell] of Object.entries(value)) {
    if (vectorColumns.has(name)) continue;
    switch (typeof cell) {
      case "string":
        row.set(name, cell === "" ? null : cell);
        staged.quoted.push(name);
        break;
      case "object":
        row.set(name, null);
        if (cell !== null) staged.nested.push(name);
        break;
      default:
        row.set(name, String(cell));
    }
  }
  // A column may be named as a property that every object has.
  staged.row = Object.fromEntries(row);
  const vectors = Object.entries(mapping.embeddings ?? {}).flatMap(([name, column]) => {
    const vector = vectorOf(Object.hasOwn(value, column) ? value[column] : null);
    return vector === undefined ? [] : [[name, vector] as const];
  });
  staged.vectors = Object.fromEntries(vectors);
  return staged;
}

/** vectorOf returns a vector; what is no list of numbers is a list with NaN in it, which is refused by its row afterwards. */
function vectorOf(cell: unknown): (number | "nan")[] | undefined {
  if (cell === null || cell === "") return undefined;
  if (!Array.isArray(cell) || cell.length === 0) return ["nan"];
  return cell.map((item) => (typeof item === "number" && Math.abs(item) <= LARGEST_FLOAT ? item : "nan"));
}

const LARGEST_FLOAT = 3.4028234663852886e38;
