import type { MonitorPreview, NotEvaluated, Outcome } from "../../evaluation/index.ts";
import { formatShare, formatWindowStart } from "../../words/index.ts";
import { type MarkedIncident, marksOn, marksText } from "./marks-on.ts";
import type { PreviewedWindow } from "./previewed-window.ts";

const MONTH_MS = 30 * 86_400_000;

/**
 * previewMonitor returns how often a monitor would have fired on stored windows, before it is saved, from the verdicts that the schedule would have
 * given them: its alarms, how useful people found them, and what could not be judged, each with how many windows and why. O(windows · unjudged + alarms · marked).
 */
export function previewMonitor(
  windows: readonly PreviewedWindow[],
  {
    windowMs,
    budgetPerMonth,
    marked,
  }: { windowMs: number; budgetPerMonth: number; marked: readonly MarkedIncident[] },
): MonitorPreview {
  const ordered = [...windows].sort((a, b) => a.start - b.start);
  const alarms = alarmsOf(ordered);
  const judged = ordered.filter(({ outcome }) => isJudged(outcome)).length;
  const months = (judged * windowMs) / MONTH_MS;
  const unjudged = notEvaluated(ordered);
  const marks = marksOn(alarms, marked);
  return {
    windows: ordered.map(({ start, end, outcome }) => ({ start, end, outcome })),
    judged,
    alarms,
    alarms_per_month: months > 0 ? alarms.length / months : 0,
    longest_alarm_ms: Math.max(0, ...alarms.map(({ start, end }) => end - start)),
    budget_per_month: budgetPerMonth,
    not_evaluated: unjudged,
    on_marked: marks,
    summary: `${summarise(ordered, judged, alarms)}${marksText(marks)}${unjudgedText(unjudged)}`,
  };
}

function alarmsOf(windows: readonly PreviewedWindow[]): MonitorPreview["alarms"] {
  const alarms: MonitorPreview["alarms"] = [];
  let isOn = false;
  for (const { start, end, outcome, cause, features, reason } of windows) {
    // What could not be judged neither ends an alarm nor begins another.
    if (!isJudged(outcome)) continue;
    const current = isOn ? alarms.at(-1) : undefined;
    isOn = outcome === "alarm";
    if (!isOn) continue;
    if (current !== undefined) {
      current.end = end;
      current.windows++;
      continue;
    }
    alarms.push({ start, end, windows: 1, ...(cause === undefined ? {} : { cause }), features, reason });
  }
  return alarms;
}

function isJudged(outcome: Outcome): boolean {
  return outcome === "ok" || outcome === "drifting" || outcome === "alarm";
}

function notEvaluated(windows: readonly PreviewedWindow[]): NotEvaluated[] {
  const found = new Map<string, NotEvaluated>();
  const count = (one: Omit<NotEvaluated, "windows">, key: string) => {
    found.set(key, { ...one, windows: (found.get(key)?.windows ?? 0) + 1 });
  };
  for (const { outcome, reason, unjudged } of windows) {
    if (!isJudged(outcome)) count({ kind: "window", outcome, reason }, reasonKey(reason));
    else for (const one of unjudged) count(one, JSON.stringify([one.kind, one.feature]));
  }
  return [...found.values()].sort((a, b) => b.windows - a.windows);
}

// The same reason, whatever the numbers in it are.
function reasonKey(reason: string): string {
  return reason.replaceAll(/\d+(\.\d+)?/g, "0");
}

function unjudgedText(unjudged: readonly NotEvaluated[]): string {
  const parts = unjudged
    .filter(({ kind }) => kind !== "window")
    .map(
      ({ kind, feature, windows }) =>
        `${feature === undefined ? kind : `${feature} (${kind})`} in ${windows}`,
    );
  const more = parts.length > 3 ? ` and ${parts.length - 3} more` : "";
  return parts.length === 0 ? "" : `; not judged: ${parts.slice(0, 3).join(", ")}${more}`;
}

function summarise(
  windows: readonly PreviewedWindow[],
  judged: number,
  alarms: MonitorPreview["alarms"],
): string {
  const first = windows[0];
  const last = windows.at(-1);
  if (first === undefined || last === undefined)
    return "There is no stored window that this monitor could judge";
  const span = `${formatWindowStart(first.start)} to ${formatWindowStart(last.end)}`;
  if (judged === 0) return `None of ${windows.length} windows could be judged, ${span}: ${last.reason}`;
  const times = alarms.length === 1 ? "once" : `${alarms.length} times`;
  const failing = alarms.reduce((sum, { windows: length }) => sum + length, 0);
  const of = judged === windows.length ? `${judged}` : `${judged} of ${windows.length}`;
  return alarms.length === 0
    ? `Would not have fired in ${of} windows, ${span}`
    : `Would have fired ${times} in ${of} windows, ${span}, failing ${formatShare(failing / judged)} of the time`;
}
