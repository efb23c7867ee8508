import { formatDuration } from "./format-duration.ts";

/** declareDuration returns a duration as a file has it: the wire form (`1d`) of whole seconds, milliseconds of any other, so that nothing is rounded. */
export function declareDuration(milliseconds: number): string | number {
  return milliseconds > 0 && milliseconds % 1_000 === 0 ? formatDuration(milliseconds) : milliseconds;
}
