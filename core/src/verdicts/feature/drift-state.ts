import { z } from "zod";

/** driftStateSchema is what one window's drift verdict hands to the next. */
export const driftStateSchema = z.object({
  /** True from the window that raised the alarm until one in which no alarmed feature is held. */
  alarm: z.boolean(),
  alarm_features: z.array(z.string()),
  /** Windows in a row in which a feature was above its lower bar. */
  streaks: z.array(z.object({ name: z.string(), windows: z.number().int() })),
  /** Features that could not be judged in this window, since when and in how many windows in a row; absent of older states. */
  unjudged: z.array(z.object({ name: z.string(), since: z.number(), windows: z.number().int() })).optional(),
  /** End of the window this state belongs to; absent before the first. */
  window_end: z.number().optional(),
});

export type DriftState = z.infer<typeof driftStateSchema>;

/** initialDriftState returns the state before the first window. */
export function initialDriftState(): DriftState {
  return { alarm: false, alarm_features: [], streaks: [] };
}

/** FeatureStanding is what one window says of one feature for the alarm rule. */
export interface FeatureStanding {
  name: string;
  isDrifted: boolean;
  isGross: boolean;
  /** Nothing of it could be judged. */
  isUnjudged?: boolean;
  /** Still improbable enough to hold an alarm that is already on. */
  isHeld: boolean;
  /** Windows in a row that make an alarm of it, where more are needed than of other features. */
  windowsNeeded?: number;
}

/** fewestNeeded returns how many windows in a row make an alarm of a feature whose drifting tests need these; 0 where one asks for no more than usual. O(tests). */
export function fewestNeeded(needs: readonly (number | undefined)[]): number {
  return needs.length === 0 ? 0 : Math.min(...needs.map((windows = 0) => windows));
}

// A streak is broken by a hole in the data longer than this many windows.
const LONGEST_GAP_WINDOWS = 2;

/**
 * stepDriftState returns the next state and what the window is: an alarm starts when a feature is grossly off in one window or drifted in
 * `consecutiveWindows` in a row (more, where a feature needs them), and holds until no alarmed feature is improbable any more. O(features).
 */
export function stepDriftState(
  previous: DriftState,
  standings: readonly FeatureStanding[],
  window: { start: number; end: number },
  consecutiveWindows: number,
): { state: DriftState; outcome: "ok" | "drifting" | "alarm" } {
  const gap = previous.window_end === undefined ? 0 : window.start - previous.window_end;
  const isContinuous = gap <= LONGEST_GAP_WINDOWS * (window.end - window.start);
  const before = new Map(isContinuous ? previous.streaks.map((streak) => [streak.name, streak.windows]) : []);
  const streaks = standings
    .filter((standing) => standing.isDrifted)
    .map((standing) => ({ name: standing.name, windows: (before.get(standing.name) ?? 0) + 1 }));
  const gross = new Set(standings.filter((standing) => standing.isGross).map((standing) => standing.name));
  const needed = new Map(standings.map(({ name, windowsNeeded = 0 }) => [name, windowsNeeded]));
  const triggered = streaks
    .filter(
      ({ name, windows }) =>
        windows >= Math.max(consecutiveWindows, needed.get(name) ?? 0) || gross.has(name),
    )
    .map((streak) => streak.name);
  const alarmed = new Set(previous.alarm_features);
  const held = previous.alarm
    ? standings.filter((standing) => standing.isHeld && alarmed.has(standing.name)).map((s) => s.name)
    : [];
  const failing = [...new Set([...triggered, ...held])];
  const alarm = failing.length > 0;
  const unjudged = unjudgedAfter(isContinuous ? (previous.unjudged ?? []) : [], standings, window.start);
  return {
    state: {
      alarm,
      alarm_features: failing,
      streaks,
      ...(unjudged.length === 0 ? {} : { unjudged }),
      window_end: window.end,
    },
    outcome: alarm ? "alarm" : streaks.length > 0 ? "drifting" : "ok",
  };
}

function unjudgedAfter(
  previous: NonNullable<DriftState["unjudged"]>,
  standings: readonly FeatureStanding[],
  start: number,
): NonNullable<DriftState["unjudged"]> {
  const before = new Map(previous.map((one) => [one.name, one]));
  return standings
    .filter(({ isUnjudged }) => isUnjudged === true)
    .map(({ name }) => {
      const { since = start, windows = 0 } = before.get(name) ?? {};
      return { name, since, windows: windows + 1 };
    });
}
