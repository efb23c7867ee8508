import { isPassingTrouble } from "@leeway/core/errors";
import type { Evaluation, Outcome } from "@leeway/core/evaluation";
import type { BlamedFeature, Cause } from "@leeway/core/records";
import type { TimeWindow } from "@leeway/core/window";
import { errorReason } from "./error-reason.ts";
import { hasChanged, hasOtherState } from "./has-changed.ts";

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

/** AssessWindow judges one window with the state of the one before. */
export type AssessWindow = (
  window: TimeWindow,
  previousState: object | undefined,
) => WindowVerdict | Promise<WindowVerdict>;

/** Assessment is an evaluation to be stored, with what an incident needs beside it. */
export interface Assessment {
  evaluation: Evaluation;
  blamed: BlamedFeature[];
  confidence: number | undefined;
  /** Whether this verdict is the window's first, says something else than the stored one, or says the same and need not be stored. */
  change: "first" | "revised" | "same";
  /** Whether it hands another state to the next window than the stored one did. */
  isStateNew: boolean;
}

/** ChainScope is what all evaluations of one chain share: one monitor on one version and segment. */
export type ChainScope = Pick<
  Evaluation,
  "model" | "version" | "environment" | "monitor_id" | "kind" | "segment"
>;

/**
 * assessChain judges `windows` in order, each with the state of the one before, and returns a verdict for each: those that are new or say something
 * else than the stored one have the next revision. `known` holds the latest stored evaluation by window start. Between two windows
 * other work gets its turn. Throws where the store is away or overloaded.
 */
export async function assessChain(input: {
  scope: ChainScope;
  windows: readonly TimeWindow[];
  known: ReadonlyMap<number, Evaluation>;
  /** State of the last window before `windows`, undefined at the beginning. */
  previousState: object | undefined;
  assess: AssessWindow;
  evaluatedAt: number;
}): Promise<Assessment[]> {
  const assessments: Assessment[] = [];
  let state = carried(input.previousState);
  for (const window of input.windows) {
    const verdict = await assessOne(input.assess, window, state);
    state = carried(verdict.state);
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
    const change = known === undefined ? "first" : hasChanged(known, evaluation) ? "revised" : "same";
    assessments.push({
      evaluation: change === "same" ? known! : evaluation,
      blamed: verdict.blamed,
      confidence: verdict.confidence,
      change,
      isStateNew: known === undefined || hasOtherState(known, evaluation),
    });
    // A long chain must not keep the queue from renewing this job's lock.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return assessments;
}

// An empty state is how "nothing to carry yet" is stored.
function carried(state: object | undefined): object | undefined {
  return state === undefined || Object.keys(state).length === 0 ? undefined : state;
}

// A verdict that could not be computed is stored as such: it is never healthy, and it does not keep other windows from theirs. A store that is away now
// says nothing of the window: then there is no verdict, and the window stays owed.
async function assessOne(
  assess: AssessWindow,
  window: TimeWindow,
  previousState: object | undefined,
): Promise<WindowVerdict> {
  try {
    return await assess(window, previousState);
  } catch (error) {
    if (isPassingTrouble(error)) throw error;
    const reason = errorReason(error);
    return {
      outcome: "error",
      reason,
      detail: { start: window.start, end: window.end, outcome: "error", reason },
      state: previousState ?? {},
      blamed: [],
    };
  }
}
