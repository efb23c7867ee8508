import { LeewayError } from "@leeway/core/errors";
import { parseSegmentKey, type Segment } from "@leeway/core/segment";

/** parseSegment returns the segment that a query names (`region=eu,tier=gold`), empty for all traffic; anything else is `invalid_request`. */
export function parseSegment(key: string | undefined): Segment {
  const segment = parseSegmentKey(key ?? "");
  if (segment !== undefined) return segment;
  const message =
    "expected name=value, more of them after commas; a comma, = or % in a name or value is percent-encoded";
  throw new LeewayError("invalid_request", `segment: ${message}`, {
    problems: [{ path: "segment", message }],
  });
}
