import type { EvaluateJob } from "@leeway/core/queue";
import type { Store } from "@leeway/store";
import { createArrivalCurves } from "./evaluate/baselines/arrival-curves.ts";
import { createCalibrationCache } from "./evaluate/baselines/calibration-cache.ts";
import { type EvaluateDeps, evaluateModel, NOTHING_EVALUATED } from "./evaluate/evaluate-model.ts";
import { createModelStore } from "./evaluate/model-store/create-model-store.ts";
import type { ChainLook } from "./evaluate/pass/pass-context.ts";
import { recordFailure } from "./evaluate/record-failure.ts";
import type { FailureBackoff } from "./queues/failure-backoff.ts";
import type { EvaluatePass } from "./queues/start-workers.ts";
import type { ModelClock, ModelClocks } from "./reconcile/model-clocks.ts";
import { type PassMemory, passSignature } from "./reconcile/plan-work.ts";

/** Event time in which a model may get ahead of its verdicts before the pass is followed by another one at once. */
const CLOSE_BEHIND_MS = 3_600_000;

// A pass that failed is tried so often before anything is stored of it.
const TRIES = 3;

/**
 * createEvaluator returns the pass over one model that the queue runs. A pass that ended well is remembered with what the model looked like when it
 * began, so that rows which came meanwhile lead to another one. A model whose passes keep failing is left alone for longer each time, and its windows say
 * so.
 */
export function createEvaluator(deps: {
  store: Store;
  clocks: ModelClocks;
  memory: PassMemory;
  backoff: FailureBackoff;
  now: () => number;
  /** Learns of each monitor that cannot be judged, once until it is judged again. */
  onProblem?: (where: string, error: Error) => void;
}): (job: EvaluateJob) => Promise<EvaluatePass> {
  const { store, clocks, memory, backoff, now } = deps;
  const shared = {
    store,
    modelStore: (project: string) => createModelStore(store, project),
    calibrations: createCalibrationCache(),
    arrivalCurve: createArrivalCurves(now),
    lookedAt: new Map<string, ChainLook>(),
    onFailures: reportOnce((where, error) => deps.onProblem?.(where, error)),
    now,
  };
  return async (job) => {
    const clock = await clocks.one(job.project, job.model);
    if (clock === undefined) return NOTHING_EVALUATED;
    const signature = passSignature(clock, now());
    const pass = await evaluateModel({ ...shared, asOf: clock.asOf }, job).catch((error: unknown) =>
      fail(job, clock, error),
    );
    backoff.succeeded(job.model);
    if (job.range !== undefined || !pass.isComplete) return pass;
    memory.set(job.model, signature);
    return { ...pass, isComplete: !(await isFarAhead(job.project, clock)) };
  };

  async function fail(job: EvaluateJob, clock: ModelClock, error: unknown): Promise<never> {
    const failures = backoff.failed(job.model);
    if (failures >= TRIES) {
      await recordFailure({ ...shared, asOf: clock.asOf }, job.project, job.model, error).catch(
        (second: unknown) =>
          deps.onProblem?.(`the failure of ${job.model} could not be stored`, toError(second)),
      );
    }
    throw error;
  }

  // A replay moves days of event time while one pass runs: waiting for the next tick would make the verdicts trail it.
  async function isFarAhead(project: string, before: ModelClock): Promise<boolean> {
    const after = await clocks.one(project, before.model);
    return after !== undefined && after.asOf - before.asOf >= CLOSE_BEHIND_MS;
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function reportOnce(report: (where: string, error: Error) => void): NonNullable<EvaluateDeps["onFailures"]> {
  const reported = new Map<string, ReadonlySet<string>>();
  return (model, failures) => {
    const before = reported.get(model);
    const named = failures.map(({ monitor, traffic, failure }) => {
      const where = `evaluate ${monitor.id} on ${traffic.version}, ${traffic.environment}`;
      const error = toError(failure?.error);
      return { name: `${where}: ${error.message}`, where, error };
    });
    for (const { name, where, error } of named) if (before?.has(name) !== true) report(where, error);
    reported.set(model, new Set(named.map(({ name }) => name)));
  };
}
