import type { TimeWindow } from "@leeway/core/window";

/** ChainProgress is how far one chain has come: one monitor on one version and segment. */
export interface ChainProgress {
  /** End of the newest window that has a verdict; undefined before the first. */
  judgedUntil: number | undefined;
  /** Starts of the windows whose verdict still waits for labels, or could not be made. */
  waiting: readonly number[];
}

/** ChainPlan is what a pass has to judge of a chain. */
export interface ChainPlan {
  /** All windows that should have a verdict, in order and without gaps. */
  due: readonly TimeWindow[];
  /** Starts of those to judge in any case; any other is judged only where what the window before hands on has changed. */
  owed: ReadonlySet<number>;
}

/**
 * planChain returns the windows to judge: those without a verdict and those that rows or labels touched since. Windows that wait for labels or ended in an
 * error are looked at again whenever a new window is due.
 */
export function planChain(input: {
  due: readonly TimeWindow[];
  progress: ChainProgress;
  isTouched: (window: TimeWindow) => boolean;
}): ChainPlan {
  const { due } = input;
  const judgedUntil = input.progress.judgedUntil ?? Number.NEGATIVE_INFINITY;
  const hasNew = (due.at(-1)?.start ?? Number.NEGATIVE_INFINITY) >= judgedUntil;
  const waiting = new Set(hasNew ? input.progress.waiting : []);
  const owed = due.filter(
    (window) => window.start >= judgedUntil || waiting.has(window.start) || input.isTouched(window),
  );
  return { due, owed: new Set(owed.map(({ start }) => start)) };
}

/** andAllLater returns the plan in which every window after the first owed one is owed: for verdicts that are made from earlier windows' rows too. */
export function andAllLater({ due, owed }: ChainPlan): ChainPlan {
  const first = due.findIndex(({ start }) => owed.has(start));
  return { due, owed: new Set(first === -1 ? [] : due.slice(first).map(({ start }) => start)) };
}
