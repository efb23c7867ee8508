import type { FeatureSchema } from "@leeway/core/evidence";
import { formatCount } from "./number-words.ts";

/** QualityFinding is one thing about a model's data that looks wrong: what it concerns, what was found, how often and when last where that is counted. */
export interface QualityFinding {
  subject: string;
  finding: string;
  events: number | undefined;
  lastAt: number | undefined;
  example: string | undefined;
}

/** RefusedEvents are events of one kind that were refused for one reason. */
export interface RefusedEvents {
  kind: string;
  code: string;
  events: number;
  lastAt: number;
  example: string;
}

/** UnknownMember is a member of events that was left out because Leeway does not know it; an empty name stands for several. */
export interface UnknownMember {
  kind: string;
  name: string;
  events: number;
  lastAt: number;
}

/** DroppedEvents are events that the SDK of one process gave up before they were sent. */
export interface DroppedEvents {
  replica: string;
  kind: string;
  events: number;
  at: number;
}

/** StrayPredictions are predictions long before the rest of a version's; event times. */
export interface StrayPredictions {
  version: string;
  environment: string;
  predictions: number;
  firstSeen: number;
  lastSeen: number;
}

const REASONS: Record<string, string> = {
  conflict: "refused: the id came before with another payload",
  invalid_event: "refused: a field is missing or not valid",
  invalid_feature: "refused: a feature’s name or value is not valid",
  too_many_features: "refused: too many features",
  share_out_of_range: "refused: a share outside 0 to 1, or 0 to 100 %",
  too_deep: "refused: nested too deep",
  unauthorized: "refused: no key of Leeway’s that works",
  forbidden: "refused: the key may not send events",
  timestamp_out_of_range: "refused: its time can’t be right",
};

/** reasonOf returns why events were refused, in words. */
export function reasonOf(code: string): string {
  return REASONS[code] ?? `refused: ${code}`;
}

/** qualityFindings returns what looks wrong, lost events first, then refused ones, then fields that were left out, then predictions far from the rest, then features whose schema looks like a mistake. */
export function qualityFindings(evidence: {
  dropped: readonly DroppedEvents[];
  refused: readonly RefusedEvents[];
  unknown: readonly UnknownMember[];
  strays: readonly StrayPredictions[];
  features: readonly FeatureSchema[];
}): QualityFinding[] {
  const dropped = evidence.dropped
    .filter(({ events }) => events > 0)
    .map(({ replica, kind, events, at }) => ({
      subject: kind,
      finding: "dropped by the SDK, by its stated policy, before they were sent",
      events,
      lastAt: at,
      example: `in ${replica}`,
    }));
  const refused = evidence.refused.map(({ kind, code, events, lastAt, example }) => ({
    subject: kind,
    finding: reasonOf(code),
    events,
    lastAt,
    example,
  }));
  const unknown = evidence.unknown.map(({ kind, name, events, lastAt }) => ({
    subject: kind,
    finding: name === "" ? "more members left out: unknown fields" : `${name} left out: unknown field`,
    events,
    lastAt,
    example: undefined,
  }));
  const strays = evidence.strays.map(({ version, environment, predictions, lastSeen }) => ({
    subject: "predictions",
    finding: "long before all others: kept, and left out of references, charts and verdicts",
    events: predictions,
    lastAt: lastSeen,
    example: `version ${version}, ${environment}`,
  }));
  const features = evidence.features.flatMap(({ name, issues }) =>
    issues.map(({ message }) => ({
      subject: name,
      finding: message,
      events: undefined,
      lastAt: undefined,
      example: undefined,
    })),
  );
  return [...dropped, ...refused, ...unknown, ...strays, ...features];
}

/** qualitySentence says how many events of how many models were refused in the last week. */
export function qualitySentence(models: readonly { refused: number }[]): string {
  const concerned = models.filter(({ refused }) => refused > 0);
  if (concerned.length === 0) return "No event was refused in the last week.";
  const events = concerned.reduce((sum, { refused }) => sum + refused, 0);
  const of = concerned.length === 1 ? "one model" : `${formatCount(concerned.length)} models`;
  return `${events === 1 ? "One event was" : `${formatCount(events)} events were`} refused in the last week, of ${of}. What was refused is not stored: mend it where it is sent.`;
}
