import type { ChannelStanding } from "@leeway/store";
import { Gauge, type Registry } from "prom-client";
import type { HealthReading } from "./health-reader.ts";

interface Measure {
  name: string;
  help: string;
  /** Undefined where there is nothing to say of a channel. */
  of: (standing: ChannelStanding, now: number) => number | undefined;
}

const UP = { healthy: 1, failing: 0, paused: 0, untried: undefined, off: undefined } as const;
const MEASURES: readonly Measure[] = [
  {
    name: "leeway_channel_up",
    help: "1 where the last attempt at the channel arrived, 0 where it failed or its receiver is left alone",
    of: ({ health }) => UP[health.state],
  },
  {
    name: "leeway_channel_queued",
    help: "Messages that wait for the channel",
    of: ({ health }) => health.queued,
  },
  {
    name: "leeway_channel_oldest_queued_seconds",
    help: "How long the oldest of them waits",
    of: ({ health }, now) => Math.max(0, now - (health.oldest_queued_at ?? now)) / 1_000,
  },
  {
    name: "leeway_channel_failures_last_day",
    help: "Attempts of the last day that failed",
    of: ({ health }) => health.failures_last_day,
  },
  {
    name: "leeway_channel_dead_letters",
    help: "Messages that never arrived and can be sent once more",
    of: ({ health }) => health.dead_letters,
  },
  {
    name: "leeway_channel_last_success_timestamp_seconds",
    help: "When the newest message arrived",
    of: ({ health }) => health.last_success && health.last_success.at / 1_000,
  },
];

/** registerChannelHealth adds how channels do to a registry, a series of each measure for each channel. O(channels). */
export function registerChannelHealth(
  registry: Registry,
  read: () => Promise<HealthReading<ChannelStanding>>,
  now: () => number,
): void {
  for (const { name, help, of } of MEASURES) {
    new Gauge({
      ...{ name, help, labelNames: ["channel", "id", "kind"], registers: [registry] },
      async collect() {
        const reading = await read();
        this.reset();
        if (reading.outcome === "unknown") return;
        for (const standing of reading.subjects) {
          const { id, name: channel, kind } = standing.channel;
          const value = of(standing, now());
          if (value !== undefined) this.set({ channel, id, kind }, value);
        }
      },
    });
  }
}
