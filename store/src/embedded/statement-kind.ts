import { sqlSpans } from "./sql-code.ts";

// Formats of bulk readers, whose chunks can be put one after the other. The engine plans a streamed statement on the thread that asks, which holds
// up everybody; so what is read as objects, and held in memory by its reader anyway, is answered at once.
const STREAMED_FORMATS = new Set(["TabSeparated", "TSV", "CSV", "Native", "RowBinary"]);
const READING = new Set(["SELECT", "WITH", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS"]);

/** StatementKind says how a statement is run: `stream` answers chunk by chunk, `whole` at once, `write` changes data; only the last gets a connection that can. */
export type StatementKind = "stream" | "whole" | "write";

/** statementKind decides how to run `sql` from its first word and the format of its answer. */
export function statementKind(sql: string, format: string): StatementKind {
  const first = firstWord(sql);
  if (!READING.has(first)) return "write";
  const isQuery = first === "SELECT" || first === "WITH";
  return isQuery && STREAMED_FORMATS.has(format) ? "stream" : "whole";
}

/** answerFormat returns the format that the statement's own FORMAT clause names, else `fallback`. */
export function answerFormat(sql: string, fallback: string): string {
  const code = sqlSpans(sql)
    .filter(({ kind }) => kind === "code")
    .map(({ start, end }) => sql.slice(start, end))
    .join(" ");
  return /\bFORMAT\s+(\w+)[\s;]*(?:SETTINGS\b[\s\S]*)?$/i.exec(code)?.[1] ?? fallback;
}

/** firstWord returns the first word of a statement in capitals, the empty text where it has none. */
export function firstWord(sql: string): string {
  for (const { kind, start, end } of sqlSpans(sql)) {
    if (kind === "opaque") continue;
    const word = /\w+/.exec(sql.slice(start, end));
    if (word !== null) return word[0].toUpperCase();
  }
  return "";
}
