import type { Evaluation } from "@leeway/core/evaluation";
import type { TimeWindow } from "@leeway/core/window";
import type { Assessment, ChainScope } from "./assess-chain.ts";
import { errorReason } from "./error-reason.ts";

/** errorVerdict returns the first verdict on a window of a chain that could not be judged at all: it is never healthy, and it is owed until it is judged. */
export function errorVerdict(
  scope: ChainScope,
  { start, end }: TimeWindow,
  error: unknown,
  evaluatedAt: number,
): Assessment {
  const reason = errorReason(error);
  const evaluation: Evaluation = {
    ...scope,
    window_start: start,
    window_end: end,
    revision: 1,
    outcome: "error",
    reason,
    detail: { start, end, outcome: "error", reason },
    state: {},
    evaluated_at: evaluatedAt,
  };
  return { evaluation, blamed: [], confidence: undefined, change: "first", isStateNew: false };
}
