import { changeLine } from "../events/index.ts";
import type { Incident, Notification } from "../records/index.ts";
import { causeWords, formatShare, formatWindowStart, severityWords } from "../words/index.ts";
import { drawBars } from "./draw-bars.ts";

/** MessageContext is what a message needs beside its incident. */
export interface MessageContext {
  /** Where the web app is reached, without a trailing slash. */
  publicUrl: string;
  transition: Notification["transition"];
  /** Why this message is sent. */
  occasion?: Notification["occasion"];
}

/** MessageFeature is one feature to blame, ready to be shown. */
export interface MessageFeature {
  name: string;
  /** "62 % of the change in predictions"; empty where it can't be estimated. */
  impact: string;
  evidence: string;
  bars?: { reference: string; window: string; labels: string[] };
}

/** IncidentMessage is what a person reads, before any medium: cause first, then how bad, evidence, and what to do. Nothing is escaped yet. */
export interface IncidentMessage {
  title: string;
  /** "Input pipeline broken (95 % sure)". */
  causeLine: string;
  /** "Page, firing", "Resolved". */
  status: string;
  summary: string;
  /** What a person did to it just now, in words. */
  news?: string;
  facts: { name: string; value: string }[];
  features: MessageFeature[];
  /** What changed shortly before, nearest first, a line each. */
  changes: string[];
  nextSteps: string[];
  link: string;
  /** Links to say whether it was useful; each page asks for one press more. None of a test. */
  marks: { words: string; link: string }[];
}

const MOST_FEATURES = 3;
const MOST_CHANGES = 3;

/** CHANGES_HEADING stands above the changes of a message. */
export const CHANGES_HEADING = "Changed shortly before";

/** incidentMessage returns the rendering model of an incident at a transition, the same for every medium. O(features · bins). */
export function incidentMessage(incident: Incident, context: MessageContext): IncidentMessage {
  const failing = `${formatWindowStart(incident.started_at)} to ${formatWindowStart(incident.last_failing_at)}`;
  const isResolved = context.transition === "resolved";
  return {
    title: incident.title,
    causeLine: `${causeWords(incident.cause)} (${Math.round(incident.confidence * 100)} % sure)`,
    status: statusWords(incident, context.transition),
    summary: isResolved ? resolutionOf(incident) : summaryOf(incident),
    ...(isResolved || context.occasion?.words === undefined ? {} : { news: context.occasion.words }),
    facts: [
      ...severityFact(incident, isResolved),
      { name: "Model", value: incident.model },
      { name: "Version", value: incident.version },
      { name: "Environment", value: incident.environment },
      ...peopleFacts(incident),
      { name: isResolved ? "Failed from" : "Failing since", value: failing },
      { name: "Failing checks", value: String(incident.evaluation_count) },
    ],
    features: incident.features.slice(0, MOST_FEATURES).map((feature) => ({
      name: feature.name,
      impact:
        feature.impact === undefined || !(feature.impact > 0)
          ? ""
          : `about ${formatShare(Math.round(feature.impact * 100) / 100)} of the change in predictions`,
      evidence: feature.evidence,
      ...(feature.distribution === undefined ? {} : { bars: drawBars(feature.distribution) }),
    })),
    changes: isResolved ? [] : changeLines(incident),
    nextSteps: isResolved ? [] : incident.next_steps,
    link: incidentLink(incident, context.publicUrl),
    marks: context.transition === "test" ? [] : marksOf(incidentLink(incident, context.publicUrl)),
  };
}

/** incidentLink returns the address of an incident's page. O(1). */
export function incidentLink(incident: Incident, publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, "")}/incidents/${encodeURIComponent(incident.id)}`;
}

// Whoever is woken by it should look at its root first.
function summaryOf({ follows_from: root, summary }: Incident): string {
  return root === undefined
    ? summary
    : `Follows from an incident of ${root.model}: ${root.title}. ${summary}`;
}

function changeLines({ changes = [], started_at }: Incident): string[] {
  return changes.slice(0, MOST_CHANGES).map((change) => changeLine(change, started_at));
}

// A mail program may open every link it sees: none of them changes anything by itself.
function marksOf(link: string): IncidentMessage["marks"] {
  const answers = [
    ["yes", "Yes"],
    ["no", "No"],
    ["expected", "Expected"],
  ] as const;
  return answers.map(([mark, words]) => ({ words, link: `${link}?useful=${mark}#useful` }));
}

// Every message says "Resolved" before it.
function resolutionOf({ resolution }: Incident): string {
  return resolution === undefined ? "No reason was given." : resolution.replace(/^Resolved: /, "");
}

function severityFact({ severity, severity_reason: reason }: Incident, isResolved: boolean) {
  if (isResolved || reason === undefined) return [];
  return [{ name: "Urgency", value: `${severityWords(severity)}: ${reason}` }];
}

function peopleFacts({ owner, assignee, acknowledged_by, snoozed_until, state }: Incident) {
  const isOpen = state !== "resolved";
  return [
    ...(owner === undefined ? [] : [{ name: "Owner", value: owner }]),
    ...(assignee === undefined ? [] : [{ name: "Assigned to", value: assignee }]),
    ...(acknowledged_by === undefined || !isOpen
      ? []
      : [{ name: "Acknowledged by", value: acknowledged_by }]),
    ...(snoozed_until === undefined || !isOpen
      ? []
      : [{ name: "Snoozed until", value: formatWindowStart(snoozed_until) }]),
  ];
}

function statusWords(incident: Incident, transition: Notification["transition"]): string {
  switch (transition) {
    case "fired":
      return `${severityWords(incident.severity)}, firing`;
    case "updated":
      return incident.state === "acknowledged"
        ? `${severityWords(incident.severity)}, acknowledged`
        : `${severityWords(incident.severity)}, still firing`;
    case "resolved":
      return "Resolved";
    case "test":
      return "Test message, nothing is wrong";
    default:
      return transition satisfies never;
  }
}
