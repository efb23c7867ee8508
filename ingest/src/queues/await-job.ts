import { setTimeout as sleep } from "node:timers/promises";
import { LeewayError } from "@leeway/core/errors";
import type { Job, Queue, QueueEvents } from "bullmq";

const LOOK_MS = 5_000;
const LOOKS = 4;

/** JobPatience is how long somebody waits for a job, and what ends the wait before. */
export interface JobPatience {
  patienceMs: number;
  /** Aborted when this service stops. */
  stopping: AbortSignal;
  /** How often it is looked whether anybody works at all, in milliseconds. */
  lookMs?: number;
}

/**
 * awaitJob returns the result of a job. It throws `evaluation_failed` where the job failed, `timeout` where it took too long, and `store_unavailable` where
 * no analyzer runs that could take it or this service stops meanwhile.
 */
export async function awaitJob<Data, Result>(
  job: Job<Data, Result>,
  queue: Pick<Queue, "getWorkersCount">,
  events: QueueEvents,
  { patienceMs, stopping, lookMs = LOOK_MS }: JobPatience,
): Promise<Result> {
  const done = new AbortController();
  const waited = job.waitUntilFinished(events, patienceMs);
  // Where the wait ends before the job does, what becomes of the job is nobody's here.
  waited.catch(() => undefined);
  try {
    return await Promise.race([
      waited,
      untaken(job, queue, lookMs, done.signal),
      stopped(AbortSignal.any([stopping, done.signal])),
    ]);
  } catch (error) {
    if (error instanceof LeewayError) throw error;
    const message = error instanceof Error ? error.message : "unknown";
    const isLate = (await job.getState().catch(() => "unknown")) !== "failed";
    throw isLate
      ? new LeewayError("timeout", `the evaluation did not finish within ${patienceMs / 1_000} s`, {
          cause: error,
        })
      : new LeewayError("evaluation_failed", message, { cause: error });
  } finally {
    done.abort();
  }
}

/** untaken ends with an error where a job still waits and nobody works at its queue at several looks in a row, as while an analyzer restarts. */
async function untaken(
  job: Job,
  queue: Pick<Queue, "getWorkersCount">,
  lookMs: number,
  signal: AbortSignal,
): Promise<never> {
  for (let absent = 0; absent < LOOKS; ) {
    if (!(await slept(lookMs, signal))) return forever();
    // A Redis that is away says nothing of the analyzers.
    const workers = await queue.getWorkersCount().catch(() => 1);
    absent = workers === 0 ? absent + 1 : 0;
  }
  await job.remove().catch(() => undefined);
  throw new LeewayError("store_unavailable", "no analyzer is running that could do this", {
    retryAfterSeconds: 30,
  });
}

async function slept(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal, ref: false }).catch(() => false);
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () =>
      reject(new LeewayError("store_unavailable", "the service is stopping", { retryAfterSeconds: 1 }));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

const forever = () => new Promise<never>(() => undefined);
