import type { DriftLane } from "./drift-lane.ts";
import { formatDate, formatWindow } from "./format-time.ts";
import { metricDirection, metricName } from "./metric-words.ts";
import type { ServingPoint } from "./model-page.ts";
import { formatCount, formatMetric, formatMilliseconds, formatPercent } from "./number-words.ts";
import type { PerformanceLane } from "./performance-lane.ts";

/** volumeSentence returns the traffic of a range in one sentence. */
export function volumeSentence(points: readonly ServingPoint[]): string {
  const total = points.reduce((sum, point) => sum + point.total, 0);
  if (total === 0) return "No predictions in this range.";
  const errors = points.reduce((sum, point) => sum + point.errors, 0);
  const failed =
    errors === 0 ? "none failed" : `${formatCount(errors)} failed (${formatPercent(errors / total)})`;
  return `${formatCount(total)} predictions in this range; ${failed}.`;
}

/** RangeTraffic is where a range lies in the traffic of the shown version, and what its inputs are compared with. */
export interface RangeTraffic {
  range: { from: number; to: number };
  /** Event times of the version's first and newest prediction; undefined without traffic. */
  seen: { firstSeen: number; lastSeen: number } | undefined;
  hasReference: boolean;
  /** Why there is no reference, where that is known. */
  waitsBecause: string | undefined;
  now: number;
}

/** driftSentence returns the drift of a range in one sentence, with the features that drifted most often. */
export function driftSentence(lane: DriftLane, traffic: RangeTraffic): string {
  if (lane.columns.length === 0) return emptyDriftSentence(traffic);
  if (lane.judgedWindows === 0) return "No window in this range could be judged.";
  const drifted = lane.rows.filter((row) => row.driftedWindows > 0 && !row.isPrediction);
  const windows = `${formatCount(lane.judgedWindows)} ${lane.judgedWindows === 1 ? "window" : "windows"}`;
  const together = `${jointSentence(lane)}${notJudgedSentence(lane)}`;
  if (drifted.length === 0) return `${windows} judged: no feature drifted.${together}`;
  const names = drifted.slice(0, 3).map((row) => `${row.feature} (${row.driftedWindows})`);
  const rest = drifted.length > 3 ? ` and ${drifted.length - 3} more` : "";
  const alarms =
    lane.alarmWindows === 0
      ? "none raised an alarm"
      : `${lane.alarmWindows} ${lane.alarmWindows === 1 ? "window" : "windows"} raised an alarm`;
  return `${windows} judged, ${alarms}. Drifted windows by feature: ${names.join(", ")}${rest}.${together}`;
}

function emptyDriftSentence({ range, seen, hasReference, waitsBecause, now }: RangeTraffic): string {
  if (seen === undefined) return "No prediction has come yet.";
  if (range.to <= seen.firstSeen) {
    return `This range ends before the first prediction of this version, ${formatDate(seen.firstSeen, now)}.`;
  }
  if (range.from > seen.lastSeen) {
    return `This range begins after the newest prediction of this version, ${formatDate(seen.lastSeen, now)}.`;
  }
  if (hasReference) return "No window in this range has been judged yet.";
  const why = waitsBecause === undefined ? "" : ` ${capitalised(waitsBecause)}.`;
  return `No window in this range has been judged: there is no reference yet.${why}`;
}

function notJudgedSentence({ notJudged }: DriftLane): string {
  const parts = notJudged
    .slice(0, 3)
    .map(
      ({ name, windows, reason }) =>
        `${name} in ${formatCount(windows)} ${windows === 1 ? "window" : "windows"} (${reason})`,
    );
  return parts.length === 0 ? "" : ` Not judged: ${parts.join("; ")}.`;
}

function jointSentence({ columns }: DriftLane): string {
  const judged = columns.filter(({ joint }) => joint !== null);
  const drifted = judged.filter(({ joint }) => joint?.isDrifted === true).length;
  if (judged.length === 0) return "";
  return drifted === 0
    ? " Correlations between features match the reference."
    : ` In ${drifted} of ${judged.length} windows correlations between features differ from the reference.`;
}

/** performanceSentence returns the newest mature value of the chosen metric in one sentence, with its interval and reference. */
export function performanceSentence(lane: PerformanceLane, now: number): string {
  const { metric, points } = lane;
  if (metric === undefined) {
    const labelled = points.reduce((sum, point) => sum + point.labelled, 0);
    if (labelled === 0) return "No labels have arrived for this range yet.";
    const count = `${formatCount(labelled)} ${labelled === 1 ? "label has" : "labels have"} arrived for this range`;
    const why = points.findLast((point) => point.labelled > 0)?.reason ?? "";
    return `${count}, and no metric can be computed yet.${why === "" ? "" : ` ${asSentence(why)}`}`;
  }
  const last = points.findLast((point) => point.isJudged && point.value !== null);
  const immature = points.filter((point) => !point.isMature).length;
  const waiting =
    immature === 0
      ? ""
      : ` ${immature} ${immature === 1 ? "window still waits" : "windows still wait"} for labels and ${immature === 1 ? "raises" : "raise"} no alarm.`;
  if (last === undefined) return `No window has its usual share of labels yet.${waiting}`;
  const reference = last.reference === null ? "" : ` (reference ${formatMetric(last.reference)})`;
  const direction = metricDirection(metric);
  const better = direction === undefined ? "" : `, ${direction}`;
  return `${metricName(metric)} was ${formatMetric(last.value)}${reference} in the newest mature window, ${formatWindow(last.start, last.end, now)}, 95 % interval ${formatMetric(last.low)} to ${formatMetric(last.high)}${better}.${waiting}`;
}

/**
 * estimateSentence returns what is expected of the newest window with an estimate, before its labels come, and how estimates have done so far; or why there
 * is no number. Undefined where nothing is estimated for the chosen metric.
 */
export function estimateSentence(lane: PerformanceLane, now: number): string | undefined {
  const { metric, points } = lane;
  const last = points.findLast((point) => point.estimated !== null || point.estimateReason !== undefined);
  if (metric === undefined || last === undefined) return undefined;
  const window = formatWindow(last.start, last.end, now);
  if (last.estimated === null) return `${capitalised(last.estimateReason ?? "")} (${window}).`;
  const band = `${formatMetric(last.estimatedLow)} to ${formatMetric(last.estimatedHigh)}`;
  const record = last.estimateReason === undefined ? "" : ` The estimate ${last.estimateReason}.`;
  return `${metricName(metric)} without labels is estimated at ${formatMetric(last.estimated)} (${band}) for ${window}.${record}`;
}

function asSentence(text: string): string {
  return `${capitalised(text)}${/[.!?]$/.test(text) ? "" : "."}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** latencySentence returns the newest percentiles in one sentence, with the highest p95 of the range. */
export function latencySentence(points: readonly ServingPoint[], now: number): string {
  const timed = points.filter((point) => point.p95 !== null);
  const last = timed.at(-1);
  if (last === undefined) return "No latency was sent in this range.";
  const peak = timed.reduce((a, b) => (b.p95! > a.p95! ? b : a));
  return `p95 is ${formatMilliseconds(last.p95)} (p50 ${formatMilliseconds(last.p50)}, p99 ${formatMilliseconds(last.p99)}); its peak was ${formatMilliseconds(peak.p95)}, ${formatWindow(peak.start, peak.end, now)}.`;
}
