import type { MonitorKind } from "../records/index.ts";
import type { Outcome } from "./evaluation.ts";

/** RangeVerdict is what one monitor said of one window of a range. */
export interface RangeVerdict {
  monitorId: string;
  kind: MonitorKind;
  /** Which window of which version and environment: equal for all monitors that judged it. */
  window: string;
  outcome: Outcome;
  reason: string;
  /** Whether the window was left out because the reference was taken from it. */
  isReference: boolean;
}

/** MissedVerdicts is what one monitor could not say of some windows, with the reason as of the last of them. */
export interface MissedVerdicts {
  monitor_id: string;
  kind: MonitorKind;
  outcome: Outcome;
  windows: number;
  reason: string;
}

/** RangeJudgement is whether a range of windows passes: `not_judged` is no pass, and the reason says what was missing. */
export interface RangeJudgement {
  verdict: "pass" | "alarm" | "not_judged";
  reason: string;
  judged: number;
  not_judged: MissedVerdicts[];
}

const JUDGED: ReadonlySet<Outcome> = new Set(["ok", "drifting", "alarm"]);
// What says whether a model still works. Traffic that comes as usual says nothing of that.
const OF_THE_MODEL: ReadonlySet<MonitorKind> = new Set(["drift", "performance"]);
const BROKEN: ReadonlySet<Outcome> = new Set(["error", "not_defined"]);

/**
 * judgeRange decides whether a range passes: an alarm fails it; it passes only if every window was judged by a monitor of inputs or performance (by any
 * monitor, where none of those is enabled) and none of these was `not_defined` or an `error`. Windows that are the reference itself are left out. O(verdicts).
 */
export function judgeRange(input: {
  alarms: number;
  verdicts: readonly RangeVerdict[];
  /** Kinds of the monitors that are enabled for what was asked. */
  kinds: readonly MonitorKind[];
}): RangeJudgement {
  const { alarms, verdicts, kinds } = input;
  const isCounted = kinds.some((kind) => OF_THE_MODEL.has(kind))
    ? ({ kind }: RangeVerdict) => OF_THE_MODEL.has(kind)
    : () => true;
  const judgedWindows = new Set<string>();
  for (const one of verdicts) {
    if (isCounted(one) && JUDGED.has(one.outcome)) judgedWindows.add(one.window);
  }
  // Monitors may have windows of other lengths: a window counts where a monitor that counts looked at it.
  const asked = new Set(verdicts.filter(isCounted).map(({ window }) => window));
  const ofReference = new Set(
    verdicts.filter((one) => isCounted(one) && one.isReference).map(({ window }) => window),
  );
  const missed = [...asked].filter((window) => !judgedWindows.has(window) && !ofReference.has(window));
  const notJudged = groupMissed(verdicts.filter((one) => !one.isReference && !JUDGED.has(one.outcome)));
  const done = (verdict: RangeJudgement["verdict"], reason: string): RangeJudgement => ({
    verdict,
    reason,
    judged: judgedWindows.size,
    not_judged: notJudged,
  });
  const of = `${judgedWindows.size} of ${asked.size} windows were judged`;
  if (alarms > 0) return done("alarm", `${alarms} ${alarms === 1 ? "alarm" : "alarms"}; ${of}`);
  if (kinds.length === 0)
    return done("not_judged", "Nothing was judged: no monitor is enabled for this model");
  if (verdicts.length === 0)
    return done("not_judged", "Nothing was judged: no whole window lies in this range");
  const broken = verdicts.filter((one) => isCounted(one) && BROKEN.has(one.outcome)).at(-1);
  if (judgedWindows.size === 0 || missed.length > 0 || broken !== undefined) {
    const why = broken ?? lastReason(verdicts, missed, isCounted);
    return done(
      "not_judged",
      why === undefined ? `${of}: there is no reference yet` : `${of}. ${why.kind}: ${why.reason}`,
    );
  }
  return done("pass", notJudged.length === 0 ? of : `${of}, though not by every monitor`);
}

function lastReason(
  verdicts: readonly RangeVerdict[],
  missed: readonly string[],
  isCounted: (one: RangeVerdict) => boolean,
): RangeVerdict | undefined {
  const mine = new Set(missed);
  const silent = verdicts.filter((one) => isCounted(one) && !JUDGED.has(one.outcome));
  return silent.findLast(({ window }) => mine.has(window)) ?? silent.at(-1);
}

function groupMissed(verdicts: readonly RangeVerdict[]): MissedVerdicts[] {
  const groups = new Map<string, MissedVerdicts>();
  for (const { monitorId, kind, outcome, reason } of verdicts) {
    const key = JSON.stringify([monitorId, outcome]);
    const windows = (groups.get(key)?.windows ?? 0) + 1;
    groups.set(key, { monitor_id: monitorId, kind, outcome, windows, reason });
  }
  return [...groups.values()];
}
