import type { LatencyHistogram } from "@leeway/core/slo";
import { z } from "zod";

/** ServingWindow is one window of requests: counts weighted by sampling, latencies in the buckets of core's LatencyHistogram. */
export interface ServingWindow {
  start: number;
  total: number;
  errors: number;
  latency: LatencyHistogram;
}

/** windowColumns are the columns of a window of requests as SQL answers them. */
export const windowColumns = {
  start: z.coerce.number(),
  requests: z.number(),
  failed: z.number(),
  buckets: z.array(z.number()),
  counts: z.array(z.number()),
};

/** windowRow is a window of requests as SQL answers it. */
export const windowRow = z.object(windowColumns).transform(
  ({ start, requests, failed, buckets, counts }): ServingWindow => ({
    start,
    total: requests,
    errors: failed,
    latency: { buckets, counts },
  }),
);
