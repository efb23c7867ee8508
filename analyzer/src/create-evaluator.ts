import type { EvaluateJob } from "@leeway/core/queue";
import type { Store } from "@leeway/store";
import { createModelStore } from "./evaluate/create-model-store.ts";
import { evaluateModel } from "./evaluate/evaluate-model.ts";
import { createCalibrationCache } from "./evaluate/kinds/calibration-cache.ts";
import type { EvaluatePass } from "./queues/start-workers.ts";
import type { ModelClocks } from "./reconcile/model-clocks.ts";
import { type PassMemory, passSignature } from "./reconcile/plan-work.ts";

/**
 * createEvaluator returns the pass over one model that the queue runs. A pass that ended well is remembered with what the model looked like when it
 * began, so that rows which came meanwhile lead to another one.
 */
export function createEvaluator(deps: {
  store: Store;
  clocks: ModelClocks;
  memory: PassMemory;
  now: () => number;
}): (job: EvaluateJob) => Promise<EvaluatePass> {
  const { store, clocks, memory, now } = deps;
  const calibrations = createCalibrationCache();
  const revisions = new Map<string, number>();
  return async (job) => {
    const clock = await clocks.one(job.project, job.model);
    if (clock === undefined) return { result: { windows: 0, alarms: [] }, deliver: [], isComplete: true };
    const signature = passSignature(clock, now());
    const pass = await evaluateModel(
      {
        store,
        modelStore: (project) => createModelStore(store, project),
        calibrations,
        asOf: clock.asOf,
        revisions,
        now,
      },
      job,
    );
    if (job.range === undefined && pass.isComplete) memory.set(job.model, signature);
    return pass;
  };
}
