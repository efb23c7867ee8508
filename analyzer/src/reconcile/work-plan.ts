import type { DeliverJob, EvaluateJob } from "@leeway/core/queue";

/** WorkPlan is what the store says is left to do. */
export interface WorkPlan {
  evaluate: readonly EvaluateJob[];
  deliver: readonly DeliverJob[];
}
