import { createServer, type Server, type ServerResponse } from "node:http";
import type { DeliveryMetrics } from "../deliver/delivery-metrics.ts";
import type { ModelHealthReading } from "./model-health-reader.ts";
import { renderModelHealth } from "./render-model-health.ts";

/** AnalyzerHealth is what the analyzer says of itself; times are epoch ms. */
export interface AnalyzerHealth {
  startedAt: number;
  /** End of the last reconcile that succeeded. */
  lastReconcileAt: number | undefined;
  /** Event-time age of the oldest due window without a verdict, by model. */
  lagMs: ReadonlyMap<string, number>;
  /** Passes that the last reconcile planned, by priority, 1 the most urgent. */
  planned: ReadonlyMap<number, number>;
  counters: ReadonlyMap<string, number>;
  deliveries: Pick<DeliveryMetrics, "render">;
}

/** createHealthServer returns the HTTP server of `/healthz` (503 once no reconcile has succeeded for `staleAfterMs`) and `/metrics`. */
export function createHealthServer(deps: {
  health: AnalyzerHealth;
  readModelHealth: () => Promise<ModelHealthReading>;
  now: () => number;
  staleAfterMs: number;
}): Server {
  return createServer((request, response) => {
    if (request.url === "/healthz") {
      const body = describeHealth(deps.health, deps.now(), deps.staleAfterMs);
      response.writeHead(body.status === "ok" ? 200 : 503, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    } else if (request.url === "/metrics") {
      void sendMetrics(response, deps);
    } else {
      response.writeHead(404).end();
    }
  });
}

async function sendMetrics(
  response: ServerResponse,
  deps: { health: AnalyzerHealth; readModelHealth: () => Promise<ModelHealthReading>; now: () => number },
): Promise<void> {
  const models = renderModelHealth(await deps.readModelHealth());
  response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  response.end(
    `${renderMetrics(deps.health)}${deps.health.deliveries.render(deps.now()).join("\n")}\n${models.join("\n")}\n`,
  );
}

function describeHealth(health: AnalyzerHealth, now: number, staleAfterMs: number) {
  const since = now - (health.lastReconcileAt ?? health.startedAt);
  return {
    status: since <= staleAfterMs ? "ok" : "stale",
    last_reconcile_at: health.lastReconcileAt ?? null,
    seconds_since_reconcile: Math.round(since / 1_000),
  };
}

/** renderMetrics returns the analyzer's own metrics as Prometheus text. */
export function renderMetrics(health: AnalyzerHealth): string {
  const lines = ["# TYPE leeway_analyzer_lag_seconds gauge"];
  for (const [model, lagMs] of health.lagMs) {
    lines.push(`leeway_analyzer_lag_seconds{model=${JSON.stringify(model)}} ${lagMs / 1_000}`);
  }
  lines.push(
    "# HELP leeway_analyzer_longest_lag_seconds For how long the model that waits longest has waited for its pass",
    "# TYPE leeway_analyzer_longest_lag_seconds gauge",
    `leeway_analyzer_longest_lag_seconds ${Math.max(0, ...health.lagMs.values()) / 1_000}`,
    "# HELP leeway_analyzer_planned_passes Passes that the last reconcile planned: 1 objectives, 2 windows of production, 3 other windows, then what was judged before",
    "# TYPE leeway_analyzer_planned_passes gauge",
  );
  for (const [priority, passes] of health.planned) {
    lines.push(`leeway_analyzer_planned_passes{priority="${priority}"} ${passes}`);
  }
  for (const [name, value] of health.counters) {
    lines.push(`# TYPE leeway_analyzer_${name} counter`, `leeway_analyzer_${name} ${value}`);
  }
  if (health.lastReconcileAt !== undefined) {
    lines.push(
      "# TYPE leeway_analyzer_last_reconcile_timestamp_seconds gauge",
      `leeway_analyzer_last_reconcile_timestamp_seconds ${health.lastReconcileAt / 1_000}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
