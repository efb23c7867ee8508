import type { Cause, Incident } from "../records/index.ts";

/** TimeRange is a span of event time, half-open, epoch ms. */
export interface TimeRange {
  from: number;
  to: number;
}

/** AvoidedRange is a span whose rows are not to be trained on. */
export interface AvoidedRange extends TimeRange {
  cause: Cause;
  reason: string;
}

const BROKEN: ReadonlySet<Cause> = new Set(["pipeline", "labels"]);

/**
 * trainingRanges returns the rows to train on, those of the incident's failing windows, without the spans in which another incident of the model
 * found its inputs or labels broken. O(incidents · log(incidents)).
 */
export function trainingRanges(
  incident: Incident,
  incidents: readonly Incident[],
): { train: TimeRange[]; avoid: AvoidedRange[] } {
  const avoid = brokenSpans(incident.model, incidents);
  let from = incident.started_at;
  const train: TimeRange[] = [];
  for (const span of avoid) {
    if (span.to <= from || span.from >= incident.last_failing_at) continue;
    if (span.from > from) train.push({ from, to: span.from });
    from = span.to;
  }
  if (from < incident.last_failing_at) train.push({ from, to: incident.last_failing_at });
  return { train, avoid };
}

/** brokenSpans returns the spans in which inputs or labels of a model were judged broken, in order of their beginning. O(incidents · log(incidents)). */
export function brokenSpans(model: string, incidents: readonly Incident[]): AvoidedRange[] {
  return incidents
    .filter((other) => other.model === model && other.fired_at !== undefined && BROKEN.has(other.cause))
    .map(({ started_at, last_failing_at, cause, title }) => ({
      from: started_at,
      to: last_failing_at,
      cause,
      reason: title,
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
}
