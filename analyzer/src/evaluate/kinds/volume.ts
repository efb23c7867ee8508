import { assessVolumeWindow, volumeStateSchema } from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { WindowVerdict } from "../chain/assess-chain.ts";

const FORTNIGHT_MS = 15 * 86_400_000;
const FEWEST_WINDOWS = 200;
const MOST_WINDOWS = 1_000;

/** volumeHistoryWindows returns how many earlier windows say what traffic is usual: a fortnight of them, and at least 200; of short windows 1,000. */
export function volumeHistoryWindows(windowMs: number): number {
  return Math.min(MOST_WINDOWS, Math.max(FEWEST_WINDOWS, Math.ceil(FORTNIGHT_MS / windowMs)));
}

/** volumeAssessor returns the assessment of one window's traffic against the windows before it; `counts` holds both, by window start. */
export function volumeAssessor(input: {
  counts: ReadonlyMap<number, number>;
  /** Start of the version's first full window: before it there was no traffic to learn from. */
  firstStart: number;
  falseAlarmsPerMonth: number | undefined;
}): (window: TimeWindow, previousState: object | undefined) => WindowVerdict {
  return (window, previousState) => {
    const sizeMs = window.end - window.start;
    const history = [];
    const oldest = Math.max(input.firstStart, window.start - volumeHistoryWindows(sizeMs) * sizeMs);
    for (let start = window.start - sizeMs; start >= oldest; start -= sizeMs) {
      history.push({ start, count: input.counts.get(start) ?? 0 });
    }
    return assessVolumeWindow({
      window: { ...window, count: input.counts.get(window.start) ?? 0 },
      history,
      previousState: previousState === undefined ? undefined : volumeStateSchema.parse(previousState),
      ...(input.falseAlarmsPerMonth === undefined ? {} : { falseAlarmsPerMonth: input.falseAlarmsPerMonth }),
    });
  };
}
