import { LeewayError } from "@leeway/core/errors";
import { z } from "zod";
import { modelParams, rangeQuery } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { latencyWindow, latencyWindowSchema } from "./latency-window.ts";
import { loadReadRange } from "./resolve-range.ts";
import { scopeOf, scopeSchema } from "./verdict-window.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MOST_WINDOWS = 10_000;

/** getLatency is `GET /v1/models/{model}/latency`. */
export function getLatency({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/latency",
    tag: "reads",
    summary: "Requests, errors and latency percentiles per window",
    scope: "read",
    params: modelParams,
    query: rangeQuery.omit({ segment: true }),
    answer: scopeSchema.extend({ window_ms: z.number(), windows: z.array(latencyWindowSchema) }),
    async handle({ params, query, principal }) {
      const { project } = principal;
      const range = await loadReadRange(store, project, params.model, query);
      const windowMs = query.window ?? HOUR_MS;
      checkWindow(windowMs, range.to - range.from);
      const windows = await store.serving.windows(project, range, windowMs);
      return {
        ...scopeOf(range),
        window_ms: windowMs,
        windows: windows.map((window) => latencyWindow(window, windowMs)),
      };
    },
  });
}

function checkWindow(windowMs: number, rangeMs: number): void {
  const isWhole = windowMs % MINUTE_MS === 0;
  if (isWhole && rangeMs / windowMs <= MOST_WINDOWS) return;
  const message = isWhole ? `more than ${MOST_WINDOWS} windows: choose longer ones` : "must be whole minutes";
  throw new LeewayError("invalid_request", `window: ${message}`, { problems: [{ path: "window", message }] });
}
