import { alertActions, alertSeverity, incidentMessage, oneLine, truncate } from "../../messages/index.ts";
import type { AlertOccasion, AlertRequest } from "../alert-request.ts";

const SUMMARY = 1_024;
const DETAIL = 4_000;
const SEVERITIES = { page: "critical", ticket: "warning", notice: "info" } as const;

/**
 * toPagerDuty returns the events of a transition: trigger, acknowledge or resolve, all of one incident under one key. A test is triggered and resolved.
 * O(features). Source: PagerDuty Events API v2.
 */
export function toPagerDuty(
  channel: { routing_key: string; url: string },
  occasion: AlertOccasion,
): AlertRequest[] {
  const { incident, context } = occasion;
  return alertActions(incident, context.transition).map((action) => ({
    url: channel.url,
    headers: {},
    body: {
      routing_key: channel.routing_key,
      event_action: action,
      dedup_key: truncate(incident.id, 255),
      ...(action === "trigger" ? { ...payloadOf(occasion), client: "Leeway" } : {}),
    },
  }));
}

function payloadOf({ incident, context, at }: AlertOccasion) {
  const message = incidentMessage(incident, context);
  const evidence = message.features.map((feature) => `${feature.name}: ${feature.evidence}`).join("\n");
  return {
    client_url: message.link,
    links: [{ href: message.link, text: "Open incident" }],
    payload: {
      summary: truncate(oneLine(`${message.status}: ${message.title}`), SUMMARY),
      source: truncate(oneLine(`${incident.model} ${incident.version}`), SUMMARY),
      severity: SEVERITIES[alertSeverity(incident, context.transition)],
      timestamp: new Date(at).toISOString(),
      component: incident.model,
      group: incident.environment,
      class: incident.cause,
      custom_details: {
        cause: message.causeLine,
        summary: truncate(message.summary, DETAIL),
        ...Object.fromEntries(message.facts.map(({ name, value }) => [name, value])),
        evidence: truncate(evidence, DETAIL),
        ...(message.changes.length === 0 ? {} : { changes: truncate(message.changes.join("\n"), DETAIL) }),
        next_steps: truncate(message.nextSteps.join("\n"), DETAIL),
      },
    },
  };
}
