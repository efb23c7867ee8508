import type { Cause, Incident } from "../records/index.ts";
import type { IncidentEvaluation, IncidentTransition } from "./incident-step.ts";
import { stepIncidents } from "./step-incidents.ts";

/** RangeAlarm is what would open an incident: one trouble from its first failing window to its last, not each failing window. */
export interface RangeAlarm {
  start: number;
  end: number;
  raised_at: number;
  cause: Cause;
  features: string[];
  reason: string;
}

/**
 * rangeAlarms returns the alarms among the verdicts of a range, as incidents would have been opened had there been none: cause, features and reason as of the last
 * failing window. An incident that came back is one more alarm. O(evaluations · incidents).
 */
export function rangeAlarms(evaluations: readonly IncidentEvaluation[], now: number): RangeAlarm[] {
  const step = stepIncidents({ incidents: [], evaluations, now });
  const newest = new Map(step.changed.map((incident) => [incident.id, incident]));
  return step.transitions.flatMap((fired, index) => {
    if (fired.transition !== "fired") return [];
    const ended = step.transitions.slice(index + 1).find((later) => isEndOf(later, fired));
    const last: Incident = ended?.incident ?? newest.get(fired.incident.id) ?? fired.incident;
    const raising = step.placed
      .filter(({ transition }) => transition === fired)
      .map(({ evaluation }) => evaluation);
    return [
      {
        start: Math.min(...raising.map((evaluation) => failingSince(evaluation, evaluations))),
        end: last.last_failing_at,
        raised_at: Math.max(...raising.map(({ window_end }) => window_end)),
        cause: last.cause,
        features: last.features.map(({ name }) => name),
        reason: last.summary,
      },
    ];
  });
}

function isEndOf(later: IncidentTransition, { incident }: IncidentTransition): boolean {
  return later.transition === "resolved" && later.incident.id === incident.id;
}

// A window that fails and is no alarm yet belongs to the alarm that follows it without a break.
function failingSince(alarm: IncidentEvaluation, evaluations: readonly IncidentEvaluation[]): number {
  const drifting = new Set(
    evaluations
      .filter(
        (one) =>
          one.outcome === "drifting" &&
          one.monitor_id === alarm.monitor_id &&
          one.version === alarm.version &&
          one.environment === alarm.environment,
      )
      .map(({ window_start }) => window_start),
  );
  const length = alarm.window_end - alarm.window_start;
  let start = alarm.window_start;
  while (drifting.has(start - length)) start -= length;
  return start;
}
