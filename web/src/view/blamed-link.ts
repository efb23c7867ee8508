import type { BlamedFeature, Incident } from "@leeway/core/records";
import { addressWith } from "./page-address.ts";

const DAY = 86_400_000;
const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const BETWEEN = new RegExp(`^${NUMBER} < (.+) ≤ ${NUMBER}$`);
const BEYOND = new RegExp(`^(.+) (?:≤|>) ${NUMBER}$`);

/** sliceSubject returns the tag or feature that the name of a slice is about: `hour` of `12 < hour ≤ 17`, `region` of `region = eu`. */
export function sliceSubject(name: string): string {
  const subject = BETWEEN.exec(name)?.[1] ?? BEYOND.exec(name)?.[1] ?? /^(.+?) = /.exec(name)?.[1];
  return subject ?? name;
}

/** BlamedLink leads from what an incident blames to where the model page shows it. */
export interface BlamedLink {
  href: string;
  text: string;
}

/**
 * blamedLink returns where the model page shows a blamed feature: the window of the heat map that failed last or, of a slice of concept drift, which is
 * no feature's name, its subject value by value in the days of the incident.
 */
export function blamedLink(incident: Incident, feature: BlamedFeature): BlamedLink | undefined {
  const path = `/models/${encodeURIComponent(incident.model)}`;
  const version = {
    version: incident.version,
    environment: incident.environment === "production" ? undefined : incident.environment,
  };
  if (incident.cause === "concept_drift") {
    const by = sliceSubject(feature.name);
    const from = new Date(incident.started_at).toISOString();
    const to = new Date(Math.max(incident.last_failing_at, incident.started_at + DAY)).toISOString();
    return {
      href: `${addressWith(path, {}, { ...version, by, from, to })}#by-tag`,
      text: `See ${by} value by value`,
    };
  }
  const ofInputs = incident.evaluations.filter(
    ({ cause }) => cause === "pipeline" || cause === "input_drift",
  );
  const last = ofInputs.at(-1) ?? incident.evaluations.at(-1);
  if (last === undefined) return undefined;
  // The window must lie in the shown range, with some before it to compare with.
  const pad = Math.max(DAY, 12 * (last.window_end - last.window_start));
  const range = {
    from: new Date(last.window_start - pad).toISOString(),
    to: new Date(last.window_end + pad).toISOString(),
  };
  const cell = { feature: feature.name, start: String(last.window_start) };
  return {
    href: `${addressWith(path, {}, { ...version, ...range, ...cell })}#drift`,
    text: `See ${feature.name} over time`,
  };
}
