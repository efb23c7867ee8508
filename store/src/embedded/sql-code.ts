/** SqlSpan is a stretch of a statement: code, or text in which nothing may be read as code. */
export interface SqlSpan {
  kind: "code" | "opaque";
  start: number;
  end: number;
}

/**
 * sqlSpans returns the statement cut into code and opaque stretches (string literals, quoted names, comments), in order, where the engine's own lexer cuts it.
 * O(length).
 */
export function sqlSpans(sql: string): SqlSpan[] {
  const spans: SqlSpan[] = [];
  let codeStart = 0;
  let position = 0;
  while (position < sql.length) {
    const end = opaqueEnd(sql, position);
    if (end === undefined) {
      position++;
      continue;
    }
    if (position > codeStart) spans.push({ kind: "code", start: codeStart, end: position });
    spans.push({ kind: "opaque", start: position, end });
    codeStart = end;
    position = end;
  }
  if (codeStart < sql.length) spans.push({ kind: "code", start: codeStart, end: sql.length });
  return spans;
}

/** opaqueEnd returns where the literal, quoted name or comment that begins at `start` ends, or undefined where none begins there. */
function opaqueEnd(sql: string, start: number): number | undefined {
  const character = sql[start]!;
  if (character === "'" || character === '"' || character === "`") return quotedEnd(sql, start, character);
  if (character === "#" && (sql[start + 1] === " " || sql[start + 1] === "!")) return lineEnd(sql, start);
  if (character === "-" && sql[start + 1] === "-") return lineEnd(sql, start);
  if (character === "/" && sql[start + 1] === "*") return commentEnd(sql, start);
  return undefined;
}

function quotedEnd(sql: string, start: number, quote: string): number {
  for (let i = start + 1; i < sql.length; i++) {
    if (sql[i] === "\\") i++;
    else if (sql[i] === quote) {
      if (sql[i + 1] !== quote) return i + 1;
      i++;
    }
  }
  return sql.length;
}

function lineEnd(sql: string, start: number): number {
  const end = sql.indexOf("\n", start);
  return end === -1 ? sql.length : end + 1;
}

// Comments nest, as the SQL standard says and the engine does.
function commentEnd(sql: string, start: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let match = edge.exec(sql); match !== null; match = edge.exec(sql)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return sql.length;
}
