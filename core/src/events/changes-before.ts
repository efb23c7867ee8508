import type { ChangeEvent, Incident } from "../records/index.ts";

const DAY = 86_400_000;
const LONGEST_MS = 7 * DAY;
const WINDOWS_BEFORE = 2;
/** MOST_CHANGES is how many changes an incident lists. */
export const MOST_CHANGES = 20;

type Beginning = Pick<Incident, "model" | "environment" | "started_at" | "last_failing_at" | "evaluations">;

/**
 * changeSpan returns the span in which a change may have caused an incident: from a day before its first failing window, or two windows where they are longer, at most a week, to the end of
 * that window. O(evaluations).
 */
export function changeSpan(incident: Beginning): { from: number; to: number } {
  const { started_at: start, last_failing_at: last, evaluations } = incident;
  const lengths = evaluations.map(({ window_start, window_end }) => window_end - window_start);
  const windowMs = lengths.length === 0 ? 0 : Math.min(...lengths);
  const before = Math.min(LONGEST_MS, Math.max(DAY, WINDOWS_BEFORE * windowMs));
  return { from: start - before, to: Math.max(start + 1, Math.min(start + windowMs, last)) };
}

/**
 * changesBefore returns the changes that may have caused an incident: those of its model or of no model in particular, in its environment, within `changeSpan`; nearest to its
 * beginning first, at most `MOST_CHANGES`. O(events log events).
 */
export function changesBefore(incident: Beginning, events: readonly ChangeEvent[]): ChangeEvent[] {
  const { from, to } = changeSpan(incident);
  const distance = ({ timestamp }: ChangeEvent) => Math.abs(timestamp - incident.started_at);
  return events
    .filter(
      ({ timestamp, model, environment }) =>
        timestamp >= from &&
        timestamp < to &&
        (model === undefined || model === incident.model) &&
        (environment === undefined || environment === incident.environment),
    )
    .sort((a, b) => distance(a) - distance(b) || b.timestamp - a.timestamp || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_CHANGES);
}
