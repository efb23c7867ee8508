import type { Incident, Model } from "../records/index.ts";

const DAY = 86_400_000;

/** FeedingModel is a model with the models that take its output as an input. */
export type FeedingModel = Pick<Model, "model" | "feeds">;

/**
 * rootIncident returns the incident that another one follows from: that of a model which feeds its model, directly or through others, and which failed before or in the same window; the
 * first of a chain of such incidents. Undefined where it follows from none. Of models that feed each other the one that failed first is the root. No incident follows from itself, through
 * however many. O(incidents² + models · feeds).
 */
export function rootIncident(
  incident: Incident,
  incidents: readonly Incident[],
  models: readonly FeedingModel[],
): Incident | undefined {
  const feeders = feedersOf(models);
  let root: Incident | undefined;
  for (let parent = parentOf(incident, incidents, feeders); parent !== undefined; ) {
    root = parent;
    parent = parentOf(parent, incidents, feeders);
  }
  return root;
}

type Feeders = ReadonlyMap<string, readonly string[]>;

function feedersOf(models: readonly FeedingModel[]): Feeders {
  const feeders = new Map<string, string[]>();
  for (const { model, feeds = [] } of models) {
    for (const fed of feeds) feeders.set(fed, [...(feeders.get(fed) ?? []), model]);
  }
  return feeders;
}

function upstreamOf(model: string, feeders: Feeders): ReadonlySet<string> {
  const upstream = new Set<string>();
  const open = [...(feeders.get(model) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (upstream.has(next)) continue;
    upstream.add(next);
    open.push(...(feeders.get(next) ?? []));
  }
  return upstream;
}

function parentOf(
  incident: Incident,
  incidents: readonly Incident[],
  feeders: Feeders,
): Incident | undefined {
  const upstream = upstreamOf(incident.model, feeders);
  const isCyclic = (other: Incident) => upstreamOf(other.model, feeders).has(incident.model);
  return incidents
    .filter((other) => other.model !== incident.model && upstream.has(other.model))
    .filter((other) => mayCause(other, incident) && (!isCyclic(other) || isEarlier(other, incident)))
    .sort((a, b) => (isEarlier(a, b) ? -1 : 1))[0];
}

// A model that is not evaluated still answers: nobody downstream suffers from that.
function mayCause(upstream: Incident, incident: Incident): boolean {
  if (upstream.cause === "blind" || incident.cause === "blind") return false;
  if (upstream.environment !== incident.environment || upstream.state === "pending") return false;
  const lengths = incident.evaluations.map(({ window_start, window_end }) => window_end - window_start);
  const firstEnd = incident.started_at + (lengths.length === 0 ? 0 : Math.min(...lengths));
  return upstream.started_at <= firstEnd && upstream.last_failing_at >= incident.started_at - DAY;
}

function isEarlier(a: Incident, b: Incident): boolean {
  return a.started_at < b.started_at || (a.started_at === b.started_at && a.id < b.id);
}
