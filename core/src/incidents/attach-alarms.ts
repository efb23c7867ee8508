import type { BlamedFeature, Incident } from "../records/index.ts";
import { SETTLED } from "../triage/index.ts";
import { contentId } from "./content-id.ts";
import { flappingWords, isFlapping, withReturn } from "./flapping.ts";
import type { IncidentPolicy } from "./incident-policy.ts";
import { nextIncidentState } from "./incident-state.ts";
import {
  type CausedEvaluation,
  type ChangedIncident,
  LEEWAY_ACTOR,
  type TransitionReason,
} from "./incident-step.ts";
import { incidentTitle } from "./incident-title.ts";
import { nextSteps } from "./incident-words.ts";
import { joinDecision } from "./join-incident.ts";
import { moreUrgent } from "./severity/decide-severity.ts";

/** openIncident returns a new incident for an alarm; its id follows from what it is about and when it began. O(features). */
export function openIncident(alarm: CausedEvaluation, now: number, policy: IncidentPolicy): ChangedIncident {
  const { model, version, environment, cause, confidence, window_start, window_end } = alarm;
  const isHeld = window_end - window_start >= policy.pendingMs;
  const state = nextIncidentState("pending", isHeld ? "failing_held" : "failing");
  const incident: Incident = {
    id: contentId("inc", [model, version, environment, cause, window_start]),
    model,
    version,
    environment,
    cause,
    confidence,
    severity: alarm.severity.severity,
    severity_reason: alarm.severity.reason,
    state,
    title: incidentTitle(alarm),
    summary: alarm.reason,
    next_steps: nextSteps(cause, namesOf(alarm.features), confidence),
    features: alarm.features,
    started_at: window_start,
    last_failing_at: window_end,
    ...(state === "firing" ? { fired_at: now } : {}),
    healthy_windows: 0,
    evaluations: alarm.evaluations,
    evaluation_count: alarm.evaluations.length,
  };
  return state === "firing"
    ? { incident, transition: { transition: "fired", reason: "first_alarm" } }
    : { incident };
}

/**
 * attachAlarms returns an incident after one more failing window: evaluations attached once each; where its own cause failed, the story is written anew and
 * the state moved on, and a resolved incident reopens unless the window lies inside the time it was failing anyway. Alarms of another cause, which this
 * one explains, are filed as evidence and prolong nothing. O(evaluations).
 */
export function attachAlarms(
  incident: Incident,
  alarm: CausedEvaluation,
  now: number,
  policy: IncidentPolicy,
): ChangedIncident {
  // An alarm that was withdrawn and comes again is as good as new.
  const known = new Set(incident.evaluations.filter((one) => one.withdrawn === undefined).map(evaluationKey));
  const fresh = alarm.evaluations.filter((evaluation) => !known.has(evaluationKey(evaluation)));
  if (fresh.length === 0) return { incident };
  const again = new Set(fresh.map(evaluationKey));
  const others = incident.evaluations.filter((one) => !again.has(evaluationKey(one)));
  const filed: Incident = {
    ...incident,
    evaluations: [...others, ...fresh].slice(-policy.keptEvaluations),
    evaluation_count:
      incident.evaluation_count + fresh.length - (incident.evaluations.length - others.length),
  };
  const changesCause = joinDecision(incident, alarm) === "join_and_change_cause";
  if (alarm.cause !== incident.cause && !changesCause) {
    return withNews(incident.state === "resolved" ? filed : raised(filed, alarm), incident, alarm, now);
  }
  // Where every alarm was withdrawn, none is left that this one could be late evidence of.
  const isRefuted = incident.evaluations.length > 0 && incident.evaluations.every((one) => one.withdrawn);
  const isNews = isRefuted || alarm.window_end > incident.last_failing_at;
  const attached: Incident = {
    ...filed,
    started_at: Math.min(incident.started_at, alarm.window_start),
    last_failing_at: Math.max(incident.last_failing_at, alarm.window_end),
    ...(isNews ? { healthy_windows: 0 } : {}),
  };
  // Evidence of the past (late labels of a window that had failed already) is filed, not news.
  if (!isNews && incident.state === "resolved") return { incident: attached };
  const told = isNews ? retellReturn(attached, incident, alarm, policy.dampingMs) : retell(attached, alarm);
  const isHeld = told.last_failing_at - told.started_at >= policy.pendingMs;
  const state = nextIncidentState(incident.state, isHeld ? "failing_held" : "failing");
  if (incident.state === "resolved" && state === "firing") return reopened(told, now);
  if (incident.state === "pending" && state === "firing") {
    return {
      incident: { ...told, state, fired_at: now },
      transition: { transition: "fired", reason: "held_long_enough" },
    };
  }
  if (changesCause && state !== "pending") {
    return updated({ ...told, state }, incident, "cause_changed");
  }
  if (state !== "pending" && incident.confidence < SETTLED && told.confidence >= SETTLED) {
    return updated({ ...told, state }, incident, "cause_settled");
  }
  return withNews({ ...told, state }, incident, alarm, now);
}

function updated(after: Incident, before: Incident, reason: TransitionReason): ChangedIncident {
  const isRaised = after.severity !== before.severity;
  return {
    incident: after,
    transition: { transition: "updated", reason, ...(isRaised && { is_raised: true }) },
  };
}

const ALSO = " Also: ";

// What was a ticket may turn out to be a page; what people were woken by does not become less urgent while it lasts.
function raised(incident: Incident, { severity: { severity, reason } }: CausedEvaluation): Incident {
  return moreUrgent(incident.severity, severity) === incident.severity
    ? incident
    : { ...incident, severity, severity_reason: reason };
}

// A feature that fails for the first time inside an incident that people know of is news, whatever its cause; it is announced once. So is that it is more urgent now.
function withNews(after: Incident, before: Incident, alarm: CausedEvaluation, now: number): ChangedIncident {
  const known = new Set(namesOf(before.features));
  const news = alarm.features.filter(({ name }) => !known.has(name));
  const isOpen = after.state === "firing" || after.state === "acknowledged";
  if (isOpen && after.severity !== before.severity && before.fired_at !== now) {
    return { incident: after, transition: { transition: "updated", reason: "severity_raised" } };
  }
  if (!isOpen || news.length === 0 || before.features.length >= MOST_FEATURES) return { incident: after };
  const [base = ""] = after.summary.split(ALSO);
  const said = news.slice(0, MOST_NEWS).map(({ name, evidence }) => `${name}: ${evidence}`);
  const names = new Set(namesOf(after.features));
  const incident: Incident = {
    ...after,
    features: [...after.features, ...news.filter(({ name }) => !names.has(name))].slice(0, MOST_FEATURES),
    summary: `${base}${ALSO}${said.join("; ")}`,
  };
  // Several windows judged at once are one message: what the later ones add is in it.
  if (before.fired_at === now) return { incident };
  return { incident, transition: { transition: "updated", reason: "new_evidence" } };
}

const MOST_FEATURES = 10;
const MOST_NEWS = 3;

function namesOf(features: readonly BlamedFeature[]): string[] {
  return features.map((feature) => feature.name);
}

function evaluationKey(evaluation: Incident["evaluations"][number]): string {
  return `${evaluation.monitor_id} ${evaluation.window_end}`;
}

// What fails now is what to look at now; features blamed in earlier windows stay on the list behind today's.
function retell(incident: Incident, alarm: CausedEvaluation): Incident {
  const today = new Set(namesOf(alarm.features));
  const isSameCause = incident.cause === alarm.cause;
  const earlier = isSameCause ? incident.features.filter((feature) => !today.has(feature.name)) : [];
  const features = [...alarm.features, ...earlier].slice(0, MOST_FEATURES);
  return {
    ...raised(incident, alarm),
    cause: alarm.cause,
    confidence: isSameCause ? Math.max(incident.confidence, alarm.confidence) : alarm.confidence,
    title: incidentTitle({ ...alarm, features }),
    summary: alarm.reason,
    features,
    next_steps: nextSteps(alarm.cause, namesOf(features), alarm.confidence),
  };
}

function retellReturn(
  after: Incident,
  before: Incident,
  alarm: CausedEvaluation,
  dampingMs: number,
): Incident {
  const counted = withReturn(retell(after, alarm), before, alarm, dampingMs);
  const words = isFlapping(counted, dampingMs) ? flappingWords(counted) : "";
  return words === "" ? counted : { ...counted, summary: joinSentences(counted.summary, words) };
}

function joinSentences(first: string, second: string): string {
  return `${first}${/[.!?]$/.test(first) ? "" : "."} ${second}`;
}

function reopened(incident: Incident, now: number): ChangedIncident {
  const { resolved_at, resolved_by, resolution, acknowledged_at, acknowledged_by, ...kept } = incident;
  // What people did was about the time before: it stays in the list of what is done with.
  const { snoozed_until: _until, snoozed_by: _by, ...rest } = kept;
  const told =
    resolved_by === undefined || resolved_by === LEEWAY_ACTOR
      ? "It came back after it had resolved."
      : `It came back after ${resolved_by} had resolved it.`;
  return {
    incident: { ...rest, state: "firing", fired_at: now, summary: `${incident.summary} ${told}` },
    transition: { transition: "fired", reason: "came_back" },
  };
}
