import {
  CHANGES_HEADING,
  escapeHtml,
  type IncidentMessage,
  incidentMessage,
  type MessageContext,
  oneLine,
  truncate,
} from "../../messages/index.ts";
import type { Incident } from "../../records/index.ts";

/** EmailMessage is a mail in both forms; styles are inline because mail programs drop style sheets. */
export interface EmailMessage {
  subject: string;
  text: string;
  html: string;
}

const SUBJECT = 180;
const RESOLVED = "#1a7f4b";
const COLOURS = { page: "#b3261e", ticket: "#9a5b00", notice: "#1f5fa8" } as const;

/** toEmail returns the mail of an incident at a transition: the same content as text and as HTML. O(features · bins). */
export function toEmail(incident: Incident, context: MessageContext): EmailMessage {
  const message = incidentMessage(incident, context);
  return {
    subject: truncate(oneLine(`[Leeway] ${message.status}: ${message.title}`), SUBJECT),
    text: toText(message),
    html: toHtml(message, context.transition === "resolved" ? RESOLVED : COLOURS[incident.severity]),
  };
}

function toText(message: IncidentMessage): string {
  const features = message.features.flatMap((feature) => [
    `- ${feature.name}${feature.impact === "" ? "" : ` (${feature.impact})`}: ${feature.evidence}`,
    ...(feature.bars === undefined
      ? []
      : [`    reference ${feature.bars.reference}`, `    now       ${feature.bars.window}`]),
  ]);
  const blocks = [
    [`${message.status}: ${message.title}`],
    message.news === undefined ? [] : [message.news],
    [message.causeLine, message.summary],
    message.facts.map((fact) => `${fact.name}: ${fact.value}`),
    features.length === 0 ? [] : ["Evidence", ...features],
    message.changes.length === 0 ? [] : [CHANGES_HEADING, ...message.changes.map((change) => `- ${change}`)],
    message.nextSteps.length === 0
      ? []
      : ["Next", ...message.nextSteps.map((step, index) => `${index + 1}. ${step}`)],
    [message.link],
    message.marks.length === 0
      ? []
      : ["Was this useful?", ...message.marks.map(({ words, link }) => `${words}: ${link}`)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function toHtml(message: IncidentMessage, colour: string): string {
  const font = "font-family:-apple-system,Segoe UI,Helvetica,Arial,sans-serif;color:#1c1f23";
  const facts = message.facts
    .map(
      (fact) =>
        `<tr><td style="padding:2px 16px 2px 0;color:#5b6470">${escapeHtml(fact.name)}</td><td style="padding:2px 0">${escapeHtml(fact.value)}</td></tr>`,
    )
    .join("");
  const steps = message.nextSteps.map((step) => `<li style="margin:4px 0">${escapeHtml(step)}</li>`).join("");
  return [
    `<!doctype html><html lang="en"><body style="margin:0;padding:24px;background:#f5f6f8;${font}">`,
    `<div style="max-width:640px;margin:0 auto;background:#ffffff;border-radius:8px;border-top:4px solid ${colour};padding:24px">`,
    `<p style="margin:0;color:${colour};font-weight:600">${escapeHtml(message.status)}</p>`,
    `<h1 style="margin:4px 0 16px;font-size:20px">${escapeHtml(message.title)}</h1>`,
    ...(message.news === undefined
      ? []
      : [`<p style="margin:0 0 16px;font-weight:600">${escapeHtml(message.news)}</p>`]),
    `<p style="margin:0 0 4px;font-weight:600">${escapeHtml(message.causeLine)}</p>`,
    `<p style="margin:0 0 16px;line-height:1.5">${escapeHtml(message.summary)}</p>`,
    `<table style="border-collapse:collapse;font-size:14px;margin:0 0 16px">${facts}</table>`,
    ...message.features.map(featureHtml),
    changesHtml(message.changes),
    steps === ""
      ? ""
      : `<p style="margin:16px 0 4px;font-weight:600">Next</p><ol style="margin:0;padding-left:20px">${steps}</ol>`,
    `<p style="margin:24px 0 0"><a href="${escapeHtml(message.link)}" style="display:inline-block;background:#1f3a5f;color:#ffffff;text-decoration:none;padding:10px 16px;border-radius:6px">Open incident</a></p>`,
    marksHtml(message.marks),
    "</div></body></html>",
  ].join("\n");
}

function changesHtml(changes: readonly string[]): string {
  if (changes.length === 0) return "";
  const items = changes.map((change) => `<li style="margin:4px 0">${escapeHtml(change)}</li>`).join("");
  return `<p style="margin:16px 0 4px;font-weight:600">${CHANGES_HEADING}</p><ul style="margin:0;padding-left:20px">${items}</ul>`;
}

function marksHtml(marks: IncidentMessage["marks"]): string {
  if (marks.length === 0) return "";
  const links = marks.map(({ words, link }) => `<a href="${escapeHtml(link)}">${escapeHtml(words)}</a>`);
  return `<p style="margin:16px 0 0;font-size:14px">Was this useful? ${links.join(" · ")}</p>`;
}

function featureHtml(feature: IncidentMessage["features"][number]): string {
  const impact =
    feature.impact === "" ? "" : ` <span style="color:#5b6470">(${escapeHtml(feature.impact)})</span>`;
  const bars =
    feature.bars === undefined
      ? ""
      : `<pre style="margin:4px 0 12px;font-size:16px;line-height:1.2">reference ${escapeHtml(feature.bars.reference)}\nnow       ${escapeHtml(feature.bars.window)}</pre>`;
  return `<p style="margin:0 0 4px;line-height:1.5"><strong>${escapeHtml(feature.name)}</strong>${impact}: ${escapeHtml(feature.evidence)}</p>${bars}`;
}
