import type { DeliverJob, EvaluateResult } from "@leeway/core/queue";
import type { ChainLook } from "./pass/pass-context.ts";

/** EvaluatePass is what one pass over a model gave: the answer for whoever asked, and the notifications it put into the outbox. */
export interface EvaluatePass {
  result: EvaluateResult;
  deliver: readonly DeliverJob[];
  /** False where another pass should follow at once. */
  isComplete: boolean;
  /** What the pass leaves to the next one of the model. */
  leaves?: PassLeavings;
}

/** PassLeavings is what a pass over a model leaves to the next one. */
export interface PassLeavings {
  /** When each chain was looked at, by name. */
  looks: readonly { chain: string; look: ChainLook }[];
  /** Whether a version has no monitors or no reference yet. */
  isLearning: boolean;
  /** Whether a window ended in an error. */
  isOwing: boolean;
  /** Whether what was touched was left for later on some chain, because it was looked at a moment ago. */
  isPutOff: boolean;
}
