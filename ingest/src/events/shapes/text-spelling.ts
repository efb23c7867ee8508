import {
  className,
  FALSE_SPELLINGS,
  featureText,
  MISSING_SPELLINGS,
  TRUE_SPELLINGS,
} from "@leeway/core/spelling";
import { SLOT_TAGS } from "@leeway/store";
import { SLOT_RULES, type SlotRule } from "./slot-rules.ts";

const POINT = 0x2e;
const MINUS = 0x2d;
const SPACE = 0x20;
/** The words that have another spelling, by their first byte. */
const WORDS: (readonly Uint8Array[])[] = Array.from({ length: 256 }, () => []);
for (const word of [...MISSING_SPELLINGS, ...TRUE_SPELLINGS, ...FALSE_SPELLINGS]) {
  const bytes = Buffer.from(word);
  const first = bytes[0];
  if (first !== undefined && className(word) !== word) WORDS[first] = [...(WORDS[first] ?? []), bytes];
}

/**
 * spelledTag returns the tag of a text in its one spelling: its length where it is spelt so already, the tag of null, true or false where it says that, and undefined
 * where only the long way can spell it. Nearly every text is decided by its first byte.
 */
export function spelledTag(rule: SlotRule, bytes: Buffer, start: number, size: number): number | undefined {
  if (rule !== SLOT_RULES.feature && rule !== SLOT_RULES.label) return size;
  if (!mayBeRespelled(bytes, start, size)) return size;
  const text = bytes.toString("latin1", start, start + size);
  if (rule === SLOT_RULES.feature) {
    const spelled = featureText(text);
    return spelled === null ? SLOT_TAGS.null : spelled === text ? size : undefined;
  }
  switch (className(text)) {
    case text:
      return size;
    case "true":
      return SLOT_TAGS.true;
    case "false":
      return SLOT_TAGS.false;
    default:
      return undefined;
  }
}

function mayBeRespelled(bytes: Uint8Array, start: number, size: number): boolean {
  if (size === 0) return true;
  const first = bytes[start] as number;
  if (first <= SPACE || (bytes[start + size - 1] as number) <= SPACE || first === MINUS) return true;
  if (isDigit(first)) {
    let at = start + 1;
    while (at < start + size && isDigit(bytes[at] as number)) at++;
    return at < start + size && bytes[at] === POINT;
  }
  const words = WORDS[first] as readonly Uint8Array[];
  for (let word = 0; word < words.length; word++) {
    if (isWord(words[word] as Uint8Array, bytes, start, size)) return true;
  }
  return false;
}

function isWord(word: Uint8Array, bytes: Uint8Array, start: number, size: number): boolean {
  if (word.length !== size) return false;
  for (let at = 1; at < size; at++) if (bytes[start + at] !== word[at]) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
