import { z } from "zod";
import { SIGNAL_NAMES } from "./performance-signals.ts";

/** performanceStateSchema is what one window's performance verdict hands to the next: the change charts of its signals. */
export const performanceStateSchema = z.object({
  alarm: z.boolean(),
  signals: z.array(
    z.object({
      name: z.enum(SIGNAL_NAMES),
      /** Cumulative sums of the two-sided chart, both at least 0. */
      up: z.number(),
      down: z.number(),
      /** Exponentially weighted mean of the standardised deviations: says when an alarm is over. */
      recent: z.number(),
      alarm: z.boolean(),
      /** Windows since the chart last stood at 0. */
      run: z.number().int(),
    }),
  ),
});

export type PerformanceState = z.infer<typeof performanceStateSchema>;
export type SignalState = PerformanceState["signals"][number];

/** initialPerformanceState returns the state before the first mature window. */
export function initialPerformanceState(): PerformanceState {
  return { alarm: false, signals: [] };
}

// One window can add this much at most: a single freak day is the immediate rule's business.
const LARGEST_STEP = 3;
const RECENT_WEIGHT = 0.3;
// The weighted mean of deviations without change has a standard deviation of 0.42.
const RECOVERED_BELOW = 0.8;

/**
 * stepSignalState returns the chart after one more standardised deviation, and whether the chart is beyond its threshold. An alarm holds until the
 * recent deviations are back near 0; the chart then starts anew. O(1).
 */
export function stepSignalState(
  previous: SignalState,
  input: {
    deviation: number;
    worse: "up" | "down" | "either";
    allowance: number;
    threshold: number;
    isGross: boolean;
  },
): { state: SignalState; hasChartCrossed: boolean } {
  const step = Math.min(LARGEST_STEP, Math.max(-LARGEST_STEP, input.deviation));
  const up = input.worse === "down" ? 0 : Math.max(0, previous.up + step - input.allowance);
  const down = input.worse === "up" ? 0 : Math.max(0, previous.down - step - input.allowance);
  const recent = previous.recent + RECENT_WEIGHT * (step - previous.recent);
  const hasChartCrossed = Math.max(up, down) > input.threshold;
  const harmful = input.worse === "up" ? recent : input.worse === "down" ? -recent : Math.abs(recent);
  const isHeld = previous.alarm && harmful > RECOVERED_BELOW;
  const alarm = input.isGross || hasChartCrossed || isHeld;
  const isOver = previous.alarm && !alarm;
  const capped = (sum: number) => (isOver ? 0 : Math.min(sum, input.threshold + LARGEST_STEP));
  const sums = { up: capped(up), down: capped(down) };
  return {
    state: {
      name: previous.name,
      ...sums,
      recent,
      alarm,
      run: sums.up + sums.down > 0 ? previous.run + 1 : 0,
    },
    hasChartCrossed,
  };
}
