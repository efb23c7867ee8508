import type { Incident, Silence } from "../records/index.ts";
import { isInForce } from "./silence-span.ts";

/** SilenceMatchers are the fields by which a silence chooses incidents. */
export type SilenceMatchers = Pick<
  Silence,
  "model" | "version" | "environment" | "cause" | "severity" | "feature" | "owner"
>;

/** MatchedIncident is what a silence looks at. */
export type MatchedIncident = Pick<
  Incident,
  "model" | "version" | "environment" | "cause" | "severity" | "features" | "owner"
>;

/** matchesIncident decides whether a silence means an incident, whatever the time. O(features). */
export function matchesIncident(silence: SilenceMatchers, incident: MatchedIncident): boolean {
  const { features } = incident;
  return (
    isLike(silence.model, incident.model) &&
    isSame(silence.version, incident.version) &&
    isSame(silence.environment, incident.environment) &&
    isSame(silence.cause, incident.cause) &&
    isSame(silence.severity, incident.severity) &&
    (silence.owner === undefined ||
      (incident.owner !== undefined && isLike(silence.owner, incident.owner))) &&
    (silence.feature === undefined ||
      (features.length > 0 && features.every(({ name }) => isLike(silence.feature, name))))
  );
}

/** isSilenced decides whether a silence keeps an incident quiet at `now`. O(features). */
export function isSilenced(silence: Silence, incident: MatchedIncident, now: number): boolean {
  return matchesIncident(silence, incident) && isInForce(silence, now);
}

function isSame(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === value;
}

/** isLike says whether `value` is what `pattern` names, where `*` stands for any characters; no pattern is like everything. O(length of both). */
export function isLike(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) return true;
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return value === head;
  if (value.length < head.length + tail.length || !value.startsWith(head) || !value.endsWith(tail))
    return false;
  let middle = value.slice(head.length, value.length - tail.length);
  for (const piece of rest) {
    const at = middle.indexOf(piece);
    if (at < 0) return false;
    middle = middle.slice(at + piece.length);
  }
  return true;
}
