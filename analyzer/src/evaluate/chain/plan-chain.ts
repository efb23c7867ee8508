import type { TimeWindow } from "@leeway/core/window";

/** ChainProgress is how far one chain has come: one monitor on one version and segment. */
export interface ChainProgress {
  /** End of the newest window that has a verdict; undefined before the first. */
  judgedUntil: number | undefined;
  /** Starts of the windows whose verdict still waits for labels, or could not be made. */
  waiting: readonly number[];
}

/** ChainPlan is the part of a chain that has to be judged in this pass. */
export interface ChainPlan {
  windows: TimeWindow[];
  /** The window whose stored state the first of them continues. */
  previous: TimeWindow | undefined;
}

/**
 * planChain returns the windows to judge: from the first that has no verdict or was touched by rows or labels since, to the last due one, because
 * each hands its state to the next. Windows that wait for labels or ended in an error are looked at again whenever a new window is due. At most
 * `limit` are returned, the earliest; the next pass goes on from there.
 */
export function planChain(input: {
  due: readonly TimeWindow[];
  progress: ChainProgress;
  isTouched: (window: TimeWindow) => boolean;
  limit: number;
}): ChainPlan {
  const { due } = input;
  const judgedUntil = input.progress.judgedUntil ?? Number.NEGATIVE_INFINITY;
  const hasNew = (due.at(-1)?.start ?? Number.NEGATIVE_INFINITY) >= judgedUntil;
  const waiting = new Set(hasNew ? input.progress.waiting : []);
  const first = due.findIndex(
    (window) => window.start >= judgedUntil || waiting.has(window.start) || input.isTouched(window),
  );
  if (first === -1) return { windows: [], previous: undefined };
  return { windows: due.slice(first, first + input.limit), previous: due[first - 1] };
}
