import { quoteLiteral } from "./bind-parameters.ts";
import { sqlSpans } from "./sql-code.ts";

/** DataInsert is an INSERT whose rows come with the request. */
export interface DataInsert {
  /** `rows` go into the table as they are; `input` is a SELECT that reads them through the `input` table function. */
  kind: "rows" | "input";
  /** The statement up to the place of the file. */
  head: string;
  /** What follows the file: settings and format, or the rest of the SELECT. */
  tail: string;
  format: string;
  /** The columns that `input` declares, as the literal it stands in; empty for `rows`. */
  structure: string;
  /** Offset of data that stands in the statement itself, its length where there is none. */
  dataStart: number;
}

interface Word {
  text: string;
  start: number;
  end: number;
}

// What follows FORMAT or VALUES may be megabytes of data; a SELECT over thousands of columns is long itself.
const BEGINNING = 65_536;

/** parseDataInsert returns how to feed rows to `sql`, or undefined where it is not an INSERT that waits for data. */
export function parseDataInsert(sql: string): DataInsert | undefined {
  const words = topLevelWords(sql.slice(0, BEGINNING));
  if (words[0]?.text !== "INSERT") return undefined;
  const stop = words.findIndex(({ text }) => ["FORMAT", "VALUES", "SELECT", "WITH", "FROM"].includes(text));
  const keyword = words[stop];
  switch (keyword?.text) {
    case "FORMAT":
      return rowsInsert(sql, words, stop);
    case "VALUES":
      return valuesInsert(sql, words, stop);
    case "SELECT":
    case "WITH":
      return inputInsert(sql, sql.length > BEGINNING ? topLevelWords(sql) : words);
    default:
      return undefined;
  }
}

/** insertFromFile returns the statement that reads the rows of `insert` from a file; `compression` names the file's, if it has one. */
export function insertFromFile(insert: DataInsert, path: string, compression: string | undefined): string {
  const codec = quoteLiteral(compression ?? "none");
  if (insert.kind === "rows") {
    return `${insert.head} FROM INFILE ${quoteLiteral(path)} COMPRESSION ${codec} ${insert.tail}`;
  }
  const file = `file(${quoteLiteral(path)}, ${quoteLiteral(insert.format)}, ${insert.structure}, ${codec})`;
  return `${insert.head}${file}${insert.tail}`;
}

function rowsInsert(sql: string, words: readonly Word[], formatAt: number): DataInsert | undefined {
  const keyword = words[formatAt]!;
  const name = words[formatAt + 1];
  if (name === undefined) return undefined;
  const format = sql.slice(name.start, name.end);
  return { ...beforeFile(sql, words, keyword, `FORMAT ${format}`), format, dataStart: name.end };
}

function valuesInsert(sql: string, words: readonly Word[], valuesAt: number): DataInsert | undefined {
  const keyword = words[valuesAt]!;
  if (sql.slice(keyword.end).trim() !== "") return undefined;
  return { ...beforeFile(sql, words, keyword, "FORMAT Values"), format: "Values", dataStart: sql.length };
}

// The file clause stands before the settings.
function beforeFile(sql: string, words: readonly Word[], keyword: Word, formatClause: string) {
  const settings = words.find(({ text, start }) => text === "SETTINGS" && start < keyword.start);
  const settingsText = settings === undefined ? "" : sql.slice(settings.start, keyword.start);
  const head = sql.slice(0, settings?.start ?? keyword.start);
  return { kind: "rows" as const, head, tail: `${settingsText}${formatClause}`, structure: "" };
}

function inputInsert(sql: string, words: readonly Word[]): DataInsert | undefined {
  const [keyword, name] = words.slice(-2);
  if (keyword?.text !== "FORMAT" || name === undefined) return undefined;
  const spans = sqlSpans(sql);
  for (const [i, span] of spans.entries()) {
    const next = spans[i + 1];
    const call = /\binput\s*\(\s*$/i.exec(sql.slice(span.start, span.end));
    if (span.kind !== "code" || call === null || next?.kind !== "opaque") continue;
    const close = sql.indexOf(")", next.end);
    return {
      kind: "input",
      head: sql.slice(0, span.start + call.index),
      tail: sql.slice(close + 1, keyword.start),
      format: sql.slice(name.start, name.end),
      structure: sql.slice(next.start, next.end),
      dataStart: name.end,
    };
  }
  return undefined;
}

// Words outside parentheses, up to and including the word after FORMAT.
function topLevelWords(sql: string): Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (const span of sqlSpans(sql)) {
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
