import { LeewayError } from "@leeway/core/errors";
import { decideAction, foldIncident } from "@leeway/core/incidents";
import type { Incident, IncidentAction } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";
import { loadIncident } from "./load-incidents.ts";

/** Act is what somebody does to an incident; the id is the caller's to choose. */
export interface Act {
  id: string;
  incidentId: string;
  action: IncidentAction["action"];
  actor: string;
  text?: string | undefined;
  now: number;
}

/**
 * actOnIncident records what a person did to an incident and returns it as it stands then. It throws `not_found` where there is none, and `conflict`
 * with the reason where the action would change nothing.
 */
export async function actOnIncident(
  store: Pick<Store, "records">,
  project: string,
  { id, incidentId, action, actor, text, now }: Act,
): Promise<Incident> {
  const found = await loadIncident(store, project, incidentId);
  if (found === undefined) throw new LeewayError("not_found", `there is no incident ${incidentId}`);
  const { incident } = found;
  const decision = decideAction(incident, action);
  if (decision.outcome === "refused") throw new LeewayError("conflict", decision.reason);
  const record: IncidentAction = {
    id,
    incident_id: incidentId,
    action,
    actor,
    // An action from before an incident fired does not apply to it, and two machines' clocks never agree.
    at: Math.max(now, incident.fired_at ?? now),
    ...(text === undefined || text === "" ? {} : { text }),
  };
  await store.records.incidentAction.put(project, record.id, record, actor);
  return foldIncident(incident, [record]);
}
