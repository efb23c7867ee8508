import type { Route } from "../../ingest/src/http/route.ts";
import { allRoutes } from "../../ingest/src/routes/all-routes.ts";
import type { RouteDeps } from "../../ingest/src/routes/route-deps.ts";

/** routeTable returns the rows of the route table for their schemas alone: nothing of it can be handled. */
export function routeTable(): Route[] {
  return allRoutes({} as RouteDeps);
}

/** PROMISED are the calls that the HTTP contract names. */
export const PROMISED = [
  "POST /v1/predictions",
  "POST /v1/labels",
  "POST /v1/telemetry",
  "POST /v1/metrics",
  "PUT /v1/models/{model}",
  "PUT /v1/models/{model}/versions/{version}",
  "POST /v1/models/{model}/references",
  "POST /v1/evaluate",
  "GET /v1/models",
  "GET /v1/models/{model}",
  "GET /v1/models/{model}/drift",
  "GET /v1/models/{model}/performance",
  "GET /v1/models/{model}/latency",
  "GET /v1/models/{model}/slo",
  "GET /v1/models/{model}/serving",
  "GET /v1/models/{model}/comparison",
  "GET /v1/models/{model}/changes",
  "GET /v1/models/{model}/features",
  "GET /v1/models/{model}/versions/{version}/reference",
  "PUT /v1/models/{model}/versions/{version}/reference",
  "GET /v1/monitors",
  "POST /v1/monitors",
  "GET /v1/monitors/{id}",
  "PUT /v1/monitors/{id}",
  "DELETE /v1/monitors/{id}",
  "POST /v1/monitors/preview",
  "POST /v1/monitors/{id}/replay",
  "GET /v1/channels",
  "POST /v1/channels",
  "POST /v1/channels/{id}/test",
  "GET /v1/silences",
  "POST /v1/silences",
  "POST /v1/silences/preview",
  "GET /v1/keys",
  "POST /v1/keys",
  "GET /v1/sessions",
  "DELETE /v1/sessions/{id}",
  "GET /v1/audit",
  "GET /v1/incidents",
  "POST /v1/incidents/{id}/acknowledge",
  "POST /v1/incidents/{id}/resolve",
  "POST /v1/incidents/{id}/notes",
  "POST /v1/incidents/{id}/undo",
  "POST /v1/incidents/{id}/reopen",
  "POST /v1/incidents/{id}/snooze",
  "POST /v1/incidents/{id}/assign",
  "GET /v1/retrainings",
  "POST /v1/retrainings/{id}",
  "POST /v1/retrainings/{id}/approve",
  "POST /v1/retrainings/{id}/promote",
  "POST /v1/retrainings/{id}/archive",
] as const;
