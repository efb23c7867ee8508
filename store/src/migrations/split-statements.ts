/** splitStatements returns the statements of an SQL script without their closing semicolons; one inside quotes or a comment does not end a statement. O(length). */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let start = 0;
  for (let at = 0; at < script.length; at++) {
    const character = script[at];
    if (character === "'" || character === "`" || character === '"') at = endOfQuote(script, at);
    else if (character === "-" && script[at + 1] === "-") at = endOf(script, "\n", at);
    else if (character === "/" && script[at + 1] === "*") at = endOf(script, "*/", at) + 1;
    else if (character === ";") {
      statements.push(script.slice(start, at));
      start = at + 1;
    }
  }
  statements.push(script.slice(start));
  return statements.map((statement) => statement.trim()).filter(hasCode);
}

function endOfQuote(script: string, open: number): number {
  const quote = script[open];
  for (let at = open + 1; at < script.length; at++) {
    if (script[at] === "\\") at++;
    else if (script[at] === quote) return at;
  }
  throw new SyntaxError(`a quote opened at character ${open} is never closed`);
}

function endOf(script: string, mark: string, from: number): number {
  const at = script.indexOf(mark, from);
  return at === -1 ? script.length : at;
}

function hasCode(statement: string): boolean {
  return statement.split("\n").some((line) => line.trim() !== "" && !line.trimStart().startsWith("--"));
}
