/** ParsedLabels are the labels between braces, a name written among them, and where the text goes on. */
export interface ParsedLabels {
  readonly labels: Record<string, string>;
  /** The metric's name, where it is quoted inside the braces. */
  readonly name?: string;
  readonly end: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const CLOSE = 125;
const EQUALS = 61;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_.:-]*$/;
const NO_LABELS: Record<string, string> = Object.freeze(Object.create(null));

/**
 * parseLabels reads `{name="value",…}` from its opening brace on, or returns undefined where it is none. Values may hold `\\`, `\"` and `\n`;
 * names may be quoted (UTF-8 names), a comma may stand at the end and blanks anywhere between. O(length).
 */
export function parseLabels(line: string, open: number): ParsedLabels | undefined {
  const labels: Record<string, string> = Object.create(null);
  let name: string | undefined;
  let at = skipBlanks(line, open + 1);
  if (line.charCodeAt(at) === CLOSE) return { labels: NO_LABELS, end: at + 1 };
  for (;;) {
    const key = readKey(line, at);
    if (key === undefined) return undefined;
    at = skipBlanks(line, key.end);
    if (line.charCodeAt(at) === EQUALS) {
      at = skipBlanks(line, at + 1);
      const value = readQuoted(line, at);
      if (value === undefined || !key.isLabel) return undefined;
      labels[key.text] = value.text;
      at = skipBlanks(line, value.end);
    } else if (key.isQuoted && name === undefined) name = key.text;
    else return undefined;
    if (line.charCodeAt(at) === COMMA) at = skipBlanks(line, at + 1);
    else if (line.charCodeAt(at) !== CLOSE) return undefined;
    if (line.charCodeAt(at) === CLOSE) return { labels, end: at + 1, ...(name !== undefined && { name }) };
  }
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

function readKey(line: string, at: number): (Piece & { isQuoted: boolean; isLabel: boolean }) | undefined {
  if (line.charCodeAt(at) === QUOTE) {
    const quoted = readQuoted(line, at);
    return quoted && { ...quoted, isQuoted: true, isLabel: quoted.text !== "" };
  }
  let end = at;
  while (end < line.length && isNameCode(line.charCodeAt(end))) end++;
  const text = line.slice(at, end);
  return end === at ? undefined : { text, end, isQuoted: false, isLabel: LABEL_NAME.test(text) };
}

function isNameCode(code: number): boolean {
  return code !== EQUALS && code !== COMMA && code !== CLOSE && code !== QUOTE && code > 32;
}

function readQuoted(line: string, at: number): Piece | undefined {
  if (line.charCodeAt(at) !== QUOTE) return undefined;
  const quick = line.indexOf('"', at + 1);
  if (quick === -1) return undefined;
  const plain = line.slice(at + 1, quick);
  if (!plain.includes("\\")) return { text: plain, end: quick + 1 };
  let text = "";
  for (let i = at + 1; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === QUOTE) return { text, end: i + 1 };
    if (code !== BACKSLASH) text += line[i];
    else text += unescaped(line[++i]);
  }
  return undefined;
}

// An escape that the format doesn't know stays as it is, as Prometheus reads it.
function unescaped(character: string | undefined): string {
  if (character === "n") return "\n";
  if (character === '"' || character === "\\") return character;
  return `\\${character ?? ""}`;
}

function skipBlanks(line: string, at: number): number {
  let next = at;
  while (line.charCodeAt(next) === 32 || line.charCodeAt(next) === 9) next++;
  return next;
}
