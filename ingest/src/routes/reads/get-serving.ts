import type { Store, TelemetryPoint } from "@leeway/store";
import { z } from "zod";
import { modelParams, rangeQuery } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadReadRange, type ReadRange } from "./resolve-range.ts";
import { type ServingCost, servingCost } from "./serving-cost.ts";
import { scopeOf, scopeSchema } from "./verdict-window.ts";

const GPU_METRICS = [
  "gpu_count",
  "gpu_utilization",
  "gpu_memory_used_bytes",
  "gpu_memory_total_bytes",
  "gpu_power_watts",
  "gpu_temperature_celsius",
];
const MINUTE_MS = 60_000;
const STEPS = 240;

const seriesSchema = z.object({
  metric: z.string(),
  replica: z.string(),
  unit: z.string(),
  attributes: z.record(z.string(), z.string()),
  points: z.array(z.tuple([z.number(), z.number()])),
});

/** getServing is `GET /v1/models/{model}/serving`. */
export function getServing({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/serving",
    tag: "reads",
    summary: "GPU and engine series of the replicas that serve a version, and what serving cost",
    scope: "read",
    params: modelParams,
    query: rangeQuery.omit({ segment: true }).extend({
      metrics: z.string().max(4_096).optional().describe("Comma-separated; absent: the GPU metrics"),
    }),
    answer: scopeSchema.extend({
      step_ms: z.number(),
      series: z.array(seriesSchema),
      cost: z.looseObject({ outcome: z.enum(["ok", "not_defined"]) }),
    }),
    async handle({ params, query, principal }) {
      const { project } = principal;
      const range = await loadReadRange(store, project, params.model, query);
      const stepMs =
        query.window ??
        Math.max(MINUTE_MS, Math.ceil((range.to - range.from) / STEPS / MINUTE_MS) * MINUTE_MS);
      const metrics =
        query.metrics
          ?.split(",")
          .map((name) => name.trim())
          .filter(Boolean) ?? GPU_METRICS;
      const [points, cost] = await Promise.all([
        store.telemetry.series(project, { ...range, metrics }, stepMs),
        costOf(store, project, range, stepMs),
      ]);
      return { ...scopeOf(range), step_ms: stepMs, series: seriesOf(points), cost };
    },
  });
}

function seriesOf(points: readonly TelemetryPoint[]): z.infer<typeof seriesSchema>[] {
  const series = new Map<string, z.infer<typeof seriesSchema>>();
  for (const { metric, replica, unit, attributes, at, value } of points) {
    const key = JSON.stringify([metric, replica, attributes]);
    const one = series.get(key) ?? { metric, replica, unit, attributes, points: [] };
    one.points.push([at, value]);
    series.set(key, one);
  }
  return [...series.values()];
}

async function costOf(store: Store, project: string, range: ReadRange, stepMs: number): Promise<ServingCost> {
  const version = await store.records.version.get(project, `${range.model}/${range.version}`);
  const gpuHourCost = version?.gpu_hour_cost;
  if (gpuHourCost === undefined) {
    return servingCost({ gpuHourCost, gpusPerStep: [], stepMs, predictions: 0 });
  }
  const [points, minutes] = await Promise.all([
    store.telemetry.series(project, { ...range, metrics: ["gpu_utilization"] }, stepMs),
    store.serving.windows(project, range, 86_400_000),
  ]);
  const perStep = new Map<number, number>();
  for (const { at } of points) perStep.set(at, (perStep.get(at) ?? 0) + 1);
  const predictions = minutes.reduce((sum, { total }) => sum + total, 0);
  return servingCost({ gpuHourCost, gpusPerStep: [...perStep.values()], stepMs, predictions });
}
