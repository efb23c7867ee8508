import {
  alertSeverity,
  CHANGES_HEADING,
  type IncidentMessage,
  incidentMessage,
  truncate,
} from "../../messages/index.ts";
import type { AlertOccasion, AlertRequest } from "../alert-request.ts";

const TITLE = 500;
// A message of more than 28 kB is refused.
const TEXT = 800;
const COLOURS = { page: "attention", ticket: "warning", notice: "accent" } as const;

/**
 * toTeams returns the request of a transition: one Adaptive Card. All text of others is in text runs, which know no Markdown, so that no name becomes a link. O(features).
 * Source: Microsoft Teams, "Post to a channel when a webhook request is received".
 */
export function toTeams(channel: { url: string }, { incident, context }: AlertOccasion): AlertRequest[] {
  const message = incidentMessage(incident, context);
  const colour =
    context.transition === "resolved" ? "good" : COLOURS[alertSeverity(incident, context.transition)];
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "full" },
    body: cardOf(message, context.transition === "test" ? "default" : colour),
    actions: [{ type: "Action.OpenUrl", title: "Open incident", url: message.link }],
  };
  const attachment = { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content };
  return [{ url: channel.url, headers: {}, body: { type: "message", attachments: [attachment] } }];
}

function cardOf(message: IncidentMessage, color: string) {
  const features = message.features.flatMap((feature) => [
    paragraph([{ ...run(`${feature.name}: `), weight: "bolder" }, run(feature.evidence)]),
    ...(feature.bars === undefined
      ? []
      : [
          paragraph([{ ...run(`reference ${feature.bars.reference}`), fontType: "monospace" }]),
          paragraph([{ ...run(`now       ${feature.bars.window}`), fontType: "monospace" }]),
        ]),
  ]);
  return [
    paragraph([
      {
        ...run(truncate(`${message.status}: ${message.title}`, TITLE)),
        weight: "bolder",
        size: "large",
        color,
      },
    ]),
    paragraph([{ ...run(message.causeLine), weight: "bolder" }]),
    paragraph([run(message.summary)]),
    ...message.facts.map(({ name, value }) =>
      paragraph([{ ...run(`${name}: `), isSubtle: true }, run(value)]),
    ),
    ...features,
    ...message.changes.map((change) =>
      paragraph([{ ...run(`${CHANGES_HEADING}: `), isSubtle: true }, run(change)]),
    ),
    ...message.nextSteps.map((step, index) => paragraph([run(`${index + 1}. ${step}`)])),
  ];
}

function run(text: string) {
  return { type: "TextRun", text: truncate(text, TEXT) };
}

function paragraph(inlines: readonly object[]) {
  return { type: "RichTextBlock", inlines };
}
