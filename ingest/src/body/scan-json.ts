import { closingQuote, skipSpace } from "./json-bytes.ts";

/** JsonPlace is a place in a JSON text: where, and of which member. */
export interface JsonPlace {
  offset: number;
  /** Names and indexes from the outermost value inwards. */
  path: (string | number)[];
}

/** A word that stands where a value should: Python's `NaN` and `Infinity` are the usual ones. */
export interface JsonWord extends JsonPlace {
  word: string;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const DEPTH_LIMIT = 512;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /-?[A-Za-z_]+/y;
const LITERALS = new Set(["true", "false", "null"]);
const LONGEST_TOKEN = 512;

interface Frame {
  isList: boolean;
  key: string | number;
}

/**
 * scanJson reads a JSON text, hands every word that stands in the place of a value to `onWord`, and returns the first place where the text is no
 * JSON for another reason; undefined where there is none. It is for texts that `JSON.parse` refused, which does not say where. O(bytes).
 */
export function scanJson(bytes: Buffer, onWord: (word: JsonWord) => void): JsonPlace | undefined {
  const frames: Frame[] = [];
  const path = () => frames.map(({ key }) => key);
  let at = skipSpace(bytes, 0);
  for (;;) {
    // A value begins here.
    const first = bytes[at];
    let end: number;
    if (first === 0x7b || first === 0x5b) {
      const isList = first === 0x5b;
      const inside = skipSpace(bytes, at + 1);
      if (bytes[inside] === first + 2) end = inside + 1;
      else {
        if (frames.length >= DEPTH_LIMIT) return { offset: at, path: path() };
        frames.push({ isList, key: isList ? 0 : "" });
        const begun = isList ? inside : readName(bytes, inside, frames);
        if (begun < 0) return { offset: -1 - begun, path: path() };
        at = begun;
        continue;
      }
    } else end = scalarEnd(bytes, at, (word) => onWord({ offset: at, path: path(), word }));
    if (end === -1) return { offset: at, path: path() };
    // A value ended: what follows is a comma, or ends of objects and lists.
    at = skipSpace(bytes, end);
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      if (bytes[at] === COMMA) break;
      if (bytes[at] !== (frame.isList ? 0x5d : 0x7d)) return { offset: at, path: path() };
      frames.pop();
      at = skipSpace(bytes, at + 1);
    }
    const frame = frames.at(-1);
    if (frame === undefined) return at === bytes.length ? undefined : { offset: at, path: [] };
    at = skipSpace(bytes, at + 1);
    if (frame.isList) frame.key = (frame.key as number) + 1;
    else {
      const begun = readName(bytes, at, frames);
      if (begun < 0) return { offset: -1 - begun, path: path() };
      at = begun;
    }
  }
}

/** Reads a member's name into the last frame and returns where its value begins, or -1 less the place where there is no name. */
function readName(bytes: Buffer, at: number, frames: Frame[]): number {
  const end = bytes[at] === QUOTE ? textEnd(bytes, at) : -1;
  if (end === -1) return -1 - at;
  const colon = skipSpace(bytes, end);
  if (bytes[colon] !== COLON) return -1 - colon;
  const frame = frames.at(-1) as Frame;
  frame.key = String(JSON.parse(bytes.toString("utf8", at, end)));
  return skipSpace(bytes, colon + 1);
}

function scalarEnd(bytes: Buffer, at: number, onWord: (word: string) => void): number {
  if (bytes[at] === QUOTE) return textEnd(bytes, at);
  const token = bytes.toString("latin1", at, at + LONGEST_TOKEN);
  WORD.lastIndex = 0;
  const word = WORD.exec(token)?.[0];
  if (word !== undefined) {
    if (!LITERALS.has(word)) onWord(word);
    return at + word.length;
  }
  NUMBER.lastIndex = 0;
  const number = NUMBER.exec(token)?.[0];
  if (number === undefined) return -1;
  let end = at + number.length;
  // A number longer than the look-ahead goes on with digits.
  while (end - at >= LONGEST_TOKEN && (bytes[end] as number) >= 0x30 && (bytes[end] as number) <= 0x39) end++;
  return end;
}

function textEnd(bytes: Buffer, at: number): number {
  const end = closingQuote(bytes, at + 1);
  return end !== -1 && isText(bytes.toString("utf8", at, end + 1)) ? end + 1 : -1;
}

function isText(quoted: string): boolean {
  try {
    JSON.parse(quoted);
    return true;
  } catch {
    // The escapes are wrong, or a control character stands between the quotes.
    return false;
  }
}
