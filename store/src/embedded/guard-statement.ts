import { EngineError } from "./engine-error.ts";
import { sqlSpans } from "./sql-code.ts";

// What a service says to its database. Everything else (SET, GRANT, BACKUP, ATTACH …) is refused.
const FIRST_WORDS = new Set(
  "SELECT WITH SHOW DESCRIBE DESC EXPLAIN EXISTS CHECK INSERT ALTER CREATE DROP TRUNCATE OPTIMIZE DELETE KILL SYSTEM".split(
    " ",
  ),
);

/** INNER_TABLE_FUNCTIONS are the table functions that make their rows from the statement itself; each other one the engine knows may reach files, hosts or other tables. */
export const INNER_TABLE_FUNCTIONS: ReadonlySet<string> = new Set(
  "format generaterandom generateseries generate_series input null numbers numbers_mt sqlstandardvalues values view zeros zeros_mt".split(
    " ",
  ),
);

// Functions in expressions that read files, make disks, run models or ask hosts.
const OUTER_FUNCTIONS = new Set(
  "file disk catboostevaluate aiclassify aiembed aiextract aigenerate aitranslate reversednsquery showcertificate getclienthttpheader".split(
    " ",
  ),
);

const INNER_ENGINE =
  /^(?:(?:Replacing|Aggregating|Summing|Collapsing|VersionedCollapsing|Coalescing)?MergeTree|Atomic|Memory|Null)$/;
/** FILES_DATABASE is the engine's own database, in which the path of a file is the name of a table. */
export const FILES_DATABASE = "default";

const FILE_WORDS = new Set(["INFILE", "OUTFILE"]);
// Whatever else stands in code (heredocs, typographic quotes, control characters) is read by the engine in its own way: none of it is needed.
const CODE = /^[\t\n\r\x20-\x23\x25-\x5b\x5d-\x7e]*$/;

interface Token {
  kind: "word" | "name" | "sign";
  text: string;
}

/**
 * guardStatement throws ACCESS_DENIED where a statement is not one of those a service needs, is more than one statement, or reaches beyond the database: table functions
 * and engines that read or write files and hosts, `INFILE` and `OUTFILE`. `tableFunctions` are the names of all that the engine has, in small letters. O(length).
 */
export function guardStatement(sql: string, tableFunctions: ReadonlySet<string>): void {
  const tokens = tokensOf(sql);
  const first = tokens.find(({ kind }) => kind !== "sign");
  const word = first?.kind === "word" ? first.text.toUpperCase() : "";
  if (!FIRST_WORDS.has(word)) throw refused(`a statement that begins with '${word.slice(0, 20)}'`);
  for (const [place, token] of tokens.entries()) {
    const next = tokens[place + 1];
    if (token.kind === "sign") {
      if (token.text === ";" && next !== undefined && next.text !== ";")
        throw refused("more than one statement");
      continue;
    }
    if (token.kind === "word" && FILE_WORDS.has(token.text.toUpperCase()))
      throw refused(token.text.toUpperCase());
    // In the engine's own database every file of the machine is a table.
    if (token.text === FILES_DATABASE && next?.text === ".")
      throw refused("a table of the database 'default'");
    const isCall = next?.kind === "sign" && next.text === "(";
    if (isCall && !isTableGiven(token, tokens[place - 1], word)) refuseOuterFunction(token, tableFunctions);
    if (token.kind === "word" && word === "CREATE" && token.text.toUpperCase() === "ENGINE")
      refuseOuterEngine(next?.text === "=" ? tokens[place + 2] : next);
  }
}

// `INSERT INTO {table:Identifier} (columns)` and `CREATE TABLE {table:Identifier} (columns)`: in these places the engine reads the name of a table only.
function isTableGiven(token: Token, before: Token | undefined, first: string): boolean {
  if (!token.text.startsWith("{") || before?.kind !== "word") return false;
  const word = before.text.toUpperCase();
  return (
    (first === "INSERT" && word === "INTO") || (first === "CREATE" && ["TABLE", "EXISTS"].includes(word))
  );
}

function refuseOuterFunction({ text }: Token, tableFunctions: ReadonlySet<string>): void {
  const name = text.toLowerCase();
  // The name of a function that comes as a parameter, or is spelt with escapes, could be any.
  if (/[{}\\]/.test(name)) throw refused("a function whose name is not plain");
  const isOuter = OUTER_FUNCTIONS.has(name) || (tableFunctions.has(name) && !INNER_TABLE_FUNCTIONS.has(name));
  if (isOuter) throw refused(`the function '${name}'`);
}

function refuseOuterEngine(engine: Token | undefined): void {
  if (engine === undefined || !INNER_ENGINE.test(engine.text))
    throw refused(`the engine '${engine?.text.slice(0, 40) ?? ""}'`);
}

// Names in quotes lose them; a placeholder for a name is a name in braces; comments and literals are left out.
function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  for (const { kind, start, end } of sqlSpans(sql)) {
    const text = sql.slice(start, end);
    if (kind === "code") tokens.push(...codeTokens(text));
    else if (text[0] === '"' || text[0] === "`") tokens.push({ kind: "name", text: text.slice(1, -1) });
    else if (text[0] === "'") tokens.push({ kind: "sign", text: "''" });
  }
  return tokens;
}

function codeTokens(code: string): Token[] {
  if (!CODE.test(code)) throw refused("a character outside quotes that is not plain ASCII");
  return [...code.matchAll(/\w+|\{\s*\w+\s*:\s*Identifier\s*\}|[^\s\w]/g)].map(([text]) => {
    if (text[0] === "{" && text.length > 1) return { kind: "name", text };
    return { kind: /^\w/.test(text) ? "word" : "sign", text };
  });
}

function refused(what: string): EngineError {
  return new EngineError(497, "ACCESS_DENIED", `The embedded engine does not take ${what}`);
}
