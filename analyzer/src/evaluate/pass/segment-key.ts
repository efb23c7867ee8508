/** segmentKey returns the canonical key of a segment (`region=eu,tier=gold`, names in order), empty for all traffic. */
export function segmentKey(segment: Record<string, string> | undefined): string {
  return Object.entries(segment ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}
