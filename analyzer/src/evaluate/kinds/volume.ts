import { assessVolumeWindow, volumeStateSchema } from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { WindowVerdict } from "../chain/assess-chain.ts";

/** VOLUME_HISTORY_WINDOWS is how many earlier windows say what traffic is usual: five weeks of days, or more than a week of hours. */
export const VOLUME_HISTORY_WINDOWS = 200;

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
    const oldest = Math.max(input.firstStart, window.start - VOLUME_HISTORY_WINDOWS * sizeMs);
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
