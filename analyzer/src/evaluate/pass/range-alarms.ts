import { stepIncidents } from "@leeway/core/incidents";
import type { EvaluateResult } from "@leeway/core/queue";
import type { Assessment } from "../chain/assess-chain.ts";
import { toIncidentEvaluation } from "./fold-incidents.ts";

/** rangeAlarms returns the alarms among the verdicts of a range: what would have opened an incident, had there been none, not each failing window. */
export function rangeAlarms(assessments: readonly Assessment[], now: number): EvaluateResult["alarms"] {
  const step = stepIncidents({ incidents: [], evaluations: assessments.map(toIncidentEvaluation), now });
  const latest = new Map(step.changed.map((incident) => [incident.id, incident]));
  const fired = step.transitions.filter(({ transition }) => transition === "fired");
  return fired.map(({ incident, reason }) => {
    const last = latest.get(incident.id) ?? incident;
    // An incident that came back is one more alarm, which begins where it failed again.
    const returned = incident.evaluations.at(-1)?.window_start ?? incident.started_at;
    return {
      start: reason === "came_back" ? returned : incident.started_at,
      end: last.last_failing_at,
      cause: incident.cause,
      features: incident.features.map(({ name }) => name),
      reason: incident.summary,
    };
  });
}
