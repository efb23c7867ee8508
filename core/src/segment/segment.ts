import { z } from "zod";
import { lineSchema, nameSchema } from "../wire/index.ts";

/**
 * segmentSchema is a slice of the traffic: a prediction belongs to it when each named tag has the given value. A prediction without a tag of that
 * name is matched by its feature of that name: text and booleans by their value, numbers by their value or a range (see `numberRange`).
 */
export const segmentSchema = z.record(nameSchema, lineSchema(256));

/** Segment is a slice of the traffic by tags and features; empty: all traffic. */
export type Segment = Readonly<z.infer<typeof segmentSchema>>;

// What the key itself is written with.
const RESERVED = /[%,=]/g;

/** segmentKey returns the canonical key of a segment (`region=eu,tier=gold`, names in order), empty for all traffic; `%`, `,` and `=` are percent-encoded. O(n log n). */
export function segmentKey(segment: Segment | undefined): string {
  return Object.entries(segment ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .join(",");
}

/**
 * parseSegmentKey returns the segment that a key names, in whatever order, or undefined where the text is no key. O(n).
 *
 * @example parseSegmentKey("region=eu,distance=300..700"); // { region: "eu", distance: "300..700" }
 */
export function parseSegmentKey(key: string): Segment | undefined {
  if (key === "") return {};
  const entries: [string, string][] = [];
  for (const part of key.split(",")) {
    const at = part.indexOf("=");
    const name = unescaped(part.slice(0, Math.max(0, at)));
    const value = unescaped(part.slice(at + 1));
    if (at <= 0 || name === undefined || value === undefined) return undefined;
    entries.push([name, value]);
  }
  const parsed = segmentSchema.safeParse(Object.fromEntries(entries));
  return parsed.success && Object.keys(parsed.data).length === entries.length ? parsed.data : undefined;
}

function escaped(text: string): string {
  return text.replace(RESERVED, (character) => encodeURIComponent(character));
}

// Only the three reserved characters are ever encoded: any other percent sign stands for itself.
function unescaped(text: string): string | undefined {
  return text.includes("=") ? undefined : text.replace(/%(25|2C|3D)/gi, (code) => decodeURIComponent(code));
}
