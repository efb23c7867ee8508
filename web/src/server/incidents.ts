import "server-only";
import type { Incident } from "@leeway/core/records";
import { type IncidentLog, loadIncidents } from "@leeway/store";
import { cache } from "react";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** loadIncidentLog returns the project's incidents as they stand, and what people did; asked for many times in one request, it reads once. */
export const loadIncidentLog = cache(
  (project: string): Promise<IncidentLog> => loadIncidents(server().store, project),
);

/** isOpen decides whether an incident still asks for somebody's attention. */
export function isOpen(incident: Incident): boolean {
  return incident.state === "firing" || incident.state === "acknowledged";
}

/** countOpenIncidents returns how many incidents of the person's project are firing or acknowledged. */
export async function countOpenIncidents(principal: Principal): Promise<number> {
  return (await loadIncidentLog(principal.project)).incidents.filter(isOpen).length;
}
