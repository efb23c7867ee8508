import type { Monitor } from "@leeway/core/records";
import { windowStart } from "@leeway/core/window";
import type { PassLeavings } from "../evaluate/evaluate-pass.ts";
import { SILENT_WINDOWS } from "../evaluate/schedule/due-windows.ts";
import type { ModelClock } from "./model-clocks.ts";
import type { ModelConfiguration } from "./model-configuration.ts";

/** PassPart is what of a model a pass judges: everything, or its latency objectives alone, which people wait for by the minute. */
export type PassPart = "all" | "serving";

/** PassNote is what is remembered of a model's last pass that ended well: enough to say whether another one would find anything to do. */
export interface PassNote {
  /** Real time at which it began. */
  at: number;
  /** Event time at which the next window ends, by part; infinite where none will. */
  dueAt: Record<PassPart, number>;
  /** Event time before which every hour belongs to windows that were due: what comes for them is late. */
  closedUntil: number;
  /** The clock's `late` when the pass began; undefined where the pass put off looking at what was touched. */
  late: string | undefined;
  /** When anything last came. */
  lastReceivedAt: number;
  configuration: string;
  /** Whether the model still waits for its monitors or for a reference: rows of open windows count then. */
  isLearning: boolean;
  /** Whether a window ended in an error or could not be judged: it is tried again. */
  isOwing: boolean;
  /** When late rows were last looked at, and how long to wait before the next look. */
  revision: { at: number; spacingMs: number };
}

/** PassMemory holds the notes of models by name. It may be lost at any time, which costs a pass a model. */
export type PassMemory = Map<string, PassNote>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const REVISIONS: readonly string[] = ["late_rows", "settled", "learning"];
const FIRST_SPACING_MS = 10_000;
const LONGEST_SPACING_MS = 180_000;

/** closedUntil returns the hour up to which every row belongs to a window that is due at `asOf`, for one monitor at least; 0 without monitors. */
export function closedUntil(monitors: readonly Monitor[], asOf: number): number {
  const starts = monitors.filter(({ enabled }) => enabled).map(({ window }) => windowStart(asOf, window));
  return starts.length === 0 ? 0 : Math.floor(Math.max(...starts) / HOUR) * HOUR;
}

/** partOf returns the part of a model that a monitor belongs to. */
export function partOf({ kind }: Pick<Monitor, "kind">): PassPart {
  return kind === "latency_slo" ? "serving" : "all";
}

/** nextDueAt returns the event time at which the next window of a part ends; infinite where every version has been silent for too long. */
export function nextDueAt(
  { asOf, firstEventAt, versions }: Pick<ModelClock, "asOf" | "firstEventAt" | "versions">,
  monitors: readonly Monitor[],
  part: PassPart,
): number {
  const mine = monitors.filter((monitor) => monitor.enabled && partOf(monitor) === part);
  const ends = mine.flatMap(({ window, environment, version }) => {
    const end = windowStart(asOf, window) + window;
    return versions
      .filter((one) => one.environment === environment && (version ?? one.version) === one.version)
      .filter(({ lastSeenAt }) => end <= windowStart(lastSeenAt, window) + (SILENT_WINDOWS + 1) * window)
      .map(() => end);
  });
  // Monitors are made by themselves after the first day at the latest.
  if (monitors.length === 0 && part === "all" && asOf < firstEventAt + DAY) ends.push(firstEventAt + DAY);
  return Math.min(Number.POSITIVE_INFINITY, ...ends);
}

/** EndedPass is what a pass that ended well began with, and what it leaves. */
export interface EndedPass {
  part: PassPart;
  cause: string | undefined;
  at: number;
  clock: ModelClock;
  configuration: ModelConfiguration;
  leaves: PassLeavings | undefined;
}

/** notePass returns the note of a pass that ended well; of one that judged a part alone it changes the note of the pass before, if there is one. */
export function notePass(before: PassNote | undefined, pass: EndedPass): PassNote | undefined {
  const { part, at, clock, leaves } = pass;
  const { monitors, fingerprint } = pass.configuration;
  const serving = nextDueAt(clock, monitors, "serving");
  if (part === "serving") return before && { ...before, dueAt: { ...before.dueAt, serving } };
  return {
    at,
    dueAt: { all: nextDueAt(clock, monitors, "all"), serving },
    closedUntil: closedUntil(monitors, clock.asOf),
    late: leaves?.isPutOff === true ? undefined : clock.late,
    lastReceivedAt: clock.lastReceivedAt,
    configuration: fingerprint,
    isLearning: leaves?.isLearning ?? true,
    isOwing: leaves?.isOwing ?? true,
    revision: nextRevision(before?.revision, pass.cause, at),
  };
}

// While late rows go on coming each look waits longer than the one before; whatever else leads to a pass looks at them too, and begins anew.
function nextRevision(
  before: PassNote["revision"] | undefined,
  cause: string | undefined,
  at: number,
): PassNote["revision"] {
  const isRevision = REVISIONS.includes(cause ?? "");
  if (before === undefined || !isRevision || at - before.at >= 2 * before.spacingMs)
    return { at, spacingMs: FIRST_SPACING_MS };
  return { at, spacingMs: Math.min(LONGEST_SPACING_MS, 2 * before.spacingMs) };
}
