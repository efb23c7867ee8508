import type { EvaluateJob } from "@leeway/core/queue";
import type { Store } from "@leeway/store";
import { createModelStore } from "./evaluate/create-model-store.ts";
import { evaluateModel } from "./evaluate/evaluate-model.ts";
import { createArrivalCurves } from "./evaluate/kinds/arrival-curves.ts";
import { createCalibrationCache } from "./evaluate/kinds/calibration-cache.ts";
import type { EvaluatePass } from "./queues/start-workers.ts";
import type { ModelClock, ModelClocks } from "./reconcile/model-clocks.ts";
import { type PassMemory, passSignature } from "./reconcile/plan-work.ts";

/** Event time in which a model may get ahead of its verdicts before the pass is followed by another one at once. */
const CLOSE_BEHIND_MS = 3_600_000;

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
  const shared = {
    store,
    modelStore: (project: string) => createModelStore(store, project),
    calibrations: createCalibrationCache(),
    arrivalCurve: createArrivalCurves(now),
    lookedAt: new Map<string, number>(),
    now,
  };
  return async (job) => {
    const clock = await clocks.one(job.project, job.model);
    if (clock === undefined) return { result: { windows: 0, alarms: [] }, deliver: [], isComplete: true };
    const signature = passSignature(clock, now());
    const pass = await evaluateModel({ ...shared, asOf: clock.asOf }, job);
    if (job.range !== undefined || !pass.isComplete) return pass;
    memory.set(job.model, signature);
    return { ...pass, isComplete: !(await isFarAhead(job.project, clock)) };
  };

  // A replay moves days of event time while one pass runs: waiting for the next tick would make the verdicts trail it.
  async function isFarAhead(project: string, before: ModelClock): Promise<boolean> {
    const after = await clocks.one(project, before.model);
    return after !== undefined && after.asOf - before.asOf >= CLOSE_BEHIND_MS;
  }
}
