import { latencyQuantile } from "@leeway/core/slo";
import type { ServingWindow } from "@leeway/store";
import { z } from "zod";

const percentile = z.number().nullable();

/** latencyWindowSchema is one window of `GET /v1/models/{model}/latency`; a percentile is null where there are no latencies, or beyond what is counted. */
export const latencyWindowSchema = z.object({
  start: z.number(),
  end: z.number(),
  total: z.number(),
  errors: z.number(),
  p50_ms: percentile,
  p90_ms: percentile,
  p95_ms: percentile,
  p99_ms: percentile,
  /** Bucket b holds latencies in (1.05^(b−1), 1.05^b] milliseconds. */
  histogram: z.object({ buckets: z.array(z.number()), counts: z.array(z.number()) }),
});

/** latencyWindow returns a window of requests with its percentiles. */
export function latencyWindow(window: ServingWindow, windowMs: number): z.infer<typeof latencyWindowSchema> {
  const quantile = (q: number) => {
    const estimate = latencyQuantile(window.latency, q);
    return estimate.outcome === "ok" ? estimate.valueMs : null;
  };
  return {
    start: window.start,
    end: window.start + windowMs,
    total: window.total,
    errors: window.errors,
    p50_ms: quantile(0.5),
    p90_ms: quantile(0.9),
    p95_ms: quantile(0.95),
    p99_ms: quantile(0.99),
    histogram: window.latency,
  };
}
