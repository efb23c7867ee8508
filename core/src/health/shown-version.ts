import type { Incident } from "../records/index.ts";
import { openIncidents } from "./incident-findings.ts";

/** VersionInTraffic is a version with traffic in one environment. */
export interface VersionInTraffic {
  version: string;
  environment: string;
  /** Event time of its newest prediction. */
  lastSeen: number;
}

/** ShownVersion is the version that a page or a read is about, or what of the question does not exist. */
export type ShownVersion<Any extends VersionInTraffic> =
  | { outcome: "shown"; version: Any }
  | { outcome: "no_traffic" }
  | { outcome: "unknown"; path: "version" | "environment"; message: string };

/**
 * shownVersion decides which version of a model a page or a read is about: exactly the one that was asked for, or none. Where only the version is
 * named, its production traffic, else where it was seen last. Where none is named, the one with the worst open incident, else the one seen last in
 * production. O(versions log versions).
 */
export function shownVersion<Any extends VersionInTraffic>(input: {
  versions: readonly Any[];
  incidents: readonly Incident[];
  asked: { version?: string | undefined; environment?: string | undefined };
}): ShownVersion<Any> {
  const { versions, asked } = input;
  if (versions.length === 0 && asked.version === undefined) return { outcome: "no_traffic" };
  const named = versions.filter(({ version }) => (asked.version ?? version) === version);
  if (named.length === 0) return unknownVersion(String(asked.version), versions);
  const placed = named.filter(({ environment }) => (asked.environment ?? environment) === environment);
  if (placed.length === 0) return unknownPlace(asked, named);
  const worst = openIncidents(input.incidents).find((incident) =>
    placed.some((one) => one.version === incident.version && one.environment === incident.environment),
  );
  const troubled = placed.find(
    (one) => one.version === worst?.version && one.environment === worst.environment,
  );
  const [newest] = [...placed].sort(
    (a, b) => place(a) - place(b) || b.lastSeen - a.lastSeen || (a.version < b.version ? 1 : -1),
  );
  // Who names a version means it; who names none is shown the one in trouble.
  const version = asked.version === undefined ? (troubled ?? newest) : newest;
  return version === undefined ? { outcome: "no_traffic" } : { outcome: "shown", version };
}

function unknownVersion(version: string, versions: readonly VersionInTraffic[]): ShownVersion<never> {
  const names = [...new Set(versions.map((one) => one.version))].sort();
  const known = names.length === 0 ? "no version has traffic" : `versions with traffic: ${shortList(names)}`;
  const message = `version ${version} has never sent a prediction (${known})`;
  return { outcome: "unknown", path: "version", message };
}

function unknownPlace(
  asked: { version?: string | undefined; environment?: string | undefined },
  named: readonly VersionInTraffic[],
): ShownVersion<never> {
  const places = shortList([...new Set(named.map(({ environment }) => environment))].sort());
  const message =
    asked.version === undefined
      ? `no version has traffic in ${asked.environment}; the model is seen in ${places}`
      : `version ${asked.version} has no traffic in ${asked.environment}; it is seen in ${places}`;
  return { outcome: "unknown", path: "environment", message };
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function place({ environment }: VersionInTraffic): number {
  return environment === "production" ? 0 : 1;
}
