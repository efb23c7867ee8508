import type { Reference } from "../../records/index.ts";
import { type Segment, segmentKey } from "../../segment/index.ts";
import { formatNumber } from "../../words/index.ts";

/** MINIMUM_SEGMENT_ROWS is how many rows of a segment a reference needs before a window is compared with them. */
export const MINIMUM_SEGMENT_ROWS = 200;

/** segmentShortage returns why a segment's part of a reference is too small to hold windows against, or undefined where it is not, and for all traffic. O(1). */
export function segmentShortage(
  part: Pick<Reference, "rows">,
  segment: Segment | undefined,
): string | undefined {
  const key = segmentKey(segment);
  if (key === "" || part.rows >= MINIMUM_SEGMENT_ROWS) return undefined;
  return `The reference has ${formatNumber(part.rows)} rows of ${key}, ${MINIMUM_SEGMENT_ROWS} are needed: give one whose rows carry it, such as a window of production`;
}
