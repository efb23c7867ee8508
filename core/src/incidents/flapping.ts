import { formatDuration } from "../duration/index.ts";
import type { Incident } from "../records/index.ts";
import { countWords } from "../words/index.ts";

const KEPT_RETURNS = 50;
const HOUR = 3_600_000;

/**
 * withReturn returns an incident that fails again with one more return on record, where it comes back: within its damping time after it had resolved, or, while it is held open
 * because it flaps, after a healthy window. A return long after is none. O(returns).
 */
export function withReturn(
  after: Incident,
  before: Incident,
  alarm: { window_start: number; window_end: number },
  dampingMs: number,
): Incident {
  const { returns: kept = [], ...rest } = after;
  if (before.state !== "resolved") {
    const comesBack = before.healthy_windows > 0 && isFlapping(before, dampingMs);
    return comesBack ? { ...rest, returns: [...kept, alarm.window_end].slice(-KEPT_RETURNS) } : after;
  }
  const gap = alarm.window_start - (before.healthy_until ?? before.last_failing_at);
  if (dampingMs === 0 || gap > dampingMs) return rest;
  return { ...rest, returns: [...kept, alarm.window_end].slice(-KEPT_RETURNS) };
}

/**
 * isFlapping decides whether an incident comes and goes: it came back within its damping time after it had resolved, no longer ago than that before its last failing window.
 * It is then held open until it was healthy for the whole damping time, so that people are not notified of each turn. O(returns).
 */
export function isFlapping(
  { returns = [], last_failing_at }: Pick<Incident, "returns" | "last_failing_at">,
  dampingMs: number,
): boolean {
  return dampingMs > 0 && returns.some((at) => last_failing_at - at <= dampingMs);
}

/** flappingWords returns how often an incident came back and in what time ("Flapping: 5 times in 12h."), empty where it came back only once. O(returns). */
export function flappingWords({ returns = [] }: Pick<Incident, "returns">): string {
  const [first, last] = [returns[0], returns.at(-1)];
  if (first === undefined || last === undefined || returns.length < 2) return "";
  const hours = Math.max(1, Math.ceil((last - first) / HOUR));
  return `Flapping: it came back ${countWords(returns.length, "time")} in ${formatDuration(hours * HOUR)}.`;
}
