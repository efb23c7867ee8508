import type { Route } from "../http/route.ts";
import { createLabels } from "./labels/create-labels.ts";
import { createPredictions } from "./predictions/create-predictions.ts";
import type { RouteDeps } from "./route-deps.ts";
import { createTelemetry } from "./telemetry/create-telemetry.ts";

/** allRoutes returns the route table: every call of `/v1`, in the order they are documented. */
export function allRoutes(deps: RouteDeps): Route[] {
  return [createPredictions, createLabels, createTelemetry].map((create) => create(deps));
}
