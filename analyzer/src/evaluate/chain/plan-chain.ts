import type { TimeWindow } from "@leeway/core/window";
import type { EvaluationProgress } from "@leeway/store";

/** ChainProgress is which windows of a chain (one monitor on one version and segment) have a verdict. */
export type ChainProgress = Pick<
  EvaluationProgress,
  "judgedFrom" | "judgedUntil" | "gaps" | "waiting" | "failed"
>;

/** ChainPlan is what a pass has to judge of a chain. */
export interface ChainPlan {
  /** All windows that should have a verdict, in order and without gaps. */
  due: readonly TimeWindow[];
  /** Starts of those to judge in any case; any other is judged only where what the window before hands on has changed. */
  owed: ReadonlySet<number>;
}

/**
 * planChain returns the windows to judge: those without a verdict, those whose verdict is an error, and those that rows or labels touched since. Windows that
 * wait for labels are looked at again whenever a new window is due.
 */
export function planChain(input: {
  due: readonly TimeWindow[];
  /** Undefined before the first verdict. */
  progress: ChainProgress | undefined;
  isTouched: (window: TimeWindow) => boolean;
}): ChainPlan {
  const { due, progress } = input;
  const unjudged = due.filter((window) => !hasVerdict(progress, window));
  const failed = new Set(progress?.failed);
  const waiting = new Set(unjudged.length > 0 ? progress?.waiting : []);
  const again = due.filter(
    (window) => failed.has(window.start) || waiting.has(window.start) || input.isTouched(window),
  );
  return { due, owed: new Set([...unjudged, ...again].map(({ start }) => start)) };
}

/** hasVerdict decides whether a chain has a verdict on a window, be it an error. */
export function hasVerdict(progress: ChainProgress | undefined, { start }: TimeWindow): boolean {
  if (progress === undefined || start < progress.judgedFrom || start >= progress.judgedUntil) return false;
  return !progress.gaps.some((gap) => gap.from <= start && start < gap.to);
}

/** firstUnjudged returns the first due window that was never judged: it has no verdict, or only an error. */
export function firstUnjudged(
  due: readonly TimeWindow[],
  progress: ChainProgress | undefined,
): TimeWindow | undefined {
  const failed = new Set(progress?.failed);
  return due.find((window) => failed.has(window.start) || !hasVerdict(progress, window));
}

/** andAllLater returns the plan in which every window after the first owed one is owed: for verdicts that are made from earlier windows' rows too. */
export function andAllLater({ due, owed }: ChainPlan): ChainPlan {
  const first = due.findIndex(({ start }) => owed.has(start));
  return { due, owed: new Set(first === -1 ? [] : due.slice(first).map(({ start }) => start)) };
}
