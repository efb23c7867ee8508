import type { EvaluateJob } from "@leeway/core/queue";
import type { Store } from "@leeway/store";
import { createArrivalCurves } from "./evaluate/baselines/arrival-curves.ts";
import { createCalibrationCache } from "./evaluate/baselines/calibration-cache.ts";
import { type EvaluateDeps, evaluateModel, NOTHING_EVALUATED } from "./evaluate/evaluate-model.ts";
import type { EvaluatePass } from "./evaluate/evaluate-pass.ts";
import { createModelStore } from "./evaluate/model-store/create-model-store.ts";
import type { ChainLook } from "./evaluate/pass/pass-context.ts";
import { recordFailure } from "./evaluate/record-failure.ts";
import type { FailureBackoff } from "./queues/failure-backoff.ts";
import type { ModelClock, ModelClocks } from "./reconcile/model-clocks.ts";
import { createReadConfigurations, type ModelConfiguration } from "./reconcile/model-configuration.ts";
import { duePasses } from "./reconcile/pass-cause.ts";
import { closedUntil, notePass, type PassMemory } from "./reconcile/pass-note.ts";

/** Event time in which a model may get ahead of its verdicts before the pass is followed by another one at once. */
const CLOSE_BEHIND_MS = 3_600_000;

// A pass that failed is tried so often before anything is stored of it.
const TRIES = 3;

/**
 * createEvaluator returns the pass over one model that the queue runs. A pass that ended well is noted with what had come of the model when it
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
  const looks = new Map<string, ChainLook>();
  const readConfigurations = createReadConfigurations(store.records);
  const shared = {
    store,
    modelStore: (project: string) => createModelStore(store, project),
    calibrations: createCalibrationCache(),
    arrivalCurve: createArrivalCurves(now),
    lookedAt: (chain: string) => looks.get(chain),
    onFailures: reportOnce((where, error) => deps.onProblem?.(where, error)),
    now,
  };
  return async (job) => {
    const { project, model } = job;
    const configuration = (await readConfigurations(project))(model);
    const clock = await clockOf(job, configuration);
    if (clock === undefined) return NOTHING_EVALUATED;
    const at = now();
    const before = memory.get(model);
    if (job.cause !== undefined && !isStillDue(job, memory, clock, configuration, at))
      return NOTHING_EVALUATED;
    const pass = await evaluateModel({ ...shared, asOf: clock.asOf }, job).catch((error: unknown) =>
      fail(job, clock, error),
    );
    backoff.succeeded(model);
    for (const { chain, look } of pass.leaves?.looks ?? []) looks.set(chain, look);
    // What was judged by hand may be folded by the schedule's next pass; what is left of a long chain is judged by it.
    if (job.range !== undefined || !pass.isComplete) {
      memory.delete(model);
      return pass;
    }
    const note = notePass(before, {
      part: job.part ?? "all",
      cause: job.cause,
      at,
      clock,
      configuration,
      leaves: pass.leaves,
    });
    if (note !== undefined) memory.set(model, note);
    return { ...pass, isComplete: !(await isFarAhead(project, clock)) };
  };

  // Which hours are closed follows from the clock, and what is late from the closed hours.
  async function clockOf(
    { project, model }: EvaluateJob,
    { monitors }: ModelConfiguration,
  ): Promise<ModelClock | undefined> {
    const guess = memory.get(model)?.closedUntil ?? 0;
    const clock = await clocks.one(project, model, guess);
    if (clock === undefined) return undefined;
    const until = closedUntil(monitors, clock.asOf);
    if (until === guess) return clock;
    const late = await clocks.one(project, model, until);
    return late === undefined ? undefined : { ...late, asOf: clock.asOf };
  }

  async function fail(job: EvaluateJob, clock: ModelClock, error: unknown): Promise<never> {
    memory.delete(job.model);
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

function isStillDue(
  { model, part }: EvaluateJob,
  memory: PassMemory,
  clock: ModelClock,
  { fingerprint }: ModelConfiguration,
  at: number,
): boolean {
  return duePasses(memory.get(model), clock, fingerprint, at).some((one) => one.part === (part ?? "all"));
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
