import { csvProblem } from "./csv-problem.ts";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const SPACE = 0x20;

/** The longest record that is taken: a row of many columns and vectors fits, a quote that is never closed must not fill the memory. */
const LONGEST_RECORD = 16 * 1024 * 1024;

/** CsvRecord is the text of one record, the line it begins in (from 1) and the position behind it. */
export interface CsvRecord {
  readonly text: string;
  readonly line: number;
  readonly end: number;
}

/** RecordSplitter takes bytes as they come and returns the records that they complete; null ends the text. */
export type RecordSplitter = (bytes: Uint8Array | null) => CsvRecord[];

/** The places within a record; a quote opens a value only where the value begins. */
const AT = { start: 0, plain: 1, quoted: 2, closed: 3 } as const;

/**
 * createRecordSplitter returns a function that cuts bytes into records. A line end within quotes belongs to its value (RFC 4180); without a `delimiter` quotes mean
 * nothing and every line is a record. Empty lines are no records. A quote that is not closed, or closed in the middle of a value, is refused with its line. O(bytes);
 * holds one record.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one machine over bytes, whose steps share its place
export function createRecordSplitter(delimiter: string | undefined): RecordSplitter {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const delimiterByte = delimiter?.charCodeAt(0);
  let pieces: Uint8Array[] = [];
  let held = 0;
  let place: (typeof AT)[keyof typeof AT] = AT.start;
  let line = 1;
  let recordLine = 1;
  let quoteLine = 1;
  let position = 0;

  function textOf(last: Uint8Array): string {
    const bytes = pieces.length === 0 ? last : joined([...pieces, last], held + last.length);
    pieces = [];
    held = 0;
    const end = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
    return decoder.decode(bytes.subarray(0, end));
  }

  function hold(piece: Uint8Array): void {
    if (piece.length === 0) return;
    // The caller may use its buffer again.
    pieces.push(piece.slice());
    held += piece.length;
    if (held <= LONGEST_RECORD) return;
    const cause = place === AT.quoted ? `; a quote opens in line ${quoteLine} and is not closed` : "";
    throw csvProblem(`the record in line ${recordLine} is longer than ${LONGEST_RECORD} bytes${cause}`);
  }

  function step(byte: number): void {
    switch (place) {
      case AT.start:
      case AT.plain:
        if (byte === delimiterByte) place = AT.start;
        else if (byte === QUOTE && place === AT.start) {
          place = AT.quoted;
          quoteLine = line;
        } else place = AT.plain;
        return;
      case AT.quoted:
        if (byte === QUOTE) place = AT.closed;
        return;
      case AT.closed:
        if (byte === QUOTE) place = AT.quoted;
        else if (byte === delimiterByte) place = AT.start;
        else if (byte !== RETURN && byte !== SPACE) {
          throw csvProblem(
            `a quoted value begins in line ${quoteLine}, and text follows its closing quote in line ${line}: a quote is missing, or one within the value is not doubled`,
          );
        }
        return;
      default:
        place satisfies never;
    }
  }

  function cut(bytes: Uint8Array): CsvRecord[] {
    const records: CsvRecord[] = [];
    let from = 0;
    const hasQuotes = delimiterByte !== undefined && (place >= AT.quoted || bytes.includes(QUOTE));
    for (let at = 0; at < bytes.length; at++) {
      if (hasQuotes) {
        const byte = bytes[at] as number;
        if (byte !== NEWLINE) {
          step(byte);
          continue;
        }
        line++;
        if (place === AT.quoted) continue;
      } else {
        const next = bytes.indexOf(NEWLINE, at);
        if (next === -1) {
          // What is held back may end in the middle of a value.
          place = delimiterByte === bytes.at(-1) ? AT.start : AT.plain;
          break;
        }
        at = next;
        line++;
      }
      const text = textOf(bytes.subarray(from, at));
      if (text !== "") records.push({ text, line: recordLine, end: position + at + 1 });
      from = at + 1;
      recordLine = line;
      place = AT.start;
    }
    hold(bytes.subarray(from));
    position += bytes.length;
    return records;
  }

  return (bytes) => {
    if (bytes !== null) return cut(bytes);
    if (place === AT.quoted) throw csvProblem(`the quote that opens in line ${quoteLine} is never closed`);
    const text = textOf(new Uint8Array());
    return text === "" ? [] : [{ text, line: recordLine, end: position }];
  };
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
