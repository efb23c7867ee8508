import {
  type AlertAction,
  alertActions,
  alertSeverity,
  CHANGES_HEADING,
  incidentMessage,
  oneLine,
  truncate,
} from "../../messages/index.ts";
import type { AlertOccasion, AlertRequest } from "../alert-request.ts";

// Limits of the Alert API, in characters.
const MESSAGE = 130;
const DESCRIPTION = 15_000;
const ENTITY = 512;
const TAG = 50;
const ALIAS = 512;
const PRIORITIES = { page: "P1", ticket: "P3", notice: "P5" } as const;

/**
 * toOpsgenie returns the requests of a transition: create, acknowledge or close, all of one incident under one alias. An open alert with that alias is
 * counted instead of created again. A test is created and closed. O(features). Source: Opsgenie Alert API.
 */
export function toOpsgenie(
  channel: { api_key: string; url: string },
  occasion: AlertOccasion,
): AlertRequest[] {
  const { incident, context } = occasion;
  const alerts = `${channel.url.replace(/\/+$/, "")}/v2/alerts`;
  const alias = truncate(incident.id, ALIAS);
  const named = (action: string) => `${alerts}/${encodeURIComponent(alias)}/${action}?identifierType=alias`;
  const headers = { authorization: `GenieKey ${channel.api_key}` };
  const request = (action: AlertAction): AlertRequest => {
    switch (action) {
      case "trigger":
        return { url: alerts, headers, body: { alias, ...alertOf(occasion) } };
      case "acknowledge": {
        const note = `Acknowledged by ${incident.acknowledged_by ?? "somebody"}`;
        return { url: named("acknowledge"), headers, body: { source: "Leeway", note } };
      }
      case "resolve": {
        const note = truncate(incidentMessage(incident, context).summary, DESCRIPTION);
        return { url: named("close"), headers, body: { source: "Leeway", note } };
      }
      default:
        return action satisfies never;
    }
  };
  return alertActions(incident, context.transition).map(request);
}

function alertOf({ incident, context }: AlertOccasion) {
  const message = incidentMessage(incident, context);
  const lines = [
    message.causeLine,
    message.summary,
    ...message.features.map((feature) => `${feature.name}: ${feature.evidence}`),
    ...message.changes.map((change) => `${CHANGES_HEADING}: ${change}`),
    ...message.nextSteps.map((step, index) => `${index + 1}. ${step}`),
    message.link,
  ];
  return {
    message: truncate(oneLine(`${message.status}: ${message.title}`), MESSAGE),
    description: truncate(lines.join("\n"), DESCRIPTION),
    priority: PRIORITIES[alertSeverity(incident, context.transition)],
    source: "Leeway",
    entity: truncate(oneLine(incident.model), ENTITY),
    tags: ["leeway", incident.cause, incident.environment].map((tag) => truncate(tag, TAG)),
    details: {
      incident_id: incident.id,
      model: truncate(incident.model, ENTITY),
      version: truncate(incident.version, ENTITY),
      link: message.link,
    },
  };
}
