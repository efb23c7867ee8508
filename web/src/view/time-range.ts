import { parseDuration } from "@leeway/core/duration";
import { parseTimestamp } from "@leeway/core/wire";

/** TimeRange is what a page shows: half-open, epoch ms; `from` and `to` in the address, where given, are kept as typed. */
export interface TimeRange {
  from: number;
  to: number;
  /** The preset this range equals, else undefined. */
  preset: RangePreset["id"] | undefined;
}

/** RangePreset is one button of the range picker; its range ends at the newest data, so that a replayed or idle model is never empty. */
export interface RangePreset {
  id: string;
  label: string;
  durationMs: number;
}

const DAY = 86_400_000;
const LONGEST_MS = 3 * 365 * DAY;

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
  /** Event time of the model's newest row. */
  latest: number;
  now: number;
  /** Length of the model's monitoring window, ms: the default range holds at most about 200 of them. */
  windowMs: number;
}

/**
 * parseTimeRange returns the range that the address asks for. Both ends take `latest`, `now`, either minus a duration (`latest-7d`), an
 * RFC 3339 time, a date or epoch milliseconds. What is absent or can't be read falls back to the default: the longest preset with at most
 * 200 windows, ending at the newest data.
 */
export function parseTimeRange(
  address: { from?: string | undefined; to?: string | undefined },
  anchors: RangeAnchors,
): TimeRange {
  const end = parseMoment(address.to ?? "latest", anchors) ?? endOf(anchors);
  const from = address.from === undefined ? undefined : parseMoment(address.from, anchors);
  if (from !== undefined && from < end && end - from <= LONGEST_MS) {
    const isAtLatest = address.to === undefined || address.to === "latest";
    const preset = RANGE_PRESETS.find((candidate) => address.from === `latest-${candidate.id}`);
    return { from, to: end, preset: isAtLatest ? preset?.id : undefined };
  }
  const preset = defaultPreset(anchors.windowMs);
  return { from: end - preset.durationMs, to: end, preset: preset.id };
}

/** defaultPreset returns the longest preset that holds at most 200 windows of `windowMs`. */
export function defaultPreset(windowMs: number): RangePreset {
  const fitting = RANGE_PRESETS.filter((preset) => preset.durationMs / windowMs <= 200);
  return fitting.at(-1) ?? RANGE_PRESETS[0]!;
}

function parseMoment(text: string, anchors: RangeAnchors): number | undefined {
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
