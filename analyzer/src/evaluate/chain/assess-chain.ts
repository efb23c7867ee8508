import type { Evaluation, Outcome } from "@leeway/core/evaluation";
import type { BlamedFeature, Cause } from "@leeway/core/records";
import type { TimeWindow } from "@leeway/core/window";
import { hasChanged } from "./has-changed.ts";

/** WindowVerdict is what any of the pure assessments says of one window, whatever its kind. */
export interface WindowVerdict {
  outcome: Outcome;
  cause?: Cause;
  confidence?: number;
  reason: string;
  detail: object;
  state: object;
  blamed: BlamedFeature[];
}

/** Assessment is an evaluation to be stored, with what an incident needs beside it. */
export interface Assessment {
  evaluation: Evaluation;
  blamed: BlamedFeature[];
  confidence: number | undefined;
  /** The outcome that this revision replaces; undefined for a first verdict. */
  before: Outcome | undefined;
}

/** ChainScope is what all evaluations of one chain share: one monitor on one version and segment. */
export type ChainScope = Pick<
  Evaluation,
  "model" | "version" | "environment" | "monitor_id" | "kind" | "segment"
>;

/**
 * assessChain judges `windows` in order, each with the state of the one before, and returns the evaluations that are new or say something else
 * than the stored ones: those get the next revision. `known` holds the latest stored evaluation by window start.
 */
export function assessChain(input: {
  scope: ChainScope;
  windows: readonly TimeWindow[];
  known: ReadonlyMap<number, Evaluation>;
  /** State of the last window before `windows`, undefined at the beginning. */
  previousState: object | undefined;
  assess: (window: TimeWindow, previousState: object | undefined) => WindowVerdict;
  evaluatedAt: number;
}): Assessment[] {
  const assessments: Assessment[] = [];
  let state = input.previousState;
  for (const window of input.windows) {
    const verdict = assessOne(input.assess, window, state);
    state = verdict.state;
    const known = input.known.get(window.start);
    const evaluation: Evaluation = {
      ...input.scope,
      window_start: window.start,
      window_end: window.end,
      revision: (known?.revision ?? 0) + 1,
      outcome: verdict.outcome,
      ...(verdict.cause === undefined ? {} : { cause: verdict.cause }),
      reason: verdict.reason,
      detail: { ...verdict.detail },
      state: { ...verdict.state },
      evaluated_at: input.evaluatedAt,
    };
    if (known !== undefined && !hasChanged(known, evaluation)) continue;
    assessments.push({
      evaluation,
      blamed: verdict.blamed,
      confidence: verdict.confidence,
      before: known?.outcome,
    });
  }
  return assessments;
}

// A verdict that could not be computed is told as such: it is never healthy, and it does not keep other windows from theirs.
function assessOne(
  assess: (window: TimeWindow, previousState: object | undefined) => WindowVerdict,
  window: TimeWindow,
  previousState: object | undefined,
): WindowVerdict {
  try {
    return assess(window, previousState);
  } catch (error) {
    const reason = `This window could not be judged: ${error instanceof Error ? error.message : String(error)}`;
    return {
      outcome: "error",
      reason,
      detail: { start: window.start, end: window.end, outcome: "error", reason },
      state: previousState ?? {},
      blamed: [],
    };
  }
}
