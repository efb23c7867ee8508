import { LeewayError } from "@leeway/core/errors";
import { actionNotifications, decideAction, foldIncident } from "@leeway/core/incidents";
import type { Incident, IncidentAction, Usefulness } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";
import { loadIncident } from "./load-incidents.ts";

/** Act is what somebody does to an incident; the id is the caller's to choose. */
export interface Act {
  id: string;
  incidentId: string;
  action: IncidentAction["action"];
  actor: string;
  text?: string | undefined;
  /** Of a snooze: real time at which it ends. */
  until?: number | undefined;
  /** Of an assignment: to whom; absent: to nobody. */
  assignee?: string | undefined;
  /** Of a mark: whether it was useful. */
  useful?: Usefulness | undefined;
  now: number;
}

/**
 * actOnIncident records what a person did to an incident, queues the messages for every channel that was notified of it, both in one insert, and returns it as it stands
 * then. It throws `not_found` where there is none, and `conflict` with the reason where the action would change nothing.
 */
export async function actOnIncident(
  store: Pick<Store, "records" | "putRecordsTogether">,
  project: string,
  { id, incidentId, action, actor, text, until, assignee, useful, now }: Act,
): Promise<Incident> {
  const found = await loadIncident(store, project, incidentId);
  if (found === undefined) throw new LeewayError("not_found", `there is no incident ${incidentId}`);
  const { incident, actions } = found;
  const decision = decideAction(incident, action, now);
  if (decision.outcome === "refused") throw new LeewayError("conflict", decision.reason);
  const record: IncidentAction = {
    id,
    incident_id: incidentId,
    action,
    actor,
    // An action from before an incident fired does not apply to it, and two machines' clocks never agree.
    at: Math.max(now, incident.fired_at ?? now),
    ...(text === undefined || text === "" ? {} : { text }),
    ...(until === undefined ? {} : { until }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(useful === undefined ? {} : { useful }),
  };
  const after = foldIncident(incident, [record]);
  const [channels, notifications] = await Promise.all([
    store.records.channel.list(project),
    store.records.notification.list(project),
  ]);
  const due = actionNotifications({
    ...{ incident: after, action: record, before: actions },
    ...{ channels, notifications, now },
  });
  await store.putRecordsTogether(
    project,
    [
      { kind: "incident_action", id, body: record },
      ...due.map((body) => ({ kind: "notification", id: body.id, body })),
    ],
    actor,
  );
  return after;
}
