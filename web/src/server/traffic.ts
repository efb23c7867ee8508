import "server-only";
import { type LatencyHistogram, latencyQuantile } from "@leeway/core/slo";
import type { ServingSubject, ServingWindow } from "@leeway/store";
import type { ServingPoint } from "../view/model-page.ts";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** Traffic is which version of a model in which environment had predictions, and when. */
export interface Traffic {
  model: string;
  version: string;
  environment: string;
  /** Event times. */
  firstSeen: number;
  lastSeen: number;
  /** Real time at which the newest row was received. */
  lastReceived: number;
  /** Rows long before the rest: they are kept and decide nothing. */
  earlier: { rows: number; first: number; last: number } | undefined;
}

/** loadTraffic returns the traffic of one model, or of every model of the person's project. */
export async function loadTraffic(
  { project }: Pick<Principal, "project">,
  model?: string,
): Promise<Traffic[]> {
  const rows = await server().store.activity.versions(project, model);
  return rows.map((row) => ({
    model: row.model,
    version: row.version,
    environment: row.environment,
    firstSeen: row.firstTimestamp,
    lastSeen: row.lastTimestamp,
    lastReceived: row.lastReceivedAt,
    earlier: row.earlier,
  }));
}

/** ServingScope names whose requests are summed, and in which steps. */
export interface ServingScope {
  model: string;
  version: string;
  environment: string;
  from: number;
  to: number;
  stepMs: number;
}

/** loadServing returns requests, failures and latency percentiles per step of time, steps without traffic left out. */
export async function loadServing(principal: Principal, scope: ServingScope): Promise<ServingPoint[]> {
  const { stepMs, ...filter } = scope;
  const steps = await server().store.serving.windows(principal.project, filter, stepMs);
  return steps.map((step) => servingPoint(step, stepMs));
}

/** loadServingOfMany returns the same of many versions, one of each model, by model. */
export async function loadServingOfMany(
  principal: Principal,
  subjects: readonly ServingSubject[],
  stepMs: number,
): Promise<ReadonlyMap<string, ServingPoint[]>> {
  const windows = await server().store.serving.windowsOfMany(principal.project, subjects, stepMs);
  return new Map(
    [...windows].map(([model, steps]) => [model, steps.map((step) => servingPoint(step, stepMs))]),
  );
}

function servingPoint(step: ServingWindow, stepMs: number): ServingPoint {
  return {
    start: step.start,
    end: step.start + stepMs,
    total: step.total,
    errors: step.errors,
    ...percentiles(step.latency),
  };
}

function percentiles(histogram: LatencyHistogram): Pick<ServingPoint, "p50" | "p95" | "p99"> {
  return {
    p50: percentile(histogram, 0.5),
    p95: percentile(histogram, 0.95),
    p99: percentile(histogram, 0.99),
  };
}

function percentile(histogram: LatencyHistogram, q: number): number | null {
  const quantile = latencyQuantile(histogram, q);
  switch (quantile.outcome) {
    case "ok":
      return quantile.valueMs;
    case "beyond_last_bucket":
      return quantile.atLeastMs;
    case "insufficient_data":
      return null;
    default:
      return quantile satisfies never;
  }
}
