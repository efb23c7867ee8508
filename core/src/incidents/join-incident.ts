import type { Cause, Incident } from "../records/index.ts";

/** JoinDecision is what becomes of an alarm with respect to one existing incident of the same model version. */
export type JoinDecision = "join" | "join_and_change_cause" | "separate";

// A verdict this many windows after an incident began can still be the better reading of the same beginning.
const BEGINNING_WINDOWS = 3;

/**
 * joinDecision decides whether an alarm belongs to an incident: the same cause joins; what a broken pipeline explains (drift, lost
 * performance) joins the pipeline's incident while that is open, and afterwards where its windows overlap; lost performance beside drifted inputs is one
 * incident, named after the worse of the two once two windows say so. O(evaluations).
 */
export function joinDecision(
  incident: Incident,
  alarm: { cause: Cause; window_start: number; window_end: number },
): JoinDecision {
  if (incident.cause === alarm.cause) return "join";
  const windowMs = alarm.window_end - alarm.window_start;
  const isOpen = incident.state !== "resolved";
  const overlaps =
    alarm.window_end > incident.started_at &&
    (isOpen || alarm.window_start < incident.last_failing_at + windowMs);
  if (!overlaps) return "separate";
  switch (incident.cause) {
    case "pipeline":
      return alarm.cause === "input_drift" || alarm.cause === "concept_drift" ? "join" : "separate";
    case "concept_drift":
      return alarm.cause === "input_drift" ? "join" : "separate";
    case "input_drift": {
      const isSecond = isConfirmed(incident, alarm);
      // Two windows rename it, and the second of them comes one later.
      const beginning = (BEGINNING_WINDOWS + (isSecond ? 1 : 0)) * windowMs;
      const isBeginning = alarm.window_start - firstAlarmAt(incident) <= beginning;
      const renamed = isSecond ? "join_and_change_cause" : "join";
      if (alarm.cause === "pipeline") return isBeginning ? renamed : "separate";
      return alarm.cause === "concept_drift" ? renamed : "separate";
    }
    case "serving":
    case "labels":
    case "volume":
    case "blind":
      return "separate";
    default:
      return incident.cause satisfies never;
  }
}

// Windows that failed before the first alarm count towards no beginning. Where the first alarms are not kept any more, the beginning is long past.
function firstAlarmAt({ started_at, evaluations, evaluation_count }: Incident): number {
  if (evaluations.length === 0 || evaluations.length < evaluation_count) return started_at;
  return Math.min(...evaluations.map(({ window_start }) => window_start));
}

// One window never renames an incident: the one before it, or one of the same end, has to say the same.
function isConfirmed(
  { evaluations }: Pick<Incident, "evaluations">,
  alarm: { cause: Cause; window_start: number; window_end: number },
): boolean {
  const windowMs = alarm.window_end - alarm.window_start;
  return evaluations.some(
    ({ cause, window_end }) =>
      cause === alarm.cause && window_end < alarm.window_end && window_end >= alarm.window_start - windowMs,
  );
}
