const NEWLINE = 0x0a;
const QUOTE = 0x22;

/** CsvRecord is the text of one record and the position behind it. */
export interface CsvRecord {
  readonly text: string;
  readonly end: number;
}

/**
 * createCsvSplitter returns a function that takes bytes as they come and returns the records completed by them; called with
 * null it returns the last record, which may lack its line end. A line end within quotes belongs to the field (RFC 4180).
 * O(bytes); holds one record.
 *
 * @param start position of the first byte
 */
export function createCsvSplitter(start: number): (bytes: Uint8Array | null) => CsvRecord[] {
  let rest: Buffer = Buffer.alloc(0);
  let restAt = start;

  return (bytes) => {
    if (bytes === null) {
      const text = toText(rest, 0, rest.length);
      return text === "" ? [] : [{ text, end: restAt + rest.length }];
    }
    const data = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([rest, bytes]);
    const records: CsvRecord[] = [];
    let recordStart = 0;
    let isQuoted = false;
    let quote = data.indexOf(QUOTE);
    for (let at = data.indexOf(NEWLINE); at >= 0; at = data.indexOf(NEWLINE, at + 1)) {
      for (; quote >= 0 && quote < at; quote = data.indexOf(QUOTE, quote + 1)) isQuoted = !isQuoted;
      if (isQuoted) continue;
      const text = toText(data, recordStart, at);
      recordStart = at + 1;
      if (text !== "") records.push({ text, end: restAt + recordStart });
    }
    rest = data.subarray(recordStart);
    restAt += recordStart;
    return records;
  };
}

function toText(data: Buffer, start: number, end: number): string {
  const isCarriageReturn = end > start && data[end - 1] === 0x0d;
  return data.toString("utf8", start, isCarriageReturn ? end - 1 : end);
}

/**
 * parseCsvFields returns the fields of one record; doubled quotes within quotes stand for one.
 *
 * @example
 * parseCsvFields('a,"b, ""c""",', ","); // ["a", 'b, "c"', ""]
 */
export function parseCsvFields(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      let close = at + 1;
      while (close < text.length && !(text[close] === '"' && text[close + 1] !== '"')) {
        close += text[close] === '"' ? 2 : 1;
      }
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
    } else {
      const next = text.indexOf(delimiter, at);
      fields.push(text.slice(at, next < 0 ? undefined : next));
      at = next < 0 ? text.length : next;
    }
    if (at >= text.length) return fields;
    at += delimiter.length;
  }
}
