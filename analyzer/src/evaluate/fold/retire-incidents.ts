import { type IncidentStep, LEEWAY_ACTOR } from "@leeway/core/incidents";
import type { Incident, Monitor } from "@leeway/core/records";
import { formatWindowStart } from "@leeway/core/words";
import type { VersionTraffic } from "../model-store/model-store.ts";
import { SILENT_WINDOWS } from "../schedule/due-windows.ts";

const DAY = 86_400_000;

/**
 * retireIncidents resolves the open incidents of versions that are no longer served: nothing can fail or recover there any more. A version counts as
 * gone once it has been silent for as long as its windows are still judged, while another version of the model is served.
 */
export function retireIncidents(input: {
  incidents: readonly Incident[];
  traffic: readonly VersionTraffic[];
  monitors: readonly Monitor[];
  asOf: number;
  now: number;
}): IncidentStep {
  const { incidents, traffic, monitors, asOf, now } = input;
  const step: IncidentStep = { changed: [], transitions: [], placed: [] };
  for (const incident of incidents) {
    if (incident.state === "resolved") continue;
    const subject = traffic.find(
      ({ version, environment }) => version === incident.version && environment === incident.environment,
    );
    if (subject === undefined) continue;
    const failing = new Set(incident.evaluations.map((evaluation) => evaluation.monitor_id));
    const lengths = monitors.filter(({ id }) => failing.has(id)).map(({ window }) => window);
    const goneAt = subject.lastSeenAt + SILENT_WINDOWS * (lengths.length === 0 ? DAY : Math.max(...lengths));
    const isSucceeded = traffic.some(
      (other) => other.version !== subject.version && other.lastSeenAt >= goneAt,
    );
    if (asOf < goneAt || !isSucceeded) continue;
    const resolved: Incident = {
      ...incident,
      state: "resolved",
      resolved_at: now,
      resolved_by: LEEWAY_ACTOR,
      resolution: `Version ${incident.version} has had no traffic since ${formatWindowStart(subject.lastSeenAt)}: it is no longer served`,
    };
    step.changed.push(resolved);
    if (incident.state !== "pending")
      step.transitions.push({ incident: resolved, transition: "resolved", reason: "recovered" });
  }
  return step;
}
