import { type IncidentEvaluation, type IncidentTransition, stepIncidents } from "@leeway/core/incidents";
import type { WindowProfile } from "@leeway/core/profile";
import type { Incident } from "@leeway/core/records";
import type { DriftAssessor, DriftVerdict, PerformanceVerdict, WindowEvidence } from "@leeway/core/verdicts";

/** Day is one window of a story: its inputs, and what its performance was, once the verdict on the inputs is known. */
export interface Day {
  profile: WindowProfile;
  evidence?: WindowEvidence;
  performance?: (inputs: DriftVerdict) => PerformanceVerdict;
}

/** Telling is one notification a person got, and when. */
export interface Telling {
  day: string;
  told: string;
  incident: Incident;
}

/**
 * tellStory runs windows through verdicts and incidents in order and returns what people would have been notified of: series in, alarms out. `told` is the
 * transition, the cause and, for a broken pipeline or drifted inputs, the first feature to blame.
 */
export function tellStory(days: readonly Day[], assessDrift: DriftAssessor): Telling[] {
  let incidents: Incident[] = [];
  let state: DriftVerdict["state"] | undefined;
  const tellings: Telling[] = [];
  for (const { profile, evidence, performance } of days) {
    const drift = assessDrift(profile, state, evidence);
    state = drift.state;
    const evaluations = [evaluationOf(profile, "drift", drift)];
    if (performance !== undefined) evaluations.push(evaluationOf(profile, "performance", performance(drift)));
    const step = stepIncidents({ incidents, evaluations, now: profile.end });
    const changed = new Map(step.changed.map((incident) => [incident.id, incident]));
    incidents = [...incidents.filter(({ id }) => !changed.has(id)), ...changed.values()];
    tellings.push(...step.transitions.map((transition) => tellingOf(profile, transition)));
  }
  return tellings;
}

function evaluationOf(
  profile: WindowProfile,
  kind: "drift" | "performance",
  verdict: DriftVerdict | PerformanceVerdict,
): IncidentEvaluation {
  return {
    model: "model",
    version: "1",
    environment: "production",
    monitor_id: kind,
    kind,
    window_start: profile.start,
    window_end: profile.end,
    outcome: verdict.outcome,
    cause: verdict.cause,
    confidence: verdict.confidence,
    reason: verdict.reason,
    blamed: verdict.blamed,
  };
}

function tellingOf(profile: WindowProfile, { transition, incident }: IncidentTransition): Telling {
  const hasFeature = incident.cause === "pipeline" || incident.cause === "input_drift";
  const feature = hasFeature && incident.features[0] !== undefined ? ` ${incident.features[0].name}` : "";
  return {
    day: new Date(profile.start).toISOString().slice(0, 10),
    told: `${transition} ${incident.cause}${feature}`,
    incident,
  };
}
