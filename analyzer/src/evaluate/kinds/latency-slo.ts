import type { Monitor } from "@leeway/core/records";
import { countWindow, type EventSeries, MINUTE_MS } from "@leeway/core/slo";
import { assessSloWindow } from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { WindowVerdict } from "../chain/assess-chain.ts";

/** latencySloAssessor returns the assessment of the latency objective at the end of one window, from good and total events per minute. */
export function latencySloAssessor(input: {
  objective: NonNullable<Monitor["objective"]>;
  events: EventSeries;
}): (window: TimeWindow) => WindowVerdict {
  const { threshold_ms, target, period } = input.objective;
  return (window) =>
    assessSloWindow({
      window,
      objective: { threshold_ms, target, period_ms: period },
      countOver: (durationMs) => countWindow(input.events, window.end - MINUTE_MS, durationMs),
    });
}
