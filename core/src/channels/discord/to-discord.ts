import { alertSeverity, CHANGES_HEADING, incidentMessage, oneLine, truncate } from "../../messages/index.ts";
import type { AlertOccasion, AlertRequest } from "../alert-request.ts";
import { escapeDiscord } from "./escape-discord.ts";

// Limits of an embed, in characters: together at most 6000.
const TITLE = 256;
const DESCRIPTION = 1_500;
const NAME = 128;
const FIELD = 400;
const MOST_FIELDS = 25;
const RESOLVED = 0x1a7f4b;
const COLOURS = { page: 0xb3261e, ticket: 0x9a5b00, notice: 0x1f5fa8 } as const;

/**
 * toDiscord returns the request of a transition: one embed. Mentions are switched off, and names are escaped, so that none becomes a mention or a link. O(features).
 * Source: Discord, "Execute Webhook".
 */
export function toDiscord(
  channel: { url: string },
  { incident, context, at }: AlertOccasion,
): AlertRequest[] {
  const message = incidentMessage(incident, context);
  const steps = message.nextSteps.map((step, index) => `${index + 1}. ${step}`).join("\n");
  const features = message.features.map((feature) => ({ name: feature.name, value: feature.evidence }));
  const fields = [
    ...message.facts.map((fact) => ({ ...fact, inline: true })),
    ...features,
    ...(message.changes.length === 0 ? [] : [{ name: CHANGES_HEADING, value: message.changes.join("\n") }]),
    ...(steps === "" ? [] : [{ name: "Next", value: steps }]),
  ];
  const embed = {
    title: truncate(oneLine(`${message.status}: ${message.title}`), TITLE),
    url: message.link,
    description: cut(`${message.causeLine}\n${message.summary}`, DESCRIPTION),
    color:
      context.transition === "resolved" ? RESOLVED : COLOURS[alertSeverity(incident, context.transition)],
    timestamp: new Date(at).toISOString(),
    fields: fields.slice(0, MOST_FIELDS).map((field) => ({
      ...field,
      name: cut(oneLine(field.name), NAME),
      value: cut(field.value, FIELD) || "–",
    })),
  };
  return [
    {
      url: channel.url,
      headers: {},
      body: { embeds: [embed], allowed_mentions: { parse: [] }, username: "Leeway" },
    },
  ];
}

// What is cut after it was escaped could end in half an escape.
function cut(text: string, length: number): string {
  let kept = truncate(text, length);
  for (;;) {
    const escaped = escapeDiscord(kept);
    if (escaped.length <= length) return escaped;
    kept = truncate(kept, kept.length - Math.ceil((escaped.length - length) / 2));
  }
}
