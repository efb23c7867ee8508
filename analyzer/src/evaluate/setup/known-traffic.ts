import type { Model, Monitor, Reference } from "@leeway/core/records";
import type { VersionTraffic } from "../model-store/model-store.ts";
import { FEWEST_IN_WINDOW } from "./choose-window.ts";

/** Traffic is how many predictions there were in which time; times are epoch ms of event time. */
export interface Traffic {
  count: number;
  from: number;
  to: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ENOUGH_PREDICTIONS = 2_000;

/**
 * knownTraffic returns the traffic that the length of a model's windows follows from, or undefined while it is not known: a day's worth (or 2,000
 * predictions), or at once what an uploaded reference shows, where the first hour of traffic bears it out. A training set of all that ever was says
 * nothing of what is served.
 */
export function knownTraffic(input: {
  model: Model;
  environment: VersionTraffic["environment"];
  activities: readonly VersionTraffic[];
  references: readonly Reference[];
  asOf: number;
}): Traffic | undefined {
  const mine = input.activities.filter(({ environment }) => environment === input.environment);
  const seen = {
    count: mine.reduce((sum, { count }) => sum + count, 0),
    from: Math.min(...mine.map(({ firstSeenAt }) => firstSeenAt)),
    to: Math.max(...mine.map(({ lastSeenAt }) => lastSeenAt)),
  };
  if (input.model.window !== undefined || input.asOf - seen.from >= DAY || seen.count >= ENOUGH_PREDICTIONS) {
    return seen;
  }
  const given = input.references.find(({ rows, from, to }) => rows >= 100 && to - from >= DAY);
  if (given === undefined || seen.to - seen.from < HOUR) return undefined;
  const promised = { count: given.rows, from: given.from, to: given.to };
  return perMs(seen) >= perMs(promised) / 4 ? promised : undefined;
}

/**
 * windowOf returns the length of an automatic monitor's windows: the model's setting, else what it had, unless windows have turned out so empty
 * over a week that they can't be judged; then what the traffic asks for.
 */
export function windowOf(input: {
  model: Model;
  automatic: Monitor;
  wanted: Monitor;
  traffic: Traffic;
}): number {
  const { model, automatic, wanted, traffic } = input;
  if (automatic.kind === "latency_slo") return automatic.window;
  if (model.window !== undefined) return model.window;
  const isTooEmpty =
    traffic.to - traffic.from >= 7 * DAY && perMs(traffic) * automatic.window < FEWEST_IN_WINDOW;
  return isTooEmpty ? Math.max(automatic.window, wanted.window) : automatic.window;
}

function perMs({ count, from, to }: Traffic): number {
  return count / Math.max(1, to - from);
}
