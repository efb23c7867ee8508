import {
  CHANGES_HEADING,
  escapeSlack,
  type IncidentMessage,
  incidentMessage,
  type MessageContext,
  oneLine,
  truncate,
} from "../../messages/index.ts";
import type { Incident } from "../../records/index.ts";
import { severityWords } from "../../words/index.ts";
import { type SlackButton, type SlackPlainText, slackButtons } from "./slack-buttons.ts";

/** SlackText is a text object of Slack's Block Kit. */
export type SlackText =
  // Verbatim: addresses, channel names and people in it stay text.
  { type: "mrkdwn"; text: string; verbatim: true } | { type: "plain_text"; text: string; emoji: boolean };

/** SlackBlock is the part of Slack's Block Kit that the messages use. */
export type SlackBlock =
  | { type: "header"; text: SlackText }
  | { type: "section"; text?: SlackText; fields?: SlackText[] }
  | { type: "context"; elements: SlackText[] }
  | { type: "divider" }
  | { type: "actions"; elements: SlackButton[] };

/** SlackMessage is blocks with the plain text that notifications and screen readers use. */
export interface SlackMessage {
  text: string;
  blocks: SlackBlock[];
}

// Limits of Block Kit, in characters: header 150, section text 3000, field 2000, button address 3000.
const HEADER = 150;
const SECTION = 3_000;
const FIELD = 2_000;
const FALLBACK = 1_000;
const ADDRESS = 3_000;

/**
 * toSlackBlocks returns the head message of an incident: state and title, cause, summary, facts, evidence as bars, what changed before, next steps, a link. Where `hasButtons`, also what a person
 * may do to it.
 */
export function toSlackBlocks(
  incident: Incident,
  context: MessageContext,
  { hasButtons }: { hasButtons: boolean } = { hasButtons: false },
): SlackMessage {
  const message = incidentMessage(incident, context);
  return {
    text: truncate(oneLine(escapeSlack(`${message.status}: ${message.title}. ${message.summary}`)), FALLBACK),
    blocks: [
      {
        type: "header",
        text: plain(
          truncate(
            oneLine(
              `${mark(incident, context.transition)} ${headWord(incident, context.transition)}${message.title}`,
            ),
            HEADER,
          ),
        ),
      },
      section(`*${escapeSlack(message.causeLine)}*\n${escapeSlack(message.summary)}`),
      {
        type: "section",
        fields: message.facts.map((fact) =>
          markdown(`*${escapeSlack(fact.name)}*\n${escapeSlack(fact.value)}`, FIELD),
        ),
      },
      ...message.features.map((feature) => section(featureText(feature))),
      ...(message.changes.length === 0 ? [] : [section(changesText(message))]),
      ...(message.nextSteps.length === 0 ? [] : [section(stepsText(message))]),
      ...actions([
        ...linkButton(message.link),
        ...(hasButtons ? slackButtons(incident, context.transition) : []),
      ]),
    ],
  };
}

/** toSlackReply returns the short reply in the incident's thread when it changes: what happened, in a sentence. */
export function toSlackReply(incident: Incident, context: MessageContext): SlackMessage {
  const message = incidentMessage(incident, context);
  const text = `${mark(incident, context.transition)} *${escapeSlack(message.status)}*\n${escapeSlack(message.news ?? message.summary)}`;
  return {
    text: truncate(oneLine(escapeSlack(`${message.status}: ${message.news ?? message.summary}`)), FALLBACK),
    blocks: [section(text), ...actions(linkButton(message.link))],
  };
}

function featureText(feature: IncidentMessage["features"][number]): string {
  const impact = feature.impact === "" ? "" : ` (${feature.impact})`;
  const head = `*${escapeSlack(feature.name)}*${escapeSlack(impact)}: ${escapeSlack(feature.evidence)}`;
  if (feature.bars === undefined) return head;
  // Inside a code block nothing is formatted, but & < > still are entities.
  return `${head}\n\`\`\`reference ${feature.bars.reference}\nnow       ${feature.bars.window}\`\`\``;
}

function changesText(message: IncidentMessage): string {
  return `*${CHANGES_HEADING}*\n${message.changes.map((change) => `• ${escapeSlack(change)}`).join("\n")}`;
}

function stepsText(message: IncidentMessage): string {
  return `*Next*\n${message.nextSteps.map((step, index) => `${index + 1}. ${escapeSlack(step)}`).join("\n")}`;
}

function actions(elements: SlackButton[]): SlackBlock[] {
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

function linkButton(link: string): SlackButton[] {
  if (link.length > ADDRESS) return [];
  return [{ type: "button", text: plain("Open incident"), url: link, action_id: "open_incident" }];
}

const SEVERITY_MARKS = { page: "🔴", ticket: "🟠", notice: "🔵" } as const;

// A phone shows the first words only.
function headWord({ severity }: Incident, transition: MessageContext["transition"]): string {
  return transition === "fired" || transition === "updated" ? `${severityWords(severity)}: ` : "";
}

function mark({ severity, state }: Incident, transition: MessageContext["transition"]): string {
  switch (transition) {
    case "fired":
    case "updated":
      // Nobody else has to jump.
      return state === "acknowledged" ? "🟡" : SEVERITY_MARKS[severity];
    case "resolved":
      return "🟢";
    case "test":
      return "⚪";
    default:
      return transition satisfies never;
  }
}

function section(text: string): SlackBlock {
  return { type: "section", text: markdown(text, SECTION) };
}

function markdown(text: string, length: number): SlackText {
  return { type: "mrkdwn", text: truncate(text, length), verbatim: true };
}

function plain(text: string): SlackPlainText {
  return { type: "plain_text", text, emoji: true };
}
