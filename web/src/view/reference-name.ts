import { formatWindow } from "./format-time.ts";
import type { ReferenceInfo } from "./model-page.ts";
import { formatCount } from "./number-words.ts";

/** REFERENCE_SOURCES says where a reference comes from. */
export const REFERENCE_SOURCES: Record<ReferenceInfo["source"], string> = {
  upload: "Uploaded rows",
  window: "A pinned window of traffic",
  automatic: "The first days, taken automatically",
};

/** referenceName returns a reference as a list names it: where it comes from, of which version and days, and how many rows. */
export function referenceName({ source, version, from, to, rows }: ReferenceInfo, now: number): string {
  return `${REFERENCE_SOURCES[source]}: version ${version}, ${formatWindow(from, to, now)}, ${formatCount(rows)} rows`;
}
