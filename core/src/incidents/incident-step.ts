import type { Evaluation, Harm } from "../evaluation/index.ts";
import type { BlamedFeature, Cause, Incident } from "../records/index.ts";
import type { SeverityDecision } from "./severity/decide-severity.ts";

/** IncidentEvaluation is an evaluation as incidents need it: with the confidence and the features its verdict came with. */
export interface IncidentEvaluation
  extends Pick<
    Evaluation,
    | "model"
    | "version"
    | "environment"
    | "monitor_id"
    | "kind"
    | "window_start"
    | "window_end"
    | "outcome"
    | "reason"
  > {
  cause?: Evaluation["cause"] | undefined;
  confidence?: number | undefined;
  blamed?: readonly BlamedFeature[] | undefined;
  /** What the failing window did, as far as that is known. */
  harm?: Harm | undefined;
}

/** TransitionReason says why people are notified. */
export type TransitionReason =
  | "first_alarm"
  | "held_long_enough"
  | "came_back"
  | "cause_changed"
  /** What was not settled at first now is. */
  | "cause_settled"
  /** Another feature began to fail. */
  | "new_evidence"
  /** It became more urgent. */
  | "severity_raised"
  | "recovered";

/** IncidentTransition is a change of an incident that people may be notified of. */
export interface IncidentTransition {
  incident: Incident;
  transition: "fired" | "updated" | "resolved";
  reason: TransitionReason;
  /** It became more urgent at the same time, whatever the reason is. */
  is_raised?: boolean;
}

/** PlacedAlarm is where a failing evaluation went: the incident that took it, and the transition that it caused, if any. */
export interface PlacedAlarm {
  evaluation: IncidentEvaluation;
  incidentId: string;
  transition?: IncidentTransition;
}

/** IncidentStep is what one step changed: records to save, transitions to notify of, and where each alarm went. */
export interface IncidentStep {
  changed: Incident[];
  transitions: IncidentTransition[];
  placed: PlacedAlarm[];
}

/** CausedEvaluation is the failing evaluations of one version in one window, under their common cause. */
export interface CausedEvaluation {
  model: string;
  version: string;
  environment: Incident["environment"];
  cause: Cause;
  confidence: number;
  window_start: number;
  window_end: number;
  reason: string;
  features: BlamedFeature[];
  evaluations: Incident["evaluations"];
  sources: readonly IncidentEvaluation[];
  severity: SeverityDecision;
}

/** ChangedIncident is an incident after a step, and what people are notified of, if anything. */
export interface ChangedIncident {
  incident: Incident;
  transition?: Omit<IncidentTransition, "incident">;
}

/** LEEWAY_ACTOR is who resolves an incident that ended by itself. */
export const LEEWAY_ACTOR = "leeway";
