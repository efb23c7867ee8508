import type { Cause, Incident } from "../records/index.ts";
import { type FailingWindow, failingSince } from "./failing-since.ts";
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
 * failing window. An incident that came back is one more alarm. `earlier` are verdicts from before the range: an alarm may have begun there. O(evaluations · incidents).
 */
export function rangeAlarms(
  evaluations: readonly IncidentEvaluation[],
  now: number,
  earlier: readonly FailingWindow[] = [],
): RangeAlarm[] {
  const failing = [...earlier, ...evaluations];
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
        start: Math.min(...raising.map((evaluation) => failingSince(evaluation, failing))),
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
