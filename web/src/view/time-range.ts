import { parseDuration } from "@leeway/core/duration";
import { windowStart } from "@leeway/core/window";
import { parseTimestamp } from "@leeway/core/wire";

/** TimeRange is what a page shows: half-open, epoch ms; `from` and `to` in the address, where given, are kept as typed. */
export interface TimeRange {
  from: number;
  to: number;
  /** The preset this range equals, else undefined. */
  preset: RangePreset["id"] | typeof WHOLE_RANGE | undefined;
}

/** WHOLE_RANGE is the choice of everything from the model's first row on. */
export const WHOLE_RANGE = "all";

/** RangePreset is one button of the range picker; its range ends at the newest data, so that a replayed or idle model is never empty. */
export interface RangePreset {
  id: string;
  label: string;
  durationMs: number;
}

const DAY = 86_400_000;
const LONGEST_MS = 3 * 365 * DAY;
const MOST_WINDOWS = 200;
const FEWEST_WINDOWS = 12;

export const RANGE_PRESETS: readonly RangePreset[] = [
  { id: "1d", label: "1 day", durationMs: DAY },
  { id: "7d", label: "7 days", durationMs: 7 * DAY },
  { id: "28d", label: "28 days", durationMs: 28 * DAY },
  { id: "90d", label: "90 days", durationMs: 90 * DAY },
  { id: "180d", label: "180 days", durationMs: 180 * DAY },
  { id: "365d", label: "1 year", durationMs: 365 * DAY },
];

/** RangeAnchors are the moments that relative addresses refer to. */
export interface RangeAnchors {
  /** Event times of the model's oldest and newest row. */
  first: number;
  latest: number;
  now: number;
  /** Length of the model's monitoring window, ms: the default range holds at most about 200 of them. */
  windowMs: number;
}

/** AskedRange is the range that an address asks for, or what of it cannot be read. */
export type AskedRange = { outcome: "range"; range: TimeRange } | { outcome: "unreadable"; message: string };

/**
 * parseTimeRange returns the range that the address asks for. Both ends take `latest`, `now`, either minus a duration (`latest-7d`), an
 * RFC 3339 time, a date or epoch milliseconds; `from` also takes `first`. Where none is asked for it is the whole history where that has at most
 * 200 windows, else the longest preset that has no more, ending at the newest data. What cannot be read is said, never replaced.
 */
export function parseTimeRange(
  address: { from?: string | undefined; to?: string | undefined },
  anchors: RangeAnchors,
): AskedRange {
  const end = parseMoment(address.to ?? "latest", anchors);
  if (end === undefined) return unreadable("to", address.to);
  if (address.from === undefined) return { outcome: "range", range: defaultRange(end, anchors) };
  const from = parseMoment(address.from, anchors);
  if (from === undefined) return unreadable("from", address.from);
  if (from >= end) return { outcome: "unreadable", message: "the range ends before it begins" };
  if (end - from > LONGEST_MS)
    return { outcome: "unreadable", message: "the range is longer than three years" };
  const isAtLatest = address.to === undefined || address.to === "latest";
  const preset = RANGE_PRESETS.find((candidate) => address.from === `latest-${candidate.id}`);
  const chosen = address.from === "first" ? WHOLE_RANGE : preset?.id;
  return { outcome: "range", range: { from, to: end, preset: isAtLatest ? chosen : undefined } };
}

function unreadable(end: "from" | "to", text: string | undefined): AskedRange {
  const forms = "a date (2026-01-31), a time (2026-01-31T12:00:00Z), or latest-7d";
  return { outcome: "unreadable", message: `${end}=${text ?? ""} is no time; it takes ${forms}` };
}

function defaultRange(end: number, anchors: RangeAnchors): TimeRange {
  const preset = defaultPreset(anchors.windowMs);
  const start = wholeRangeStart(anchors);
  if (start < end && end - start <= MOST_WINDOWS * anchors.windowMs)
    return { from: start, to: end, preset: WHOLE_RANGE };
  return { from: end - preset.durationMs, to: end, preset: preset.id };
}

// A model that has just begun still gets a few windows' room, so that its first hours are not stretched over the whole page.
function wholeRangeStart({ first, latest, windowMs }: RangeAnchors): number {
  const start = windowStart(first, windowMs);
  return Math.max(Math.min(start, latest + 1 - FEWEST_WINDOWS * windowMs), latest - LONGEST_MS);
}

/** defaultPreset returns the longest preset that holds at most 200 windows of `windowMs`. */
export function defaultPreset(windowMs: number): RangePreset {
  const fitting = RANGE_PRESETS.filter((preset) => preset.durationMs / windowMs <= MOST_WINDOWS);
  return fitting.at(-1) ?? RANGE_PRESETS[0]!;
}

function parseMoment(text: string, anchors: RangeAnchors): number | undefined {
  if (text === "first") return wholeRangeStart(anchors);
  const relative = /^(latest|now)(?:-(\w+))?$/.exec(text);
  if (relative !== null) {
    const anchor = relative[1] === "now" ? anchors.now : endOf(anchors);
    const back = relative[2] === undefined ? 0 : parseDuration(relative[2]);
    return back === undefined ? undefined : anchor - back;
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return parseTimestamp(`${text}T00:00:00Z`);
  return parseTimestamp(/^\d+$/.test(text) ? Number(text) : text);
}

// The window that holds the newest row is still open; showing its whole span keeps the last bar as wide as the others.
function endOf(anchors: RangeAnchors): number {
  return anchors.latest + 1;
}
