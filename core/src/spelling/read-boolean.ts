import { FALSE_SPELLINGS, TRUE_SPELLINGS } from "./spellings.ts";
import { trimSpaces } from "./trim-spaces.ts";

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...TRUE_SPELLINGS.map((text): [string, boolean] => [text, true]),
  ...FALSE_SPELLINGS.map((text): [string, boolean] => [text, false]),
]);

/**
 * readBoolean returns what a text says where it spells true or false, else undefined. O(length).
 *
 * @example readBoolean("True"); // true
 */
export function readBoolean(text: string): boolean | undefined {
  return BOOLEANS.get(trimSpaces(text));
}
