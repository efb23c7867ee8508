import { hasReached } from "../channels/index.ts";
import type { Evaluation, FoldedVerdict, StopReason } from "../evaluation/index.ts";
import type { Notification } from "../records/index.ts";

/** FoldedAlarm is where an alarm went: the incident that took it, whether the incident's state changed by it, and the notifications of that change. */
export interface FoldedAlarm {
  incidentId: string;
  hasTransition: boolean;
  notifications: readonly Notification[];
}

/** VerdictKey is what makes one revision of a verdict that and no other. */
export type VerdictKey = Pick<
  FoldedVerdict,
  "model" | "version" | "environment" | "monitor_id" | "segment" | "window_start" | "window_end" | "revision"
>;

/** verdictKey returns the key of one revision of a verdict as text. O(1). */
export function verdictKey(verdict: VerdictKey): string {
  return JSON.stringify([windowKey(verdict), verdict.revision]);
}

/** windowKey returns the key of a verdict's monitor and window as text: all its revisions share it. O(1). */
export function windowKey(verdict: Omit<VerdictKey, "revision">): string {
  const { model, version, environment, monitor_id, segment, window_start, window_end } = verdict;
  return JSON.stringify([model, version, environment, monitor_id, segment, window_start, window_end]);
}

/** stoppedVerdict returns the record of a verdict that was not folded into incidents, with the reason. O(1). */
export function stoppedVerdict(
  verdict: Omit<Evaluation, "detail" | "state">,
  stopped: StopReason,
  now: number,
): FoldedVerdict {
  return { ...recordOf(verdict, now), notification_ids: [], stopped };
}

/**
 * foldedVerdict returns the record of a verdict that was folded: of an alarm the incident that took it and the notifications that this queued, or the reason why it
 * queued none. O(notifications).
 */
export function foldedVerdict(
  verdict: Omit<Evaluation, "detail" | "state">,
  alarm: FoldedAlarm | undefined,
  now: number,
): FoldedVerdict {
  if (alarm === undefined) {
    return verdict.outcome === "alarm"
      ? stoppedVerdict(verdict, "unexplained", now)
      : { ...recordOf(verdict, now), notification_ids: [] };
  }
  const stopped = stopOf(alarm);
  return {
    ...recordOf(verdict, now),
    incident_id: alarm.incidentId,
    notification_ids: alarm.notifications.map(({ id }) => id),
    ...(stopped === undefined ? {} : { stopped }),
  };
}

function stopOf({ hasTransition, notifications }: FoldedAlarm): StopReason | undefined {
  if (!hasTransition) return "grouped";
  if (notifications.length === 0) return "no_channel";
  if (notifications.some(hasReached)) return undefined;
  return notifications.some(({ status }) => status === "silenced") ? "silenced" : "not_subscribed";
}

function recordOf(
  verdict: Omit<Evaluation, "detail" | "state">,
  now: number,
): Omit<FoldedVerdict, "notification_ids"> {
  const { model, version, environment, monitor_id, segment, window_start, window_end } = verdict;
  return {
    ...{ model, version, environment, monitor_id, segment, window_start, window_end },
    revision: verdict.revision,
    outcome: verdict.outcome,
    judged_at: verdict.evaluated_at,
    folded_at: now,
  };
}
