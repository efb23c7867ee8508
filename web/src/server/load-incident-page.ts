import "server-only";
import { allowedActions } from "@leeway/core/incidents";
import { withContext } from "@leeway/store";
import type { IncidentPageView } from "../view/incident-page.ts";
import { server } from "./composition.ts";
import { loadIncidentLog } from "./incidents.ts";
import type { Principal } from "./principal.ts";

/** loadIncidentPage returns what the incident page shows, or undefined where the person's project has no such incident. */
export async function loadIncidentPage(
  principal: Principal,
  id: string,
): Promise<IncidentPageView | undefined> {
  const { project } = principal;
  const { store, now } = server();
  const { incidents, actions } = await loadIncidentLog(project);
  const incident = incidents.find((candidate) => candidate.id === id);
  if (incident === undefined) return undefined;
  const [shown, notifications, channels, retrainings] = await Promise.all([
    withContext(store, project, incident),
    store.records.notification.list(project),
    store.records.channel.list(project),
    store.records.retraining.list(project),
  ]);
  const channelOf = new Map(channels.map((channel) => [channel.id, channel]));
  return {
    incident: shown,
    actions: actions.filter((action) => action.incident_id === id).sort((a, b) => a.at - b.at),
    notifications: notifications
      .filter((notification) => notification.incident_id === id)
      .map((notification) => ({
        ...notification,
        channelName: channelOf.get(notification.channel_id)?.name ?? "a channel that was removed",
        channelKind: channelOf.get(notification.channel_id)?.kind,
      }))
      .sort((a, b) => a.created_at - b.created_at),
    retrainings: retrainings
      .filter((retraining) => retraining.incident_id === id)
      .sort((a, b) => a.requested_at - b.requested_at),
    related: incidents.filter((other) => other.model === incident.model && other.id !== id).slice(0, 5),
    madeAt: now(),
    canAct: principal.role === "admin",
    allowed: allowedActions(incident, now()),
  };
}
