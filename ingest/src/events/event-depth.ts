import { isDeeperThan } from "../body/json-depth.ts";

/** The deepest nesting an event may have, itself included. */
export const DEPTH_LIMIT = 16;

/** tooDeepField returns the name of a field, outside those the schema knows, that nests too deep. The known ones have a shape that can't. */
export function tooDeepField(event: object, known: ReadonlySet<string>): string | undefined {
  for (const field in event) {
    if (!known.has(field) && isDeeperThan(event[field as keyof typeof event], DEPTH_LIMIT - 1)) return field;
  }
  return undefined;
}
