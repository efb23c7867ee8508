import { SETTLING_MS } from "@leeway/core/window";
import type { ModelClock } from "./model-clocks.ts";
import type { PassNote, PassPart } from "./pass-note.ts";

/** PassCause is why a model needs a pass now. */
export type PassCause =
  /** This analyzer has not looked at it, or its last pass failed or left windows for the next. */
  | "not_looked_at"
  | "window_due"
  /** Its model, version, monitor, reference or choice was changed. */
  | "configured"
  /** Rows or labels came for windows that were due. */
  | "late_rows"
  /** A minute has passed since such rows came: an insert that was held up has ended by now. */
  | "settled"
  /** Rows came of a model that still waits for its monitors or its reference. */
  | "learning"
  /** A window could not be judged. */
  | "owed"
  /** None of these, for six hours: a net for what none of them sees. */
  | "checked";

/** DuePass is one part of a model that needs a pass, and why. */
export interface DuePass {
  part: PassPart;
  cause: PassCause;
}

const SETTLED_MS = SETTLING_MS + 1_000;
const OWED_EVERY_MS = 60_000;
const CHECKED_EVERY_MS = 6 * 3_600_000;

/**
 * duePasses decides which passes a model needs: none where its last pass, which saw all that had come by then, would find the same again. Windows become due by event
 * time alone, so rows of an open window are no cause.
 */
export function duePasses(
  note: PassNote | undefined,
  clock: ModelClock,
  configuration: string,
  now: number,
): DuePass[] {
  if (note === undefined) return [{ part: "all", cause: "not_looked_at" }];
  const due: DuePass[] = [];
  if (clock.asOf >= note.dueAt.serving) due.push({ part: "serving", cause: "window_due" });
  const cause = causeOfAll(note, clock, configuration, now);
  if (cause !== undefined) due.push({ part: "all", cause });
  return due;
}

function causeOfAll(
  note: PassNote,
  clock: ModelClock,
  configuration: string,
  now: number,
): PassCause | undefined {
  if (clock.asOf >= note.dueAt.all) return "window_due";
  if (configuration !== note.configuration) return "configured";
  // A look sooner than this would be put off by the pass itself.
  if (now - note.revision.at >= note.revision.spacingMs) {
    if (clock.late !== note.late) return "late_rows";
    const settledAt = clock.lateReceivedAt + SETTLED_MS;
    if (note.at < settledAt && now >= settledAt && clock.lateReceivedAt > 0) return "settled";
    if (note.isLearning && clock.lastReceivedAt !== note.lastReceivedAt) return "learning";
  }
  if (note.isOwing && now - note.at >= OWED_EVERY_MS) return "owed";
  return now - note.at >= CHECKED_EVERY_MS ? "checked" : undefined;
}

const URGENT = { serving: 1, production: 2, other: 3 } as const;
const LATER: Record<Exclude<PassCause, "window_due">, number> = {
  configured: 2,
  not_looked_at: 4,
  learning: 4,
  late_rows: 5,
  settled: 6,
  owed: 6,
  checked: 7,
};

/** PRIORITIES are all that `passPriority` gives, the most urgent first. */
export const PRIORITIES = [1, 2, 3, 4, 5, 6, 7] as const;

/** countByPriority returns how many passes of each priority are planned, those of none among them. */
export function countByPriority(
  jobs: readonly { priority?: number | undefined }[],
): ReadonlyMap<number, number> {
  return new Map(PRIORITIES.map((one) => [one, jobs.filter(({ priority }) => priority === one).length]));
}

/** passPriority returns how urgent a pass is, 1 the most: windows of latency objectives that ended, then of models in production, then of others; what was judged before comes after. */
export function passPriority({ part, cause }: DuePass, environments: readonly string[]): number {
  if (cause !== "window_due") return LATER[cause];
  if (part === "serving") return URGENT.serving;
  return environments.includes("production") ? URGENT.production : URGENT.other;
}
