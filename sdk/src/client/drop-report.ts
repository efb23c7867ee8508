import { EVENT_KINDS, type EventKind, type TelemetrySample } from "../events/types.ts";
import type { CancelTimer, SdkRuntime } from "../runtime.ts";
import type { EventCounts } from "./stats.ts";

/** DropReport tells the server what was left out on this side. */
export interface DropReport {
  /** arm makes sure that a report follows within the interval. */
  arm(): void;
  /** report records the samples now, if anything changed since the last time. */
  report(): void;
  stop(): void;
}

/** createDropReport returns a reporter that is silent until the first drop and records cumulative counters after it. */
export function createDropReport(
  counts: Readonly<Record<EventKind, EventCounts>>,
  record: (sample: TelemetrySample) => void,
  intervalMs: number,
  runtime: Pick<SdkRuntime, "schedule">,
): DropReport {
  const reported = new Map<string, number>();
  let cancel: CancelTimer | null = null;

  function report(): void {
    for (const kind of EVENT_KINDS) {
      for (const [metric, value] of [
        ["leeway_sdk_dropped_events", counts[kind].dropped],
        ["leeway_sdk_sampled_out_events", counts[kind].sampledOut],
      ] as const) {
        if (value === (reported.get(metric + kind) ?? 0)) continue;
        reported.set(metric + kind, value);
        record({ metric, kind: "counter", unit: "1", value, attributes: { kind } });
      }
    }
  }

  return {
    arm() {
      cancel ??= runtime.schedule(intervalMs, () => {
        cancel = null;
        report();
      });
    },
    report,
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
