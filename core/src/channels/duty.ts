import { z } from "zod";
import { formatDuration } from "../duration/index.ts";
import { type Incident, type Notification, rhythmSchema } from "../records/index.ts";
import { rhythmEnd, rhythmInput } from "../silences/index.ts";
import { durationInput } from "../wire/index.ts";

const MINUTE_MS = 60_000;
const minutes = durationInput.refine((ms) => ms >= MINUTE_MS, "must be at least 1m");

/** DUTY_FIELDS are what a person says of when a channel is notified. */
export const DUTY_FIELDS = {
  notify_after: minutes.optional(),
  remind_every: minutes.optional(),
  quiet_hours: rhythmInput.optional(),
};

/** STORED_DUTY is when a channel is notified, as it is stored and shown. */
export const STORED_DUTY = {
  /** Milliseconds: the channel is notified only of an incident that fired so long ago and that nobody acknowledged. */
  notify_after: z.number().optional(),
  /** Milliseconds between two reminders of an incident that nobody acknowledged; absent: a day. */
  remind_every: z.number().optional(),
  /** Hours in which only pages are sent; the rest follows at their end. */
  quiet_hours: rhythmSchema.optional(),
};

/** Duty is when a channel is notified. */
export type Duty = z.infer<z.ZodObject<typeof STORED_DUTY>>;

/**
 * heldUntil returns when a message may go to a channel that has its quiet hours now: at their end; undefined where it may go now. A page is never held, so an incident that becomes
 * one releases all its messages, in order. O(1).
 */
export function heldUntil(
  { quiet_hours }: Duty,
  { severity }: Pick<Incident, "severity">,
  now: number,
): number | undefined {
  return quiet_hours === undefined || severity === "page" ? undefined : rhythmEnd(quiet_hours, now);
}

/**
 * waitsSince returns since when a message waits that could be sent: since it was queued, or since the end of the quiet hours in which it was. Undefined while quiet hours hold
 * it: nothing is late then. O(1).
 */
export function waitsSince(
  duty: Duty,
  incident: Pick<Incident, "severity"> | undefined,
  { transition, created_at, resent_at }: Pick<Notification, "transition" | "created_at" | "resent_at">,
  now: number,
): number | undefined {
  const queuedAt = resent_at ?? created_at;
  if (transition === "test" || incident === undefined) return queuedAt;
  return heldUntil(duty, incident, now) === undefined
    ? (heldUntil(duty, incident, queuedAt) ?? queuedAt)
    : undefined;
}

/** standbyReason says why a channel that is notified only after a while is not notified yet; undefined for any other channel. O(1). */
export function standbyReason({ notify_after }: Duty): string | undefined {
  return notify_after === undefined
    ? undefined
    : `it is notified where nobody acknowledges for ${formatDuration(notify_after)}`;
}
