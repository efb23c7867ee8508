import { z } from "zod";
import { countWords, formatNumber, formatShare } from "../../words/index.ts";
import { DEFAULT_FALSE_ALARMS_PER_MONTH } from "../bars/calibrate-drift.ts";
import { BUDGET_SHARES, deriveOperatingPoint } from "../bars/derive-operating-point.ts";
import type { Verdict } from "../verdict.ts";
import { type CountedWindow, judgeVolume } from "./judge-volume.ts";

/** volumeStateSchema is what one window's volume verdict hands to the next. */
export const volumeStateSchema = z.object({ alarm: z.boolean(), streak: z.number().int() });

export type VolumeState = z.infer<typeof volumeStateSchema>;

/** volumeWindowSchema is the detail of a volume verdict. */
export const volumeWindowSchema = z.object({
  start: z.number(),
  end: z.number(),
  count: z.number(),
  /** What windows of the same hour or weekday usually hold; null until enough of them have been seen. */
  expected: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  outcome: z.string(),
  reason: z.string(),
});

export type VolumeWindow = z.infer<typeof volumeWindowSchema>;
export type VolumeVerdict = Verdict<VolumeWindow, VolumeState>;

const DAY_MS = 86_400_000;

/**
 * assessVolumeWindow decides whether traffic stopped, dropped or surged: the window's count against earlier windows of the same hour and weekday
 * on the log scale. Silence after steady traffic is an alarm at once, a drop or surge after two windows. O(history).
 */
export function assessVolumeWindow(input: {
  window: { start: number; end: number; count: number };
  /** Earlier windows of the same version, any order; the recent ones weigh most because older ones should be left out by the caller. */
  history: readonly { start: number; count: number }[];
  falseAlarmsPerMonth?: number;
  previousState?: VolumeState | undefined;
}): VolumeVerdict {
  const { window, previousState: previous = { alarm: false, streak: 0 } } = input;
  const windowMs = window.end - window.start;
  const point = deriveOperatingPoint({
    falseAlarmsPerMonth: (input.falseAlarmsPerMonth ?? DEFAULT_FALSE_ALARMS_PER_MONTH) * BUDGET_SHARES.volume,
    windowMs,
    tests: 1,
  });
  const judged = judgeVolume(window, usualHistory(input, windowMs), windowMs, point);
  const finish = (outcome: VolumeVerdict["outcome"], reason: string, state: VolumeState): VolumeVerdict => ({
    outcome,
    reason,
    state,
    blamed: [],
    ...(outcome === "alarm" || outcome === "drifting" ? { cause: "volume", confidence: 0.9 } : {}),
    detail: {
      start: window.start,
      end: window.end,
      count: window.count,
      expected: judged?.expected ?? null,
      low: judged?.low ?? null,
      high: judged?.high ?? null,
      outcome,
      reason,
    },
  });
  const count = countWords(window.count, "prediction");
  if (judged === undefined) {
    return finish("insufficient_data", `${count}. Too few earlier windows to know what is usual.`, previous);
  }
  const usual = `usual is ${formatNumber(judged.expected)} (${formatNumber(judged.low)} to ${formatNumber(judged.high)})`;
  if (window.count === 0 && judged.isSilenceImprobable) {
    return finish("alarm", `Traffic stopped: no predictions; ${usual}`, {
      alarm: true,
      streak: previous.streak + 1,
    });
  }
  if (window.count >= judged.low && window.count <= judged.high) {
    return finish("ok", `${count}; ${usual}`, { alarm: false, streak: 0 });
  }
  const change = Math.abs(window.count / judged.expected - 1);
  const direction = window.count < judged.low ? "dropped" : "rose";
  const reason = `Traffic ${direction} ${formatShare(change)}: ${count}; ${usual}`;
  const streak = previous.streak + 1;
  const isAlarm = previous.alarm || streak >= point.consecutive_windows;
  return finish(isAlarm ? "alarm" : "drifting", reason, { alarm: isAlarm, streak });
}

/**
 * usualHistory returns the windows that say what is usual: not those of the spell that is under way, or the first window of a drop would excuse the second.
 * A spell that has lasted for a fortnight of days (three days of shorter windows, four longer ones) is the new usual, unless it is silence.
 */
function usualHistory(
  { window, history, previousState }: Parameters<typeof assessVolumeWindow>[0],
  windowMs: number,
): readonly CountedWindow[] {
  const streak = previousState?.streak ?? 0;
  if (streak >= spellLimit(windowMs) && window.count > 0) return history;
  const spellStart = window.start - streak * windowMs;
  return history.filter(({ start }) => start < spellStart);
}

function spellLimit(windowMs: number): number {
  if (windowMs > DAY_MS) return 4;
  return windowMs === DAY_MS ? 14 : Math.ceil((3 * DAY_MS) / windowMs);
}
