import { createServer, type Server, type ServerResponse } from "node:http";
import type { Registry } from "prom-client";

/** AnalyzerHealth is what the analyzer says of itself; times are epoch ms. */
export interface AnalyzerHealth {
  startedAt: number;
  /** End of the last reconcile that succeeded. */
  lastReconcileAt: number | undefined;
  /** Event-time age of the oldest due window without a verdict, by model. */
  lagMs: ReadonlyMap<string, number>;
  /** Passes that the last reconcile planned, by priority, 1 the most urgent. */
  planned: ReadonlyMap<number, number>;
}

/** createHealthServer returns the HTTP server of `/healthz` (503 once no reconcile has succeeded for `staleAfterMs`) and `/metrics`. */
export function createHealthServer(deps: {
  health: AnalyzerHealth;
  metrics: Registry;
  now: () => number;
  staleAfterMs: number;
}): Server {
  return createServer((request, response) => {
    if (request.url === "/healthz") {
      const body = describeHealth(deps.health, deps.now(), deps.staleAfterMs);
      response.writeHead(body.status === "ok" ? 200 : 503, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    } else if (request.url === "/metrics") {
      void sendMetrics(response, deps.metrics);
    } else {
      response.writeHead(404).end();
    }
  });
}

async function sendMetrics(response: ServerResponse, metrics: Registry): Promise<void> {
  const text = await metrics.metrics();
  response.writeHead(200, { "content-type": metrics.contentType }).end(text);
}

function describeHealth(health: AnalyzerHealth, now: number, staleAfterMs: number) {
  const since = now - (health.lastReconcileAt ?? health.startedAt);
  return {
    status: since <= staleAfterMs ? "ok" : "stale",
    last_reconcile_at: health.lastReconcileAt ?? null,
    seconds_since_reconcile: Math.round(since / 1_000),
  };
}
