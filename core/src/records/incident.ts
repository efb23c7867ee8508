import { z } from "zod";
import { environmentSchema, paragraphsSchema } from "../wire/index.ts";
import { changeEventSchema } from "./change-event.ts";

/** causeSchema is the class of a failure; it comes first in every message. `blind` is a model that could not be judged for long: no verdict names it. */
export const causeSchema = z.enum([
  "pipeline",
  "input_drift",
  "concept_drift",
  "serving",
  "labels",
  "volume",
  "blind",
]);

/** severitySchema says how urgent an incident is: `page` wakes somebody, `ticket` waits for working hours, `notice` only tells. Most urgent first. */
export const severitySchema = z.enum(["page", "ticket", "notice"]);

export const incidentStateSchema = z.enum(["pending", "firing", "acknowledged", "resolved"]);

/** blamedFeatureSchema is one feature to blame, ranked by what it did to the model's predictions. */
export const blamedFeatureSchema = z.object({
  name: z.string(),
  /** Share of the change in predictions put down to this feature, 0..1; absent where it can't be estimated. */
  impact: z.number().optional(),
  /** By how much it moved the mean output, in the output's units, to first order; absent where the reference doesn't know outputs by bin. */
  effect: z.number().optional(),
  /** What is wrong with it, as the predicate of its name; absent where only its evidence says so. */
  claim: z.string().optional(),
  /** One sentence with its numbers, e.g. "distance: values look multiplied by 1.609 (miles to kilometres)". */
  evidence: z.string(),
  psi: z.number().optional(),
  /** Both distributions over the same bins, as shares: what the message and the page draw. */
  distribution: z
    .object({ labels: z.array(z.string()), reference: z.array(z.number()), window: z.array(z.number()) })
    .optional(),
});

/** usefulnessSchema is what a person says of an alarm afterwards: it was worth being notified of, it was not, or it was right but expected. */
export const usefulnessSchema = z.enum(["yes", "no", "expected"]);

/** incidentSchema is what a person is notified of: failing evaluations of one model version with one cause. Written by the analyzer alone. */
export const incidentSchema = z.object({
  id: z.string(),
  model: z.string(),
  version: z.string(),
  environment: environmentSchema,
  cause: causeSchema,
  /** Confidence in the cause, 0..1. */
  confidence: z.number().min(0).max(1),
  /** The highest that it had in its life; records of an earlier version have none and count as tickets. */
  severity: severitySchema.default("ticket"),
  /** Why it is that urgent, in a sentence. */
  severity_reason: z.string().optional(),
  state: incidentStateSchema,
  title: z.string(),
  /** What happened, how bad, in one or two sentences with numbers. */
  summary: z.string(),
  /** What to do next, most useful first. */
  next_steps: z.array(z.string()),
  features: z.array(blamedFeatureSchema),
  /** Event time, epoch ms: start of the first and end of the last failing window. */
  started_at: z.number(),
  last_failing_at: z.number(),
  fired_at: z.number().optional(),
  acknowledged_at: z.number().optional(),
  acknowledged_by: z.string().optional(),
  resolved_at: z.number().optional(),
  resolved_by: z.string().optional(),
  resolution: z.string().optional(),
  /** Real time until which a person wants no message of it, and who; its end and a rise of severity are sent all the same. */
  snoozed_until: z.number().optional(),
  snoozed_by: z.string().optional(),
  /** Who is to look at it: a name or an e-mail address. */
  assignee: z.string().optional(),
  /** Who owns its model, as the model's settings have it when it is read. */
  owner: z.string().optional(),
  /** What changed shortly before it began, nearest first: looked up when one incident is read or a message of it is written. */
  changes: z.array(changeEventSchema).optional(),
  /** Whether it was useful to be notified of it, by whom it was said last. */
  useful: z.object({ mark: usefulnessSchema, by: z.string(), at: z.number() }).optional(),
  /** The incident of a model that feeds its model, which it follows from: looked up as the changes are. */
  follows_from: z.object({ id: z.string(), model: z.string(), title: z.string() }).optional(),
  /** Ids of the actions that are in this record already; the others are folded in when it is read. */
  acted: z.array(z.string()).optional(),
  /** Consecutive healthy windows since the last failing one. */
  healthy_windows: z.number().int(),
  /** Event time: end of the last healthy window that was counted. */
  healthy_until: z.number().optional(),
  /** Event time: ends of the windows with which it came back after it had resolved, newest last. */
  returns: z.array(z.number()).optional(),
  evaluations: z.array(
    z.object({
      monitor_id: z.string(),
      window_start: z.number(),
      window_end: z.number(),
      reason: z.string(),
      /** The check's own cause; another than the incident's where it is filed as evidence. Absent on records of an earlier version. */
      cause: causeSchema.optional(),
      /** True where rows or labels that came late made this window healthy after all. */
      withdrawn: z.literal(true).optional(),
    }),
  ),
  evaluation_count: z.number().int(),
});

/** incidentTextSchema is what a person writes about an incident: paragraphs, without spaces around them. */
export const incidentTextSchema = paragraphsSchema(10_000).trim();

/** incidentActionSchema is what a person did to an incident; the incident's state is the analyzer's record folded with these. */
export const incidentActionSchema = z.object({
  id: z.string(),
  incident_id: z.string(),
  /** `undo` takes back a resolution of a moment ago; `reopen` says that it was none. */
  action: z.enum(["acknowledge", "resolve", "reopen", "undo", "snooze", "assign", "note", "mark"]),
  actor: z.string(),
  text: z.string().max(10_000).optional(),
  /** Of a snooze: real time at which it ends. */
  until: z.number().optional(),
  /** Of an assignment: to whom; absent: to nobody any more. */
  assignee: z.string().max(256).optional(),
  /** Of a mark. */
  useful: usefulnessSchema.optional(),
  at: z.number(),
});

/** notificationSchema is the outbox: one row per incident transition and channel; `sent` is written only after the send succeeded. */
export const notificationSchema = z.object({
  /** Content-derived: incident, transition, channel. Receivers get it as idempotency key. */
  id: z.string(),
  incident_id: z.string(),
  channel_id: z.string(),
  transition: z.enum(["fired", "updated", "resolved", "test"]),
  /** Why it is sent: the change of the incident, and of a person's action who did it and what it says. Absent on records of an earlier version. */
  occasion: z
    .object({ reason: z.string(), by: z.string().optional(), words: z.string().optional() })
    .optional(),
  /** `superseded`: a newer message of the same incident waited for the same channel, and says all that this one would have said. `not_subscribed`: its channel does not take such incidents; `last_error` says why. */
  status: z.enum(["queued", "sent", "failed", "silenced", "superseded", "not_subscribed"]),
  /** The silence that kept it back; absent on records of an earlier version. */
  silence_id: z.string().optional(),
  attempts: z.number().int(),
  /** When a person had it sent once more after it had failed for good, and who. */
  resent_at: z.number().optional(),
  resent_by: z.string().optional(),
  /** Real time of the latest attempt, written before it where the receiver can be asked afterwards whether it arrived. */
  started_at: z.number().optional(),
  last_error: z.string().optional(),
  /** How long the latest attempt took, ms. */
  took_ms: z.number().optional(),
  /** What is said before the incident's own summary. */
  note: z.string().optional(),
  /** What the receiver answered that later messages need (Slack ts, e-mail message id). */
  receipt: z.record(z.string(), z.string()).optional(),
  created_at: z.number(),
  sent_at: z.number().optional(),
});

/** retrainingVerdictSchema is what the product found when it compared a retrained version with the one that it was to replace. */
export const retrainingVerdictSchema = z.object({
  verdict: z.enum(["promote", "wait", "worse", "not_defined"]),
  sentence: z.string(),
  /** Labels that both versions share, and about how many more are needed. */
  labels: z.number(),
  more_labels: z.number().nullable(),
  /** Event time that was compared, and when. */
  from: z.number(),
  to: z.number(),
  at: z.number(),
});

/** retrainingSchema is a triggered run and what became of it. */
export const retrainingSchema = z.object({
  id: z.string(),
  incident_id: z.string(),
  model: z.string(),
  version: z.string(),
  channel_id: z.string(),
  /** `refused` by the channel's policy, with its reason as the message; `timed_out`: the job never said how it ended. */
  status: z.enum([
    "awaiting_approval",
    "refused",
    "requested",
    "running",
    "succeeded",
    "failed",
    "timed_out",
  ]),
  /** Why the policy refused it. */
  refusal: z.string().optional(),
  /** The notification that asks for it; sent again once a person has approved. */
  notification_id: z.string().optional(),
  approved_by: z.string().optional(),
  /** Real time at which the run may last have begun: its time limit counts from here. */
  asked_at: z.number().optional(),
  verdict: retrainingVerdictSchema.optional(),
  /** What was done about the new version, by whom, when. */
  acted: z.object({ action: z.enum(["promote", "archive"]), by: z.string(), at: z.number() }).optional(),
  /** Kind of target that was asked, and its own id of the run; absent where the target names none. */
  target: z.string().optional(),
  run_id: z.string().optional(),
  new_version: z.string().optional(),
  metrics: z.record(z.string(), z.number()).optional(),
  url: z.string().optional(),
  message: z.string().optional(),
  requested_at: z.number(),
  updated_at: z.number(),
});

export type Cause = z.infer<typeof causeSchema>;
export type Severity = z.infer<typeof severitySchema>;
export type Usefulness = z.infer<typeof usefulnessSchema>;
export type IncidentState = z.infer<typeof incidentStateSchema>;
export type BlamedFeature = z.infer<typeof blamedFeatureSchema>;
export type Incident = z.infer<typeof incidentSchema>;
export type IncidentAction = z.infer<typeof incidentActionSchema>;
export type Notification = z.infer<typeof notificationSchema>;
export type Retraining = z.infer<typeof retrainingSchema>;
export type RetrainingVerdict = z.infer<typeof retrainingVerdictSchema>;
