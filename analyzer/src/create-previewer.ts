import { LeewayError } from "@leeway/core/errors";
import type { PreviewJob, PreviewResult } from "@leeway/core/queue";
import type { Store } from "@leeway/store";
import { createArrivalCurves } from "./evaluate/baselines/arrival-curves.ts";
import { createModelStore } from "./evaluate/model-store/create-model-store.ts";
import { previewOnHistory } from "./evaluate/preview/preview-on-history.ts";
import type { ModelClocks } from "./reconcile/model-clocks.ts";

/** createPreviewer returns what answers a preview job: how a monitor would have behaved on stored history. */
export function createPreviewer(deps: {
  store: Store;
  clocks: ModelClocks;
  now: () => number;
}): (job: PreviewJob) => Promise<PreviewResult> {
  const { store, clocks, now } = deps;
  const arrivalCurve = createArrivalCurves(now);
  return async (job) => {
    const clock = await clocks.one(job.project, job.monitor.model);
    if (clock === undefined) {
      throw new LeewayError("not_found", `no prediction of ${job.monitor.model} was ever received`);
    }
    const modelStore = createModelStore(store, job.project);
    return previewOnHistory({ store, modelStore, arrivalCurve, asOf: clock.asOf, now }, job);
  };
}
