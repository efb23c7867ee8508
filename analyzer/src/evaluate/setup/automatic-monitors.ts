import type { Model, Monitor, MonitorKind } from "@leeway/core/records";
import type { Prediction } from "@leeway/core/wire";
import { chooseVerdictWindow, chooseWindow, SERVING_WINDOW_SIZES_MS } from "./choose-window.ts";

/** AUTOMATIC_KINDS are the monitors that a model nobody has configured gets by itself. */
export const AUTOMATIC_KINDS: readonly MonitorKind[] = [
  "drift",
  "performance",
  "volume",
  "labels",
  "latency_slo",
];

// One burn-rate rule needs 60 events before it may fire.
const WANTED_REQUESTS = 60;
const OBJECTIVE_PERIOD_MS = 30 * 86_400_000;

/** automaticMonitorId returns the id of the monitor of one kind that a model has by itself in one environment. */
export function automaticMonitorId(
  model: string,
  environment: Prediction["environment"],
  kind: MonitorKind,
): string {
  return environment === "production" ? `${model}/${kind}` : `${model}/${environment}/${kind}`;
}

/**
 * automaticMonitors returns the monitors that a model should have by itself in one environment, with windows that hold about 500 predictions
 * (the model's own `window`, where it has one). A latency objective is a person's to state: without `latency_objective` none is watched.
 */
export function automaticMonitors(input: {
  model: Model;
  environment: Prediction["environment"];
  traffic: { count: number; from: number; to: number };
  now: number;
}): Monitor[] {
  const { model, environment, traffic, now } = input;
  const window = model.window ?? chooseVerdictWindow(traffic);
  const servingWindow = chooseWindow(traffic, WANTED_REQUESTS, SERVING_WINDOW_SIZES_MS);
  const { latency_objective: objective } = model;
  const kinds = AUTOMATIC_KINDS.filter((kind) => kind !== "latency_slo" || objective !== undefined);
  return kinds.map((kind) => ({
    id: automaticMonitorId(model.model, environment, kind),
    model: model.model,
    kind,
    environment,
    window: kind === "latency_slo" ? servingWindow : window,
    ...(kind === "latency_slo" && objective !== undefined
      ? { objective: { ...objective, period: OBJECTIVE_PERIOD_MS } }
      : {}),
    minimum_count: 30,
    // What nobody is served by wakes nobody: its incidents are there to be looked at.
    ...(environment === "production" ? {} : { channels: [] }),
    enabled: true,
    automatic: true,
    created_at: now,
  }));
}
