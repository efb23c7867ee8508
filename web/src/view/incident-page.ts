import type { ChannelKind } from "@leeway/core/channels";
import { LEEWAY_ACTOR } from "@leeway/core/incidents";
import type { Incident, IncidentAction, Notification, Retraining } from "@leeway/core/records";
import { formatWindowStart } from "@leeway/core/words";

/** SentNotification is a notification with the name of its channel; nothing of the channel's secrets or addresses. */
export interface SentNotification extends Notification {
  channelName: string;
  channelKind: ChannelKind | undefined;
}

/** IncidentPageView is everything the incident page shows. */
export interface IncidentPageView {
  incident: Incident;
  actions: IncidentAction[];
  notifications: SentNotification[];
  retrainings: Retraining[];
  /** Other incidents of the same model, newest first. */
  related: Incident[];
  madeAt: number;
  /** Whether the person may act on incidents, and what may be done to this one as it stands. */
  canAct: boolean;
  allowed: IncidentAction["action"][];
}

/** TimelineEntry is one line of an incident's activity. */
export interface TimelineEntry {
  at: number;
  who: string;
  what: string;
  text: string | undefined;
}

const ACTIONS = {
  acknowledge: "acknowledged the incident",
  resolve: "resolved the incident",
  reopen: "reopened the incident",
  undo: "took the resolution back",
  snooze: "snoozed the incident",
  assign: "assigned the incident",
  note: "wrote",
  mark: "marked the incident",
} as const;

const MARKS = { yes: "useful", no: "not useful", expected: "expected" } as const;

function actionWords({ action, assignee, until, useful }: IncidentAction): string {
  if (action === "mark" && useful !== undefined) return `marked the incident as ${MARKS[useful]}`;
  if (action === "assign") {
    return assignee === undefined ? "took the assignment away" : `assigned the incident to ${assignee}`;
  }
  if (action === "snooze" && until !== undefined)
    return `snoozed the incident until ${formatWindowStart(until)}`;
  return ACTIONS[action];
}

/** incidentTimeline returns what happened to an incident in order of real time: its own transitions, what people did, and retrainings. */
export function incidentTimeline(
  view: Pick<IncidentPageView, "incident" | "actions" | "retrainings">,
): TimelineEntry[] {
  const { incident } = view;
  const entries: TimelineEntry[] = view.actions.map((action) => ({
    at: action.at,
    who: action.actor,
    what: actionWords(action),
    text: action.text === "" ? undefined : action.text,
  }));
  if (incident.fired_at !== undefined) {
    entries.push({ at: incident.fired_at, who: "Leeway", what: "raised the incident", text: undefined });
  }
  const isResolvedByPerson = incident.resolved_by !== undefined && incident.resolved_by !== LEEWAY_ACTOR;
  if (incident.resolved_at !== undefined && !isResolvedByPerson) {
    entries.push({
      at: incident.resolved_at,
      who: "Leeway",
      what: "resolved the incident",
      text: incident.resolution,
    });
  }
  for (const retraining of view.retrainings) {
    // A request carries the event time it was made for; it cannot have been made before the incident fired.
    const asked = Math.max(retraining.requested_at, incident.fired_at ?? 0);
    entries.push({
      at: asked,
      who: "Leeway",
      what: retraining.status === "refused" ? "started no retraining" : "asked for a retraining",
      text: retraining.status === "refused" ? retraining.message : undefined,
    });
    if (retraining.status === "succeeded" || retraining.status === "failed") {
      entries.push({
        at: retraining.updated_at,
        who: "The retraining job",
        what:
          retraining.status === "failed"
            ? "failed"
            : `delivered version ${retraining.new_version ?? "(unnamed)"}`,
        text: retraining.message,
      });
    }
  }
  return entries.sort((a, b) => a.at - b.at);
}
