import type { Monitor } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import type { UnfoldedVerdict } from "@leeway/store";
import type { PassContext, PassSubject, WatchedSubject } from "../pass/pass-context.ts";
import { wantedWindows } from "../pass/plan-windows.ts";
import type { Dueness } from "./fold-verdicts.ts";

/**
 * verdictDueness returns the decision whether a stored verdict is to be folded: its monitor is enabled and judges windows of this length, and the schedule, or the
 * range asked for, wants this one. An evaluation by hand may have judged windows that are not over yet: those are folded when they are.
 */
export function verdictDueness(
  context: Pick<PassContext, "asOf" | "range">,
  watched: readonly WatchedSubject[],
): (verdict: UnfoldedVerdict) => Dueness {
  const schedule = { asOf: context.asOf, range: undefined };
  const wanted = new Map<string, ReadonlySet<number>>();
  const wants = (of: typeof context, subject: PassSubject, monitor: Monitor, start: number) => {
    const { version, environment } = subject.traffic;
    const key = JSON.stringify([of.range, version, environment, monitor.window]);
    const known = wanted.get(key);
    const starts = known ?? new Set(wantedWindows(of, subject, monitor).map((window) => window.start));
    if (known === undefined) wanted.set(key, starts);
    return starts.has(start);
  };
  return (verdict) => {
    const subject = watched.find(
      ({ subject: { traffic } }) =>
        traffic.version === verdict.version && traffic.environment === verdict.environment,
    );
    const monitor = subject?.monitors.find(
      ({ id, segment }) => id === verdict.monitor_id && segmentKey(segment) === verdict.segment,
    );
    if (subject === undefined || monitor === undefined) return "not_due";
    const length = verdict.window_end - verdict.window_start;
    const { range } = context;
    const isOfRange =
      range !== undefined &&
      (range.version ?? verdict.version) === verdict.version &&
      length === (range.window ?? monitor.window);
    const asked = { ...monitor, window: length };
    if (isOfRange && wants(context, subject.subject, asked, verdict.window_start)) return "due";
    if (length !== monitor.window) return "not_due";
    if (wants(schedule, subject.subject, monitor, verdict.window_start)) return "due";
    return verdict.window_end > context.asOf && !subject.subject.isArchived ? "later" : "not_due";
  };
}
