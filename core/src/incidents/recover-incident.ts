import type { Incident } from "../records/index.ts";
import { formatWindowStart } from "../words/index.ts";
import { isFlapping } from "./flapping.ts";
import type { IncidentPolicy } from "./incident-policy.ts";
import { nextIncidentState } from "./incident-state.ts";
import type { IncidentEvaluation } from "./incident-step.ts";
import { type ChangedIncident, LEEWAY_ACTOR } from "./incident-step.ts";
import { withdrawAlarms } from "./withdraw-alarms.ts";

/**
 * recoverIncident returns an open incident after a window in which its cause did not fail: a window counts as healthy only where a monitor that had failed
 * with that cause says `ok`; silence, too little data and immature labels count for nothing. Enough healthy windows in a row resolve it, with the reason; so does the end of its last
 * alarm, where what came late made each of its failing windows healthy. O(evaluations).
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
  const { incident: standing, isRefuted } = withdrawAlarms(incident, mine);
  if (isRefuted) {
    const resolution = `Withdrawn: what came late made every failing window healthy. Now: ${healthy.reason}`;
    return resolved(incident, { ...standing, resolution }, now);
  }
  const windowEnd = healthy.window_end;
  if (windowEnd <= Math.max(standing.last_failing_at, standing.healthy_until ?? 0))
    return { incident: standing };
  const healthyWindows = standing.healthy_windows + 1;
  const healthyMs = Math.max(policy.healthyMs, isFlapping(standing, policy.dampingMs) ? policy.dampingMs : 0);
  const isHeld = healthyWindows >= policy.healthyWindows && windowEnd - standing.last_failing_at >= healthyMs;
  const state = nextIncidentState(incident.state, isHeld ? "healthy_held" : "healthy");
  const counted: Incident = {
    ...standing,
    state,
    healthy_windows: healthyWindows,
    healthy_until: windowEnd,
  };
  if (state !== "resolved") return { incident: counted };
  const count = healthyWindows === 1 ? "one healthy window" : `${healthyWindows} healthy windows in a row`;
  const resolution = `Resolved: ${count}. The last failing window ended ${formatWindowStart(standing.last_failing_at)}. Now: ${healthy.reason}`;
  return resolved(incident, { ...counted, resolution }, now);
}

function resolved(before: Incident, after: Incident, now: number): ChangedIncident {
  const state = nextIncidentState(before.state, "healthy_held");
  const incident: Incident = { ...after, state, resolved_at: now, resolved_by: LEEWAY_ACTOR };
  return before.state === "pending"
    ? { incident }
    : { incident, transition: { transition: "resolved", reason: "recovered" } };
}
