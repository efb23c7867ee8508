export { actionNotifications } from "./action-notifications.ts";
export { type AlarmChain, alarmChain, alarmChainSchema } from "./alarm-chain.ts";
export { beginIncidents, openingAlarms } from "./begin-incidents.ts";
export { contentId } from "./content-id.ts";
export { type ActionDecision, allowedActions, decideAction, UNDO_MS } from "./decide-action.ts";
export { dueNotifications } from "./due-notifications.ts";
export { escalationNotifications } from "./escalation-notifications.ts";
export { type FailingWindow, failingSince } from "./failing-since.ts";
export { foldIncident } from "./fold-incident.ts";
export {
  type FoldedAlarm,
  foldedVerdict,
  stoppedVerdict,
  type VerdictKey,
  verdictKey,
  windowKey,
} from "./folded-verdict.ts";
export { DEFAULT_INCIDENT_POLICY, type IncidentPolicy } from "./incident-policy.ts";
export { INCIDENT_TRANSITIONS, type IncidentEvent, nextIncidentState } from "./incident-state.ts";
export {
  type IncidentEvaluation,
  type IncidentStep,
  type IncidentTransition,
  LEEWAY_ACTOR,
  type PlacedAlarm,
  type TransitionReason,
} from "./incident-step.ts";
export { incidentTitle } from "./incident-title.ts";
export { nextSteps } from "./incident-words.ts";
export { type JoinDecision, joinDecision } from "./join-incident.ts";
export { type RangeAlarm, rangeAlarms } from "./range-alarms.ts";
export { repeatNotifications } from "./repeat-notifications.ts";
export { type FeedingModel, rootIncident } from "./root-incident.ts";
export { decideSeverity, moreUrgent, type SeverityDecision } from "./severity/decide-severity.ts";
export { harmOfVerdict } from "./severity/harm-of-verdict.ts";
export { stepBlindness } from "./step-blindness.ts";
export { type StepMonitor, stepIncidents } from "./step-incidents.ts";
export {
  type ExpectedOffers,
  expectedOffers,
  type UsefulShare,
  usefulShare,
  usefulShareSchema,
  usefulWords,
} from "./usefulness.ts";
