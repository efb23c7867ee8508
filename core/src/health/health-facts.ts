import type { Outcome } from "../evaluation/index.ts";
import type { Incident, Monitor, MonitorKind, Reference } from "../records/index.ts";
import type { TornRows } from "./torn-rows.ts";

/** ChainStanding is where the verdicts of one monitor on one version and segment stand; times are epoch ms of event time unless said otherwise. */
export interface ChainStanding {
  version: string;
  monitor_id: string;
  kind: MonitorKind;
  /** Canonical segment key, empty for all traffic. */
  segment: string;
  /** The newest verdict: its window, what it says, and when it was made (real time). */
  window_start: number;
  window_end: number;
  outcome: Outcome;
  reason: string;
  evaluated_at: number;
  /** Of how many features the newest verdict judged how many; absent where the kind has no features. */
  judged?: number | undefined;
  of?: number | undefined;
  /** End of the newest window that was really judged (`ok`, `drifting` or `alarm`); absent where none was. */
  judged_until?: number | undefined;
  /** Start of the first window after that: since when nothing was judged. */
  unjudged_since: number;
}

/** VersionReference is what a version is compared with, or why there is nothing yet. */
export type VersionReference =
  | { outcome: "found"; reference: Pick<Reference, "version" | "source" | "from" | "to"> }
  | { outcome: "wait"; reason: string };

/** VersionHealthFacts is what is known of one version in the environment. */
export interface VersionHealthFacts {
  version: string;
  /** Event times of its first and newest prediction, and the real time at which the newest came. */
  firstSeen: number;
  lastSeen: number;
  lastReceived: number;
  isArchived: boolean;
  reference: VersionReference;
}

/** HealthFacts are what the health of a model in one environment is decided from. */
export interface HealthFacts {
  /** Incidents of the model in this environment, with what people did folded in. */
  incidents: readonly Incident[];
  /** Versions with traffic in this environment. */
  versions: readonly VersionHealthFacts[];
  /** Monitors of the model in this environment, disabled ones too. */
  monitors: readonly Monitor[];
  standings: readonly ChainStanding[];
  /** Stored rows of any model that could not be read. */
  torn: readonly TornRows[];
  /** Real time. */
  now: number;
}
