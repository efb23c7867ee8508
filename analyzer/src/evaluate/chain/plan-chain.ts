import type { Evaluation } from "@leeway/core/evaluation";
import type { TimeWindow } from "@leeway/core/window";

/** ChainPlan is the part of a chain that has to be judged in this pass. */
export interface ChainPlan {
  windows: TimeWindow[];
  /** The stored verdict whose state the first of them continues. */
  previous: Evaluation | undefined;
}

/**
 * planChain returns the windows to judge: from the first that has no verdict, was touched by rows or labels since, or is still waiting for labels, to
 * the last due one, because each hands its state to the next. At most `limit` are returned, the earliest; the next pass goes on from there.
 */
export function planChain(input: {
  due: readonly TimeWindow[];
  known: ReadonlyMap<number, Evaluation>;
  isTouched: (window: TimeWindow) => boolean;
  limit: number;
}): ChainPlan {
  const { due, known } = input;
  const first = due.findIndex((window) => {
    const evaluation = known.get(window.start);
    return evaluation === undefined || evaluation.outcome === "immature" || input.isTouched(window);
  });
  if (first === -1) return { windows: [], previous: undefined };
  const before = due[first - 1];
  return {
    windows: due.slice(first, first + input.limit),
    previous: before === undefined ? undefined : known.get(before.start),
  };
}
