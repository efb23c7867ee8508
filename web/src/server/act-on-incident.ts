import "server-only";
import { LeewayError } from "@leeway/core/errors";
import type { IncidentAction } from "@leeway/core/records";
import { server } from "./composition.ts";
import { loadIncidentLog } from "./incidents.ts";
import type { Principal } from "./principal.ts";

/** actOnIncident appends what a person did to an incident of their project; the shown state is the analyzer's record folded with it. */
export async function actOnIncident(
  principal: Principal,
  incidentId: string,
  action: IncidentAction["action"],
  text: string | undefined,
): Promise<void> {
  if (principal.role !== "admin") {
    throw new LeewayError("forbidden", "Your role may look at incidents but not change them.");
  }
  const { incidents } = await loadIncidentLog(principal.project);
  const incident = incidents.find(({ id }) => id === incidentId);
  if (incident === undefined) throw new LeewayError("not_found", "There is no such incident.");
  if (action === "acknowledge" && incident.state !== "firing") {
    throw new LeewayError(
      "conflict",
      `This incident is ${incident.state}; only a firing one can be acknowledged.`,
    );
  }
  if (action === "resolve" && incident.state === "resolved") {
    throw new LeewayError("conflict", "This incident is resolved already.");
  }
  const { store, now, random } = server();
  const id = random(16).toString("hex");
  await store.records.incidentAction.put(
    principal.project,
    id,
    {
      id,
      incident_id: incidentId,
      action,
      actor: principal.email,
      at: now(),
      ...(text === undefined || text === "" ? {} : { text }),
    },
    principal.email,
  );
}
