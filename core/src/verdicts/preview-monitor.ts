import type { Outcome } from "../evaluation/index.ts";
import { formatShare, formatWindowStart } from "../messages/index.ts";
import type { WindowProfile } from "../profile/index.ts";
import type { Cause } from "../records/index.ts";
import { createDriftAssessor, type DriftInput } from "./assess-drift-window.ts";
import type { DriftState } from "./drift-state.ts";

const MONTH_MS = 30 * 86_400_000;

/** PreviewAlarm is one alarm a monitor would have raised: windows in a row are one. */
export interface PreviewAlarm {
  start: number;
  end: number;
  windows: number;
  cause: Cause | undefined;
  features: string[];
  reason: string;
}

/** MonitorPreview is how a monitor would have behaved on stored history. */
export interface MonitorPreview {
  windows: { start: number; end: number; outcome: Outcome }[];
  /** Windows that could be judged. */
  judged: number;
  alarms: PreviewAlarm[];
  alarms_per_month: number;
  longest_alarm_ms: number;
  /** False alarms the monitor allows itself in 30 days; 0 for a fixed threshold, which has no such promise. */
  budget_per_month: number;
  /** One sentence with its numbers. */
  summary: string;
}

/**
 * previewMonitor returns how often a drift monitor would have fired on stored windows, before it is saved: the verdicts that the schedule would have
 * given, in order, on the same calibration. Windows that belong to the reference should be left out by the caller. O(windows · features · bins).
 */
export function previewMonitor(input: DriftInput & { windows: readonly WindowProfile[] }): MonitorPreview {
  const { windows, calibration, monitor } = input;
  const assess = createDriftAssessor(input);
  const ordered = [...windows].sort((a, b) => a.start - b.start);
  const alarms: PreviewAlarm[] = [];
  const outcomes: MonitorPreview["windows"] = [];
  let state: DriftState | undefined;
  let isOn = false;
  for (const window of ordered) {
    const verdict = assess(window, state);
    state = verdict.state;
    const { start, end } = window;
    outcomes.push({ start, end, outcome: verdict.outcome });
    // What could not be judged neither ends an alarm nor begins another.
    if (!isJudged(verdict.outcome)) continue;
    const current = isOn ? alarms.at(-1) : undefined;
    isOn = verdict.outcome === "alarm";
    if (!isOn) continue;
    if (current !== undefined) {
      current.end = end;
      current.windows++;
      continue;
    }
    const features = verdict.state.alarm_features;
    alarms.push({ start, end, windows: 1, cause: verdict.cause, features, reason: verdict.reason });
  }
  const judged = outcomes.filter(({ outcome }) => isJudged(outcome)).length;
  const months = (judged * calibration.window_ms) / MONTH_MS;
  const perMonth = months > 0 ? alarms.length / months : 0;
  const budget =
    monitor?.thresholds?.psi === undefined ? calibration.operating_point.false_alarms_per_month : 0;
  return {
    windows: outcomes,
    judged,
    alarms,
    alarms_per_month: perMonth,
    longest_alarm_ms: Math.max(0, ...alarms.map(({ start, end }) => end - start)),
    budget_per_month: budget,
    summary: summarise(ordered, judged, alarms, calibration.window_ms),
  };
}

function isJudged(outcome: Outcome): boolean {
  return outcome !== "no_data" && outcome !== "insufficient_data" && outcome !== "not_defined";
}

function summarise(
  windows: readonly WindowProfile[],
  judged: number,
  alarms: readonly PreviewAlarm[],
  windowMs: number,
): string {
  const first = windows[0];
  const last = windows.at(-1);
  if (first === undefined || last === undefined || judged === 0) {
    return "There is no stored window that this monitor could judge";
  }
  const span = `${formatWindowStart(first.start)} to ${formatWindowStart(last.end)}`;
  const times = alarms.length === 1 ? "once" : `${alarms.length} times`;
  const failing = alarms.reduce((sum, alarm) => sum + (alarm.end - alarm.start) / windowMs, 0);
  return alarms.length === 0
    ? `Would not have fired in ${judged} windows, ${span}`
    : `Would have fired ${times} in ${judged} windows, ${span}, failing ${formatShare(failing / judged)} of the time`;
}
