export { incidentTitle } from "./attach-alarms.ts";
export { contentId } from "./content-id.ts";
export { dueNotifications, matchesSilence, repeatNotifications } from "./due-notifications.ts";
export { foldIncident } from "./fold-incident.ts";
export { DEFAULT_INCIDENT_POLICY, type IncidentPolicy } from "./incident-policy.ts";
export { INCIDENT_TRANSITIONS, type IncidentEvent, nextIncidentState } from "./incident-state.ts";
export {
  type IncidentEvaluation,
  type IncidentStep,
  type IncidentTransition,
  LEEWAY_ACTOR,
  type TransitionReason,
} from "./incident-step.ts";
export { nextSteps } from "./incident-words.ts";
export { type JoinDecision, joinDecision } from "./join-incident.ts";
export { stepIncidents } from "./step-incidents.ts";
