import { z } from "zod";
import { type ChangeChartState, emptyChangeChartState } from "../../detectors/index.ts";
import { SIGNAL_NAMES } from "../../evaluation/index.ts";
import type { PerformanceSignal } from "./performance-signals.ts";

/** signalRunSchema sums up the windows since a chart's sum last left 0: what an alarm quotes is their mean, not the newest window alone. */
const signalRunSchema = z.object({
  /** Start of the first of them. */
  from: z.number(),
  windows: z.number().int(),
  rows: z.number(),
  valueSum: z.number(),
  realisedSum: z.number(),
});

/** labelRunSchema is a run of windows whose labels are wrong themselves. */
export const labelRunSchema = z.object({ since: z.number(), windows: z.number().int() });

/** performanceStateSchema is what one window's performance verdict hands to the next: the change charts of its signals. */
export const performanceStateSchema = z.object({
  alarm: z.boolean(),
  /** Since when, and for how many windows in a row, the labels themselves have been wrong. */
  labels: labelRunSchema.optional(),
  signals: z.array(
    z.object({
      name: z.enum(SIGNAL_NAMES),
      chart: z.object({
        rise: z.number(),
        fall: z.number(),
        risingFor: z.number(),
        fallingFor: z.number(),
      }),
      /** Exponentially weighted mean of the standardised deviations: says when an alarm is over. */
      recent: z.number(),
      alarm: z.boolean(),
      rising: signalRunSchema.optional(),
      falling: signalRunSchema.optional(),
    }),
  ),
});

export type PerformanceState = z.infer<typeof performanceStateSchema>;
export type SignalState = PerformanceState["signals"][number];
export type SignalRun = z.infer<typeof signalRunSchema>;

/** initialPerformanceState returns the state before the first mature window. */
export function initialPerformanceState(): PerformanceState {
  return { alarm: false, signals: [] };
}

/** initialSignalState returns the state of one signal before its first window. */
export function initialSignalState(name: SignalState["name"]): SignalState {
  return { name, chart: emptyChangeChartState(), recent: 0, alarm: false };
}

/** LARGEST_STEP is how many standard deviations one window can add at most: a single freak day is the immediate rule's business. */
export const LARGEST_STEP = 3;

const RECENT_WEIGHT = 0.3;
// The weighted mean of deviations without change has a standard deviation of 0.42.
const RECOVERED_BELOW = 0.8;

/**
 * stepSignalState returns the signal's state after one more window: alarmed where it is grossly off or its chart has crossed in the harmful direction,
 * and held until the recent deviations are back near 0; the chart then starts anew. O(1).
 */
export function stepSignalState(
  previous: SignalState,
  input: {
    signal: Pick<PerformanceSignal, "value" | "realised" | "rows">;
    windowStart: number;
    deviation: number;
    worse: "up" | "down" | "either";
    isGross: boolean;
    chart: ChangeChartState;
    hasChartCrossed: boolean;
  },
): SignalState {
  const step = Math.min(LARGEST_STEP, Math.max(-LARGEST_STEP, input.deviation));
  const recent = roundedRecent(previous.recent + RECENT_WEIGHT * (step - previous.recent));
  const harmful = input.worse === "up" ? recent : input.worse === "down" ? -recent : Math.abs(recent);
  const isHeld = previous.alarm && harmful > RECOVERED_BELOW;
  // A crossed chart comes down slowly; once the level is back it must not raise the alarm again.
  const isRaised = input.isGross || (input.hasChartCrossed && (!previous.alarm || isHeld));
  const alarm = isRaised || isHeld;
  const isOver = previous.alarm && !alarm;
  const chart = isOver ? emptyChangeChartState() : input.chart;
  const rising = chart.risingFor > 0 ? longerRun(previous.rising, input) : undefined;
  const falling = chart.fallingFor > 0 ? longerRun(previous.falling, input) : undefined;
  return {
    name: previous.name,
    chart,
    recent,
    alarm,
    ...(rising === undefined ? {} : { rising }),
    ...(falling === undefined ? {} : { falling }),
  };
}

// In thousandths, so that the trace a revised window leaves in the mean ends after some windows: those after it need not be judged again.
function roundedRecent(recent: number): number {
  return Math.round(recent * 1_000) / 1_000;
}

function longerRun(
  before: SignalRun | undefined,
  {
    signal,
    windowStart,
  }: { signal: Pick<PerformanceSignal, "value" | "realised" | "rows">; windowStart: number },
): SignalRun {
  return {
    from: before?.from ?? windowStart,
    windows: (before?.windows ?? 0) + 1,
    rows: (before?.rows ?? 0) + signal.rows,
    valueSum: (before?.valueSum ?? 0) + signal.rows * signal.value,
    realisedSum: (before?.realisedSum ?? 0) + signal.rows * (signal.realised ?? 0),
  };
}
