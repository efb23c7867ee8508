import { toAlertmanager } from "@leeway/core/channels/alertmanager";
import { toDiscord } from "@leeway/core/channels/discord";
import { toOpsgenie } from "@leeway/core/channels/opsgenie";
import { toPagerDuty } from "@leeway/core/channels/pagerduty";
import { toTeams } from "@leeway/core/channels/teams";
import { toWebhookPayload } from "@leeway/core/channels/webhook";
import type { Incident } from "@leeway/core/records";

type Transition = "fired" | "updated" | "resolved" | "test";

/** MESSAGES makes the message of each kind of channel that is sent as JSON. */
const MESSAGES = {
  Alertmanager: (occasion: Occasion) => toAlertmanager({ url: "https://alerts.example" }, occasion),
  Discord: (occasion: Occasion) => toDiscord({ url: "https://discord.example" }, occasion),
  Opsgenie: (occasion: Occasion) => toOpsgenie({ api_key: "k", url: "https://opsgenie.example" }, occasion),
  PagerDuty: (occasion: Occasion) =>
    toPagerDuty({ routing_key: "k", url: "https://pagerduty.example" }, occasion),
  Teams: (occasion: Occasion) => toTeams({ url: "https://teams.example" }, occasion),
  "a webhook": ({ incident, context, at }: Occasion) => toWebhookPayload(incident, { ...context, at }),
};

type Occasion = Parameters<typeof toTeams>[1];

/** messageTexts returns, by kind of channel, the lines of text in the messages of incidents at each transition. */
export function messageTexts(
  incidents: readonly Incident[],
  transitions: readonly Transition[],
): Record<string, string[]> {
  const occasions = incidents.flatMap((incident) =>
    transitions.map((transition) => ({
      ...{ incident, at: incident.started_at },
      context: { publicUrl: "https://leeway.example", transition },
    })),
  );
  return Object.fromEntries(
    Object.entries(MESSAGES).map(([name, message]) => [
      `a message to ${name}`,
      occasions.flatMap((occasion) => linesIn(message(occasion))),
    ]),
  );
}

// What has no space is an id, a link or a time.
function linesIn(value: unknown): string[] {
  if (typeof value === "string") return value.split("\n").filter((line) => line.trim().includes(" "));
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(linesIn);
}
