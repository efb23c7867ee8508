import type { Monitor } from "@leeway/core/records";
import { type CountedEvents, countWindow, type EventSeries, MINUTE_MS } from "@leeway/core/slo";
import { assessSloWindow, type CountOver } from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { WindowVerdict } from "../chain/assess-chain.ts";

const NOTHING: CountedEvents = { good: 0, total: 0, failed: 0, untimed: 0, spanMs: 0 };

/**
 * latencySloAssessor returns the assessment of a latency objective at the end of one window, from the requests of every version: they spend one budget. A
 * monitor that is pinned to a version has an objective of that version alone.
 */
export function latencySloAssessor(input: {
  objective: NonNullable<Monitor["objective"]>;
  version: string;
  isPinned: boolean;
  versions: ReadonlyMap<string, EventSeries>;
}): (window: TimeWindow) => WindowVerdict {
  const { threshold_ms, target, period } = input.objective;
  return (window) => {
    const counter =
      (series: EventSeries | undefined): CountOver =>
      (durationMs) =>
        series === undefined ? NOTHING : countWindow(series, window.end - MINUTE_MS, durationMs);
    const own = counter(input.versions.get(input.version));
    const others = new Map(
      [...input.versions]
        .filter(([version]) => !input.isPinned && version !== input.version)
        .map(([version, series]) => [version, counter(series)] as const),
    );
    return assessSloWindow({
      window,
      objective: { threshold_ms, target, period_ms: period },
      countOver: (durationMs) =>
        together([own, ...others.values()].map((countOver) => countOver(durationMs))),
      ...(others.size === 0 ? {} : { version: { own, others } }),
    });
  };
}

function together(counts: readonly CountedEvents[]): CountedEvents {
  return counts.reduce((sum, one) => ({
    good: sum.good + one.good,
    total: sum.total + one.total,
    failed: sum.failed + one.failed,
    untimed: sum.untimed + one.untimed,
    spanMs: Math.max(sum.spanMs, one.spanMs),
  }));
}
