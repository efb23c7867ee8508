import type { Incident } from "../records/index.ts";
import { formatWindowStart } from "../words/index.ts";
import type { IncidentPolicy } from "./incident-policy.ts";
import { nextIncidentState } from "./incident-state.ts";
import type { IncidentEvaluation } from "./incident-step.ts";
import { type ChangedIncident, LEEWAY_ACTOR } from "./incident-step.ts";

/**
 * recoverIncident returns an open incident after a window in which its cause did not fail: a window counts as healthy only where a monitor that had failed
 * with that cause says `ok`; silence, too little data and immature labels count for nothing. Enough healthy windows in a row resolve it, with the reason. O(evaluations).
 */
export function recoverIncident(
  incident: Incident,
  group: readonly IncidentEvaluation[],
  now: number,
  policy: IncidentPolicy,
): ChangedIncident {
  // Whether a model is judged again is decided from its windows without a verdict, not from the verdicts.
  if (incident.cause === "blind") return { incident };
  const ofCause = incident.evaluations.filter(({ cause }) => cause === undefined || cause === incident.cause);
  const monitors = new Set(ofCause.map((evaluation) => evaluation.monitor_id));
  const mine = group.filter(
    (evaluation) =>
      evaluation.model === incident.model &&
      evaluation.version === incident.version &&
      evaluation.environment === incident.environment &&
      monitors.has(evaluation.monitor_id),
  );
  const healthy = mine.find((evaluation) => evaluation.outcome === "ok");
  const isFailing = mine.some(({ outcome, cause }) => outcome === "alarm" && cause === incident.cause);
  if (healthy === undefined || isFailing) return { incident };
  const windowEnd = healthy.window_end;
  if (windowEnd <= Math.max(incident.last_failing_at, incident.healthy_until ?? 0)) return { incident };
  const healthyWindows = incident.healthy_windows + 1;
  const isHeld = healthyWindows >= policy.healthyWindows;
  const state = nextIncidentState(incident.state, isHeld ? "healthy_held" : "healthy");
  const counted: Incident = {
    ...incident,
    state,
    healthy_windows: healthyWindows,
    healthy_until: windowEnd,
  };
  if (state !== "resolved") return { incident: counted };
  const count = healthyWindows === 1 ? "one healthy window" : `${healthyWindows} healthy windows in a row`;
  const resolution = `Resolved by itself after ${count}, the last failing one ended ${formatWindowStart(incident.last_failing_at)}. Now: ${healthy.reason}`;
  const resolved: Incident = { ...counted, resolved_at: now, resolved_by: LEEWAY_ACTOR, resolution };
  return incident.state === "pending"
    ? { incident: resolved }
    : { incident: resolved, transition: { transition: "resolved", reason: "recovered" } };
}
