import { SPACES } from "./spellings.ts";

/** trimSpaces returns a text without the spaces, tabs and line ends around it. O(length). */
export function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACES.includes(text[start] as string)) start++;
  while (end > start && SPACES.includes(text[end - 1] as string)) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
