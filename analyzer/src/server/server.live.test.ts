import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { createDeliveryMetrics } from "../deliver/delivery-metrics.ts";
import { createHealthServer } from "./health-server.ts";
import { measureLag } from "./measure-lag.ts";

describe("measureLag", () => {
  it("counts from the first reconcile that found a model waiting to the one that doesn't", () => {
    const since = new Map<string, number>();
    expect(measureLag(since, ["a", "b"], new Set(["a"]), 1_000)).toEqual(
      new Map([
        ["a", 0],
        ["b", 0],
      ]),
    );
    expect(measureLag(since, ["a", "b"], new Set(["a"]), 4_000).get("a")).toBe(3_000);
    expect(measureLag(since, ["a", "b"], new Set(), 5_000).get("a")).toBe(0);
    expect(measureLag(since, ["a", "b"], new Set(["a"]), 9_000).get("a")).toBe(0);
  });
});

describe("createHealthServer", () => {
  it("answers healthy while reconciles succeed, 503 once they have not for too long, and shows its metrics", async () => {
    let now = 10_000;
    const health = {
      startedAt: 0,
      lastReconcileAt: 9_000,
      lagMs: new Map([["flights", 2_500]]),
      planned: new Map([[2, 4]]),
      counters: new Map([["passes_total", 3]]),
      deliveries: createDeliveryMetrics(),
    };
    health.deliveries.queue(2, 7_000);
    health.deliveries.attempt("slack", "sent");
    health.deliveries.attempt("slack", "retry");
    const server = createHealthServer({
      health,
      readModelHealth: async () => ({ outcome: "read", models: [] }),
      now: () => now,
      staleAfterMs: 5_000,
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('leeway_analyzer_lag_seconds{model="flights"} 2.5');
    expect(metrics).toContain("leeway_analyzer_passes_total 3");
    expect(metrics).toContain("leeway_analyzer_longest_lag_seconds 2.5");
    expect(metrics).toContain('leeway_analyzer_planned_passes{priority="2"} 4');
    expect(metrics).toContain("leeway_model_health_known 1");
    expect(metrics).toContain("leeway_analyzer_deliveries_queued 2\n");
    expect(metrics).toContain("leeway_analyzer_deliveries_oldest_seconds 3\n");
    expect(metrics).toContain('leeway_analyzer_delivery_attempts_total{kind="slack"} 2');
    expect(metrics).toContain('leeway_analyzer_delivery_failures_total{kind="slack"} 1');
    now = 15_000;
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
    server.close();
  });
});
