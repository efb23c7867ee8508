import type { ChannelStanding } from "@leeway/store";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createDeliveryMetrics } from "../deliver/delivery-metrics.ts";
import { exampleChannel } from "../deliver/example-delivery.ts";
import { createAnalyzerCounts, registerAnalyzerGauges } from "./analyzer-metrics.ts";
import { registerChannelHealth } from "./channel-health-metrics.ts";
import { registerModelHealth } from "./model-health-metrics.ts";

const CHANNEL: ChannelStanding = {
  channel: exampleChannel("slack", { name: "alerts" }),
  health: {
    ...{
      state: "failing",
      sentence: "",
      circuit: { failures: 1 },
      queued: 2,
      oldest_queued_at: 5_000,
      held: 0,
    },
    ...{ attempts_last_day: 9, failures_last_day: 7, dead_letters: 1 },
    last_success: { at: 1_000, answer: "" },
  },
};

function createMetrics() {
  const registry = new Registry();
  const counts = createAnalyzerCounts(registry);
  const deliveries = createDeliveryMetrics(registry, () => 10_000);
  const health = {
    ...{ startedAt: 0, lastReconcileAt: undefined as number | undefined },
    ...{ lagMs: new Map([["flights", 2_500]]), planned: new Map([[2, 4]]) },
  };
  registerAnalyzerGauges(registry, health);
  registerModelHealth(registry, async () => ({
    outcome: "read",
    subjects: [
      { ...{ model: "flights", environment: "production", state: "healthy", since: null, sentence: "" } },
    ].map((one) => ({ ...one, state: "healthy" as const, incident_id: null, findings: [] })),
  }));
  registerChannelHealth(
    registry,
    async () => ({ outcome: "read", subjects: [CHANNEL] }),
    () => 10_000,
  );
  deliveries.queue(2, 7_000);
  deliveries.attempt("slack", "sent");
  deliveries.attempt("slack", "retry");
  deliveries.attempt("email", "sent");
  return { registry, counts, health };
}

describe("the metrics of the analyzer", () => {
  it("keep their names, types and labels, on which dashboards and alerts of others depend", async () => {
    const { registry } = createMetrics();
    const found = (await registry.getMetricsAsJSON()).map(({ name, type, values }) => [
      ...[name, type],
      [...new Set(values.flatMap(({ labels }) => Object.keys(labels)))].sort(),
    ]);
    expect(found).toEqual([
      ["leeway_analyzer_passes_total", "counter", []],
      ["leeway_analyzer_problems_total", "counter", []],
      ...["queued", "sent", "failed", "silenced", "superseded", "not_subscribed", "unknown"].map((status) => [
        ...[`leeway_analyzer_deliveries_${status}_total`, "counter", []],
      ]),
      ["leeway_analyzer_deliveries_queued", "gauge", []],
      ["leeway_analyzer_deliveries_oldest_seconds", "gauge", []],
      ["leeway_analyzer_delivery_attempts_total", "counter", ["kind"]],
      ["leeway_analyzer_delivery_failures_total", "counter", ["kind"]],
      ["leeway_analyzer_lag_seconds", "gauge", ["model"]],
      ["leeway_analyzer_longest_lag_seconds", "gauge", []],
      ["leeway_analyzer_planned_passes", "gauge", ["priority"]],
      ["leeway_analyzer_last_reconcile_timestamp_seconds", "gauge", []],
      ["leeway_model_health_known", "gauge", []],
      ["leeway_model_health", "gauge", ["environment", "model", "state"]],
      ["leeway_model_health_left_out", "gauge", []],
      ...["up", "queued", "oldest_queued_seconds", "failures_last_day", "dead_letters"].map((name) => [
        ...[`leeway_channel_${name}`, "gauge", ["channel", "id", "kind"]],
      ]),
      ["leeway_channel_last_success_timestamp_seconds", "gauge", ["channel", "id", "kind"]],
    ]);
  });

  it("are read anew for every scrape: how long models wait, what is planned, what deliveries do", async () => {
    const { registry, counts, health } = createMetrics();
    counts.passed();
    counts.delivered("sent");
    const first = (await registry.metrics()).split("\n");
    for (const line of [
      "leeway_analyzer_passes_total 1",
      "leeway_analyzer_deliveries_sent_total 1",
      'leeway_analyzer_lag_seconds{model="flights"} 2.5',
      "leeway_analyzer_longest_lag_seconds 2.5",
      'leeway_analyzer_planned_passes{priority="2"} 4',
      "leeway_analyzer_deliveries_queued 2",
      "leeway_analyzer_deliveries_oldest_seconds 3",
      'leeway_analyzer_delivery_attempts_total{kind="slack"} 2',
      'leeway_analyzer_delivery_failures_total{kind="slack"} 1',
      'leeway_analyzer_delivery_failures_total{kind="email"} 0',
    ])
      expect(first).toContain(line);
    Object.assign(health, { lagMs: new Map(), planned: new Map([[1, 3]]) });
    const second = await registry.metrics();
    expect(second).not.toContain("leeway_analyzer_lag_seconds{");
    expect(second).toContain("leeway_analyzer_longest_lag_seconds 0\n");
    expect(second).not.toContain('planned_passes{priority="2"}');
  });

  it("say how each channel does, and nothing of what is not known of it", async () => {
    const { registry } = createMetrics();
    const labels = '{channel="alerts",id="channel-slack",kind="slack"}';
    const lines = (await registry.metrics()).split("\n");
    for (const line of [
      `leeway_channel_up${labels} 0`,
      `leeway_channel_queued${labels} 2`,
      `leeway_channel_oldest_queued_seconds${labels} 5`,
      `leeway_channel_failures_last_day${labels} 7`,
      `leeway_channel_dead_letters${labels} 1`,
      `leeway_channel_last_success_timestamp_seconds${labels} 1`,
    ])
      expect(lines).toContain(line);
    const untried = new Registry();
    const health = { ...CHANNEL.health, state: "untried" as const, last_success: undefined };
    registerChannelHealth(
      untried,
      async () => ({ outcome: "read", subjects: [{ ...CHANNEL, health } as ChannelStanding] }),
      () => 0,
    );
    expect(await untried.metrics()).not.toMatch(/leeway_channel_(up|last_success\w+)\{/);
  });

  it("write no time of a reconcile before there was one", async () => {
    const { registry, health } = createMetrics();
    const name = "leeway_analyzer_last_reconcile_timestamp_seconds";
    expect(await registry.metrics()).not.toContain(`${name} 0`);
    health.lastReconcileAt = 9_000;
    expect(await registry.metrics()).toContain(`${name} 9\n`);
  });
});
