import type { Task } from "@leeway/core/records";
import type { BadgeState, ModelState } from "./model-state.ts";

/** Trend is a number of the overview with its recent course. */
export interface Trend {
  latest: number | null;
  values: (number | null)[];
}

/** LiveVersion is a version that had traffic lately. */
export interface LiveVersion {
  version: string;
  environment: string;
  lastSeen: number;
}

/** OverviewRow is one model on the overview. */
export interface OverviewRow {
  model: string;
  /** Who owns it, where somebody said so. */
  owner?: string;
  task: Task;
  description: string | undefined;
  state: ModelState;
  /** The other environments that do worse than healthy, with their words. */
  elsewhere: { environment: string; words: string }[];
  /** The version that the numbers are of; undefined without traffic. */
  shown: { version: string; environment: string } | undefined;
  versions: LiveVersion[];
  lastReceived: number | undefined;
  lastEvent: number | undefined;
  /** Predictions of the last 24 hours of the model's own event time. */
  predictionsDay: number | null;
  labelCoverage: number | null;
  drift: Trend;
  performance: Trend & { metric: string | undefined; reference: number | null };
  latency: Trend;
}

/** sortOverview returns the rows worst first; within a rank, what has been bad longest, then by name. */
export function sortOverview(rows: readonly OverviewRow[]): OverviewRow[] {
  return [...rows].sort(
    (a, b) =>
      a.state.rank - b.state.rank ||
      (a.state.since ?? Number.POSITIVE_INFINITY) - (b.state.since ?? Number.POSITIVE_INFINITY) ||
      (a.model < b.model ? -1 : 1),
  );
}

/** overviewSentence returns the fleet's state in one sentence (`3 models: 1 needs attention, 2 are healthy.`). */
export function overviewSentence(rows: readonly OverviewRow[]): string {
  const count = (...badges: BadgeState[]) => rows.filter(({ state }) => badges.includes(state.badge)).length;
  const parts = [
    phrase(count("firing"), "needs", "need", "attention"),
    phrase(count("acknowledged"), "is", "are", "being looked after"),
    phrase(count("blind", "misconfigured", "behind"), "can’t be", "can’t be", "judged now"),
    phrase(count("watching"), "drifts", "drift", "without an alarm"),
    phrase(count("learning"), "is", "are", "learning"),
    phrase(count("no_traffic"), "has", "have", "no traffic"),
    phrase(count("healthy"), "is", "are", "healthy"),
  ].filter((part) => part !== undefined);
  return `${rows.length} ${rows.length === 1 ? "model" : "models"}: ${parts.join(", ")}.`;
}

function phrase(count: number, one: string, many: string, rest: string): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? one : many} ${rest}`;
}
