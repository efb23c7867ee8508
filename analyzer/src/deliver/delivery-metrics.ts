import type { ChannelKind } from "@leeway/core/channels";
import { Counter, Gauge, type Registry } from "prom-client";
import type { DeliveryResult } from "./retry/delivery-result.ts";

/** DeliveryMetrics counts what deliveries do, for Prometheus. */
export interface DeliveryMetrics {
  /** How many deliveries the outbox holds, and since when the oldest waits (epoch ms). */
  queue(queued: number, oldestAt: number | undefined): void;
  attempt(kind: ChannelKind, outcome: DeliveryResult["outcome"]): void;
}

const FAILURES = new Set<DeliveryResult["outcome"]>(["retry", "refused"]);

/** createDeliveryMetrics returns the metrics of one process, by kind of channel, in a registry. */
export function createDeliveryMetrics(registry: Registry, now: () => number): DeliveryMetrics {
  const registers = [registry];
  const waiting: { queued: number; oldestAt?: number | undefined } = { queued: 0 };
  new Gauge({
    name: "leeway_analyzer_deliveries_queued",
    help: "Deliveries in the outbox that are not sent yet",
    registers,
    collect() {
      this.set(waiting.queued);
    },
  });
  new Gauge({
    name: "leeway_analyzer_deliveries_oldest_seconds",
    help: "How long the oldest of them waits",
    registers,
    collect() {
      const at = now();
      this.set(Math.max(0, at - (waiting.oldestAt ?? at)) / 1_000);
    },
  });
  const attempts = new Counter({
    name: "leeway_analyzer_delivery_attempts_total",
    help: "Attempts at receivers",
    labelNames: ["kind"],
    registers,
  });
  const failures = new Counter({
    name: "leeway_analyzer_delivery_failures_total",
    help: "Attempts that a receiver refused or did not answer",
    labelNames: ["kind"],
    registers,
  });
  return {
    queue(queued, oldestAt) {
      Object.assign(waiting, { queued, oldestAt });
    },
    attempt(kind, outcome) {
      attempts.inc({ kind });
      // A kind that never failed has a series of 0, so that its share of failures can be computed.
      failures.inc({ kind }, FAILURES.has(outcome) ? 1 : 0);
    },
  };
}
