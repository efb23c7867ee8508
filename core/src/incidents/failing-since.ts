import type { IncidentEvaluation } from "./incident-step.ts";

/** FailingWindow is what is asked of a verdict to know since when its monitor fails. */
export type FailingWindow = Pick<
  IncidentEvaluation,
  "monitor_id" | "version" | "environment" | "window_start" | "window_end" | "outcome"
>;

/**
 * failingSince returns the start of the first failing window of an alarm: a window that fails and is no alarm yet belongs to the alarm that follows it without a break.
 * O(evaluations).
 */
export function failingSince(alarm: FailingWindow, evaluations: readonly FailingWindow[]): number {
  const length = alarm.window_end - alarm.window_start;
  const drifting = new Set(
    evaluations
      .filter(
        (one) =>
          one.outcome === "drifting" &&
          one.monitor_id === alarm.monitor_id &&
          one.version === alarm.version &&
          one.environment === alarm.environment &&
          one.window_end - one.window_start === length,
      )
      .map(({ window_start }) => window_start),
  );
  let start = alarm.window_start;
  while (drifting.has(start - length)) start -= length;
  return start;
}
