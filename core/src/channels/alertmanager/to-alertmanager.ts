import { alertActions, alertSeverity, incidentMessage } from "../../messages/index.ts";
import { severitySchema } from "../../records/index.ts";
import type { AlertOccasion, AlertRequest } from "../alert-request.ts";

// Alertmanager resolves what is not sent again in time. Reminders come daily, but not of what is acknowledged.
const STAYS_MS = 7 * 86_400_000;

/**
 * toAlertmanager returns the request of a transition: the alert fires until a week from now, or ended just now. An alert is its labels, so where an incident
 * became more urgent, the less urgent alert ends. A test ends at once. O(features). Source: Alertmanager API v2.
 */
export function toAlertmanager(
  channel: { url: string; token?: string | undefined },
  occasion: AlertOccasion,
): AlertRequest[] {
  const { incident, context, at } = occasion;
  const severity = alertSeverity(incident, context.transition);
  const alert = (label: string, isOver: boolean) => ({
    labels: {
      alertname: "LeewayIncident",
      incident_id: incident.id,
      model: incident.model,
      version: incident.version,
      environment: incident.environment,
      cause: incident.cause,
      severity: label,
    },
    ...alertOf(occasion),
    endsAt: new Date(isOver ? at : at + STAYS_MS).toISOString(),
  });
  const lesser = severitySchema.options.slice(severitySchema.options.indexOf(severity) + 1);
  const ended = context.transition === "fired" ? [] : lesser.map((label) => alert(label, true));
  return alertActions(incident, context.transition).map((action) => ({
    url: `${channel.url.replace(/\/+$/, "")}/api/v2/alerts`,
    headers: channel.token === undefined ? {} : { authorization: `Bearer ${channel.token}` },
    body: [alert(severity, action === "resolve"), ...ended],
  }));
}

function alertOf({ incident, context, at }: AlertOccasion) {
  const message = incidentMessage(incident, context);
  return {
    annotations: {
      summary: message.title,
      description: `${message.causeLine}. ${message.summary}`,
      status: message.status,
      ...(message.changes.length === 0 ? {} : { changes: message.changes.join("\n") }),
      next_steps: message.nextSteps.join("\n"),
      ...(incident.acknowledged_by === undefined ? {} : { acknowledged_by: incident.acknowledged_by }),
    },
    // Real time: windows of the past are judged now, and an alert must not end before it starts.
    startsAt: new Date(Math.min(incident.fired_at ?? at, at)).toISOString(),
    generatorURL: message.link,
  };
}
