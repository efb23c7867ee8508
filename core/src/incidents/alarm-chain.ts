import { z } from "zod";
import { type FoldedVerdict, foldedVerdictSchema, stopReasonSchema } from "../evaluation/index.ts";
import type { IncidentAction, Notification } from "../records/index.ts";

const linkSchema = z.object({
  step: z.enum(["judged", "folded", "queued", "sent", "answered"]),
  /** Real time, epoch ms. */
  at: z.number(),
  notification_id: z.string().optional(),
  channel_id: z.string().optional(),
  /** Who answered. */
  by: z.string().optional(),
});

const stopSchema = z.object({
  after: linkSchema.shape.step,
  /** `failed`: the channel did not take the notification, and `detail` says why. `superseded`: a newer message of the incident says it too, and `detail` names it. */
  reason: z.enum([...stopReasonSchema.options, "failed", "superseded"]),
  channel_id: z.string().optional(),
  detail: z.string().optional(),
});

/** alarmChainSchema is what became of one alarm: every step that it took with its time, and where it went no further, with the reason. */
export const alarmChainSchema = foldedVerdictSchema
  .pick({
    monitor_id: true,
    version: true,
    segment: true,
    window_start: true,
    window_end: true,
    revision: true,
  })
  .extend({ links: z.array(linkSchema), stops: z.array(stopSchema) });

export type AlarmChain = z.infer<typeof alarmChainSchema>;
type Link = z.infer<typeof linkSchema>;
type Stop = z.infer<typeof stopSchema>;

/**
 * alarmChain returns what became of one folded alarm: judged, folded, queued, sent, answered. `notifications` and `actions` are those of its incident.
 * O(notifications + actions).
 */
export function alarmChain(
  alarm: FoldedVerdict,
  notifications: readonly Notification[],
  actions: readonly IncidentAction[],
): AlarmChain {
  const { monitor_id, version, segment, window_start, window_end, revision } = alarm;
  const own = new Set(alarm.notification_ids);
  const rows = notifications.filter(({ id }) => own.has(id));
  const answer = answerOf(alarm, actions);
  const links: Link[] = [
    { step: "judged", at: alarm.judged_at },
    { step: "folded", at: alarm.folded_at },
    ...rows.flatMap(linksOf),
    ...(answer === undefined ? [] : [{ step: "answered" as const, at: answer.at, by: answer.actor }]),
  ];
  const stops: Stop[] = [
    ...(alarm.stopped === undefined || SAID_BY_ROWS.has(alarm.stopped)
      ? []
      : [{ after: "folded" as const, reason: alarm.stopped }]),
    ...rows.flatMap(stopsOf),
  ];
  return { monitor_id, version, segment, window_start, window_end, revision, links, stops };
}

// The notifications themselves say of which channel, and why.
const SAID_BY_ROWS: ReadonlySet<string> = new Set(["silenced", "not_subscribed"]);

function linksOf({ id, channel_id, status, created_at, sent_at }: Notification): Link[] {
  if (status === "silenced" || status === "not_subscribed") return [];
  const ids = { notification_id: id, channel_id };
  return [
    { step: "queued", at: created_at, ...ids },
    ...(sent_at === undefined ? [] : [{ step: "sent" as const, at: sent_at, ...ids }]),
  ];
}

function stopsOf({ status, channel_id, last_error }: Notification): Stop[] {
  const detail = last_error === undefined ? {} : { detail: last_error };
  switch (status) {
    case "silenced":
    case "not_subscribed":
      return [{ after: "folded", reason: status, channel_id, ...detail }];
    case "failed":
    case "superseded":
      return [{ after: "queued", reason: status, channel_id, ...detail }];
    case "queued":
    case "sent":
      return [];
    default:
      return status satisfies never;
  }
}

// An alarm that joins an incident which somebody already answered is answered by that.
function answerOf(alarm: FoldedVerdict, actions: readonly IncidentAction[]): IncidentAction | undefined {
  const answers = actions
    .filter(({ action, incident_id }) => isAnswer(action) && incident_id === alarm.incident_id)
    .sort((a, b) => a.at - b.at);
  const later = answers.find(({ at }) => at >= alarm.folded_at);
  return later ?? (alarm.stopped === "grouped" ? answers.at(-1) : undefined);
}

// A note answers nothing, and a mark may come weeks later.
function isAnswer(action: IncidentAction["action"]): boolean {
  return action !== "note" && action !== "mark";
}
