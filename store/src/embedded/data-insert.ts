import { quoteLiteral } from "./bind-parameters.ts";
import { sqlSpans } from "./sql-code.ts";

/** DataInsert is an INSERT whose rows come with the request: where a file clause goes, and where inline data begins. */
export interface DataInsert {
  /** The statement up to the place for `FROM INFILE`. */
  head: string;
  /** Settings and format, that follow the file clause. */
  tail: string;
  /** Offset of data that stands in the statement itself, its length where there is none. */
  dataStart: number;
}

interface Word {
  text: string;
  start: number;
  end: number;
}

/** parseDataInsert returns how to feed rows to `sql`, or undefined where it is not an INSERT that waits for data. */
export function parseDataInsert(sql: string): DataInsert | undefined {
  const words = topLevelWords(sql);
  if (words[0]?.text !== "INSERT") return undefined;
  const stop = words.findIndex(({ text }) => ["FORMAT", "VALUES", "SELECT", "WITH", "FROM"].includes(text));
  const keyword = words[stop];
  if (keyword === undefined || !["FORMAT", "VALUES"].includes(keyword.text)) return undefined;
  const settings = words.slice(0, stop).find(({ text }) => text === "SETTINGS");
  const clauseStart = settings?.start ?? keyword.start;
  const settingsText = settings === undefined ? "" : sql.slice(settings.start, keyword.start);
  if (keyword.text === "VALUES") {
    if (sql.slice(keyword.end).trim() !== "") return undefined;
    return { head: sql.slice(0, clauseStart), tail: `${settingsText}FORMAT Values`, dataStart: sql.length };
  }
  const format = words[stop + 1];
  if (format === undefined) return undefined;
  const formatName = sql.slice(format.start, format.end);
  return {
    head: sql.slice(0, clauseStart),
    tail: `${settingsText}FORMAT ${formatName}`,
    dataStart: format.end,
  };
}

/** insertFromFile returns the statement that reads the rows of `insert` from a file; `compression` names the file's, if it has one. */
export function insertFromFile(insert: DataInsert, path: string, compression: string | undefined): string {
  const codec = compression === undefined ? "'none'" : quoteLiteral(compression);
  return `${insert.head} FROM INFILE ${quoteLiteral(path)} COMPRESSION ${codec} ${insert.tail}`;
}

// Words outside parentheses, up to and including the word after FORMAT: what follows may be megabytes of data.
function topLevelWords(sql: string): Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (const span of sqlSpans(sql.slice(0, 65_536))) {
    if (span.kind === "opaque") continue;
    for (const match of sql.slice(span.start, span.end).matchAll(/[()]|\w+/g)) {
      if (match[0] === "(") depth++;
      else if (match[0] === ")") depth--;
      else if (depth === 0) {
        const start = span.start + match.index;
        words.push({ text: match[0].toUpperCase(), start, end: start + match[0].length });
        if (words.at(-2)?.text === "FORMAT") return words;
      }
    }
  }
  return words;
}
