import { Counter, Gauge, type Registry } from "prom-client";
import type { DeliveryStep } from "../deliver/deliver-notification.ts";
import type { AnalyzerHealth } from "./health-server.ts";

type DeliveryStatus = Extract<DeliveryStep, { outcome: "done" }>["status"];

/** AnalyzerCounts counts what the analyzer did since it started. */
export interface AnalyzerCounts {
  passed(): void;
  problem(): void;
  delivered(status: DeliveryStatus): void;
}

/** createAnalyzerCounts returns what counts the analyzer's own work into a registry. */
export function createAnalyzerCounts(registry: Registry): AnalyzerCounts {
  const counter = (name: string, help: string) =>
    new Counter({ name: `leeway_analyzer_${name}`, help, registers: [registry] });
  const passes = counter("passes_total", "Passes over a model that ended");
  const problems = counter("problems_total", "Problems that were logged");
  const deliveries: Record<DeliveryStatus, Counter> = {
    queued: counter("deliveries_queued_total", "Deliveries that wait again"),
    sent: counter("deliveries_sent_total", "Deliveries that were sent"),
    failed: counter("deliveries_failed_total", "Deliveries that were given up"),
    silenced: counter("deliveries_silenced_total", "Deliveries that a silence kept back"),
    superseded: counter("deliveries_superseded_total", "Deliveries that a newer message replaced"),
    not_subscribed: counter("deliveries_not_subscribed_total", "Deliveries that their channel does not take"),
    unknown: counter("deliveries_unknown_total", "Deliveries whose notification is gone"),
  };
  return {
    passed: () => passes.inc(),
    problem: () => problems.inc(),
    delivered: (status) => deliveries[status].inc(),
  };
}

/** registerAnalyzerGauges adds how far the analyzer is to a registry, which reads `health` anew for every scrape. */
export function registerAnalyzerGauges(registry: Registry, health: AnalyzerHealth): void {
  const registers = [registry];
  new Gauge({
    name: "leeway_analyzer_lag_seconds",
    help: "For how long a model has waited for its pass",
    labelNames: ["model"],
    registers,
    collect() {
      this.reset();
      for (const [model, lagMs] of health.lagMs) this.set({ model }, lagMs / 1_000);
    },
  });
  new Gauge({
    name: "leeway_analyzer_longest_lag_seconds",
    help: "For how long the model that waits longest has waited for its pass",
    registers,
    collect() {
      this.set(Math.max(0, ...health.lagMs.values()) / 1_000);
    },
  });
  new Gauge({
    name: "leeway_analyzer_planned_passes",
    help: "Passes that the last reconcile planned: 1 objectives, 2 windows of production, 3 other windows, then what was judged before",
    labelNames: ["priority"],
    registers,
    collect() {
      this.reset();
      for (const [priority, passes] of health.planned) this.set({ priority }, passes);
    },
  });
  new Gauge({
    name: "leeway_analyzer_last_reconcile_timestamp_seconds",
    help: "End of the last reconcile that succeeded",
    registers,
    collect() {
      // Before the first one there is no time to write: 0 would be 1970.
      if (health.lastReconcileAt === undefined) this.remove();
      else this.set(health.lastReconcileAt / 1_000);
    },
  });
}
