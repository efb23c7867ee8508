import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { registerAnalyzerGauges } from "./analyzer-metrics.ts";
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
    };
    const metrics = new Registry();
    registerAnalyzerGauges(metrics, health);
    const server = createHealthServer({
      health,
      metrics,
      now: () => now,
      staleAfterMs: 5_000,
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(await answer.text()).toContain('leeway_analyzer_lag_seconds{model="flights"} 2.5\n');
    now = 15_000;
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
    server.close();
  });
});
