import type { ChannelKind } from "@leeway/core/channels";
import type { DeliveryResult } from "./retry/delivery-result.ts";

/** DeliveryMetrics counts what deliveries do, for Prometheus. */
export interface DeliveryMetrics {
  /** How many deliveries the outbox holds, and since when the oldest waits (epoch ms). */
  queue(queued: number, oldestAt: number | undefined): void;
  attempt(kind: ChannelKind, outcome: DeliveryResult["outcome"]): void;
  /** The metrics as Prometheus text, line by line. */
  render(now: number): string[];
}

const FAILURES = new Set<DeliveryResult["outcome"]>(["retry", "refused"]);

/** createDeliveryMetrics returns the metrics of one process, by kind of channel. */
export function createDeliveryMetrics(): DeliveryMetrics {
  const waiting: { queued: number; oldestAt?: number | undefined } = { queued: 0 };
  const attempts = new Map<ChannelKind, { all: number; failed: number }>();
  const perKind = (name: string, help: string, count: (one: { all: number; failed: number }) => number) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} counter`,
    ...[...attempts].map(([kind, one]) => `${name}{kind="${kind}"} ${count(one)}`),
  ];
  return {
    queue(queued, oldestAt) {
      Object.assign(waiting, { queued, oldestAt });
    },
    attempt(kind, outcome) {
      const { all, failed } = attempts.get(kind) ?? { all: 0, failed: 0 };
      attempts.set(kind, { all: all + 1, failed: failed + (FAILURES.has(outcome) ? 1 : 0) });
    },
    render: (now) => [
      "# HELP leeway_analyzer_deliveries_queued Deliveries in the outbox that are not sent yet",
      "# TYPE leeway_analyzer_deliveries_queued gauge",
      `leeway_analyzer_deliveries_queued ${waiting.queued}`,
      "# HELP leeway_analyzer_deliveries_oldest_seconds How long the oldest of them waits",
      "# TYPE leeway_analyzer_deliveries_oldest_seconds gauge",
      `leeway_analyzer_deliveries_oldest_seconds ${Math.max(0, now - (waiting.oldestAt ?? now)) / 1_000}`,
      ...perKind("leeway_analyzer_delivery_attempts_total", "Attempts at receivers", ({ all }) => all),
      ...perKind(
        "leeway_analyzer_delivery_failures_total",
        "Attempts that a receiver refused or did not answer",
        ({ failed }) => failed,
      ),
    ],
  };
}
