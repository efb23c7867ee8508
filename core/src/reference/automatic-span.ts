import type { Monitor } from "../records/index.ts";
import { windowStart } from "../window/index.ts";

/** AutomaticSpan is which rows of a version become its automatic reference, or what is missing still. */
export type AutomaticSpan =
  | { outcome: "take"; from: number; to: number }
  | { outcome: "wait"; reason: string };

/** REFERENCE_ROWS is how many rows an automatic reference has at least, and REFERENCE_WINDOWS how many windows of the model's minimum count. */
export const REFERENCE_ROWS = 500;
export const REFERENCE_WINDOWS = 3;

const DAY = 86_400_000;
const FIRST_DAYS = 3;
const MANY_ROWS = 2_000;
const DEFAULT_MINIMUM_COUNT = 30;

/**
 * automaticSpan decides which rows of a version become its reference by themselves: its first whole days from `first`, at least three of them or
 * 2,000 rows, with at least 500 rows and three windows that each hold the monitor's minimum count. `hours` are the version's hours with their rows,
 * in order. O(hours).
 */
export function automaticSpan(input: {
  version: string;
  hours: readonly { hour: number; rows: number }[];
  /** Event time from which the traffic is continuous. */
  first: number;
  /** Event time up to which the model is complete. */
  asOf: number;
  monitor: Pick<Monitor, "window" | "minimum_count"> | undefined;
}): AutomaticSpan {
  const { first, asOf, monitor } = input;
  const windowMs = monitor?.window ?? DAY;
  const minimumCount = monitor?.minimum_count ?? DEFAULT_MINIMUM_COUNT;
  const from = Math.floor(first / DAY) * DAY;
  const days = Math.floor((asOf - from) / DAY);
  const byDay = new Map<number, number>();
  const byWindow = new Map<number, number>();
  for (const { hour, rows } of input.hours) {
    if (hour < from) continue;
    add(byDay, Math.floor((hour - from) / DAY), rows);
    add(byWindow, windowStart(hour, Math.max(windowMs, 3_600_000)), rows);
  }
  let rows = 0;
  for (let day = 1; day <= days; day++) {
    rows += byDay.get(day - 1) ?? 0;
    const to = from + day * DAY;
    const isLong = day >= FIRST_DAYS || rows >= MANY_ROWS;
    if (
      isLong &&
      rows >= REFERENCE_ROWS &&
      fullWindows(byWindow, windowMs, minimumCount, to) >= REFERENCE_WINDOWS
    )
      return { outcome: "take", from: first, to };
  }
  const total = [...byDay.values()].reduce((sum, count) => sum + count, 0);
  const windows = fullWindows(byWindow, windowMs, minimumCount, asOf);
  return { outcome: "wait", reason: waitReason({ ...input, total, windows, minimumCount }) };
}

// Windows shorter than an hour are counted by the hour: three of them with enough rows are three windows with more than enough.
function fullWindows(
  byWindow: ReadonlyMap<number, number>,
  windowMs: number,
  minimumCount: number,
  to: number,
): number {
  const size = Math.max(windowMs, 3_600_000);
  return [...byWindow].filter(([start, rows]) => rows >= minimumCount && start + size <= to).length;
}

function waitReason(facts: {
  version: string;
  total: number;
  windows: number;
  minimumCount: number;
}): string {
  const { version, total, windows, minimumCount } = facts;
  return (
    `Version ${version} has no reference yet. Its first days become one once they hold ${REFERENCE_ROWS} predictions and ${REFERENCE_WINDOWS} ` +
    `windows of at least ${minimumCount} (so far ${total.toLocaleString("en-US")} predictions and ${windows} of ${REFERENCE_WINDOWS} windows)`
  );
}

/**
 * referenceMonitor returns the monitor whose windows an automatic reference must hold enough of: of those that watch the inputs of all traffic of a
 * version, the one with the shortest windows. Undefined where there is none yet. O(monitors).
 */
export function referenceMonitor(
  monitors: readonly Monitor[],
  subject: { version: string; environment: string },
): Monitor | undefined {
  return monitors
    .filter(
      ({ kind, enabled, segment, environment, version }) =>
        kind === "drift" &&
        enabled &&
        segment === undefined &&
        environment === subject.environment &&
        (version ?? subject.version) === subject.version,
    )
    .sort((a, b) => a.window - b.window)[0];
}

function add(counts: Map<number, number>, key: number, rows: number): void {
  counts.set(key, (counts.get(key) ?? 0) + rows);
}
