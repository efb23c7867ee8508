import { z } from "zod";
import { TEXT_PATTERNS } from "./text-patterns.ts";

/** lineSchema accepts one line of at most `max` characters: no control characters, no half of a surrogate pair. */
export function lineSchema(max: number) {
  return z.string().max(max).regex(TEXT_PATTERNS.line.pattern, TEXT_PATTERNS.line.message);
}

/** paragraphsSchema accepts at most `max` characters over several lines; line breaks are kept as `\n`. */
export function paragraphsSchema(max: number) {
  return z
    .string()
    .max(max)
    .regex(TEXT_PATTERNS.paragraphs.pattern, TEXT_PATTERNS.paragraphs.message)
    .overwrite((text) => text.replaceAll(/\r\n?/g, "\n"));
}

/** anyTextSchema accepts at most `max` characters of whatever a program wrote, but no half of a surrogate pair. */
export function anyTextSchema(max: number) {
  return z.string().max(max).regex(TEXT_PATTERNS.any.pattern, TEXT_PATTERNS.any.message);
}
