import { type FailingWindow, failingSince } from "./failing-since.ts";
import type { IncidentEvaluation, IncidentStep } from "./incident-step.ts";

/** openingAlarms returns the alarms with which the new incidents of a step began. O(alarms). */
export function openingAlarms({ placed }: IncidentStep): IncidentEvaluation[] {
  return placed
    .filter(({ transition }) => transition?.reason === "first_alarm")
    .map(({ evaluation }) => evaluation);
}

/**
 * beginIncidents returns a step whose new incidents start where their first failing window does, as an evaluated range says it; `earlier` are verdicts from before the opening
 * alarms. O(alarms · (incidents + earlier)).
 */
export function beginIncidents(step: IncidentStep, earlier: readonly FailingWindow[]): IncidentStep {
  const starts = new Map<string, number>();
  for (const { incidentId, evaluation, transition } of step.placed) {
    if (transition?.reason !== "first_alarm") continue;
    const start = failingSince(evaluation, earlier);
    starts.set(incidentId, Math.min(start, starts.get(incidentId) ?? start));
  }
  const changed = step.changed.map((incident) => ({
    ...incident,
    started_at: Math.min(incident.started_at, starts.get(incident.id) ?? incident.started_at),
  }));
  return { ...step, changed };
}
