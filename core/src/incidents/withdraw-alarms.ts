import type { Incident } from "../records/index.ts";
import type { IncidentEvaluation } from "./incident-step.ts";

/**
 * withdrawAlarms returns an open incident after verdicts that were revised: what failed and is healthy now, because rows or labels came late, is an alarm
 * no more. `isRefuted` says that none is left. Windows are the same where monitor, start and end are. O(evaluations).
 */
export function withdrawAlarms(
  incident: Incident,
  revised: readonly IncidentEvaluation[],
): { incident: Incident; isRefuted: boolean } {
  const healthy = new Set(revised.filter(({ outcome }) => outcome === "ok").map(windowOf));
  const isWithdrawn = (alarm: Incident["evaluations"][number]) =>
    alarm.withdrawn === undefined && healthy.has(windowOf(alarm));
  if (!incident.evaluations.some(isWithdrawn)) return { incident, isRefuted: false };
  const evaluations = incident.evaluations.map((alarm) =>
    isWithdrawn(alarm) ? { ...alarm, withdrawn: true as const } : alarm,
  );
  // Older alarms than are kept may still stand.
  if (incident.evaluation_count > evaluations.length)
    return { incident: { ...incident, evaluations }, isRefuted: false };
  const left = evaluations.filter(
    ({ withdrawn, cause }) => withdrawn === undefined && (cause === undefined || cause === incident.cause),
  );
  if (left.length === 0) return { incident: { ...incident, evaluations }, isRefuted: true };
  const lastFailing = Math.max(...left.map(({ window_end }) => window_end));
  return { incident: { ...incident, evaluations, last_failing_at: lastFailing }, isRefuted: false };
}

function windowOf(window: { monitor_id: string; window_start: number; window_end: number }): string {
  return `${window.monitor_id} ${window.window_start} ${window.window_end}`;
}
