import {
  type DeliverJob,
  deliverJobSchema,
  type EvaluateJob,
  evaluateJobSchema,
  QUEUE_NAMES,
} from "@leeway/core/queue";
import { DelayedError, type Job, Queue, Worker } from "bullmq";
import type { DeliveryStep } from "../deliver/deliver-notification.ts";
import type { EvaluatePass } from "../evaluate/evaluate-pass.ts";
import { PRIORITIES } from "../reconcile/pass-cause.ts";
import type { WorkPlan } from "../reconcile/work-plan.ts";
import { breatheAfterError } from "./breathe-after-error.ts";
import { deliverJobId, evaluateJobId } from "./job-ids.ts";
import { keepSchedule } from "./keep-schedule.ts";
import type { ModelLease } from "./model-lease.ts";
import { REMOVE_WHEN_DONE, redisConnection, WORKER_SETTINGS } from "./worker-settings.ts";

/** Workers are the running queues of one analyzer. */
export interface Workers {
  close(): Promise<void>;
}

const BUSY_MS = 250;
// A receiver may take 15 seconds to say nothing: those that hang must leave room for those that answer.
const DELIVERIES_AT_ONCE = 64;
// After so many the model goes to the end of the queue, so that one that is far behind doesn't keep others waiting.
const PASSES_IN_A_ROW = 20;

/**
 * startWorkers starts the queues and their workers: each tick asks `plan` (the store alone) what is left to do and queues it. Job ids come from
 * what the job is about, so queueing it again changes nothing.
 */
export async function startWorkers(deps: {
  redisUrl: string;
  tickMs: number;
  concurrency: number;
  lease: ModelLease;
  plan: () => Promise<WorkPlan>;
  evaluate: (job: EvaluateJob) => Promise<EvaluatePass>;
  deliver: (job: DeliverJob) => Promise<DeliveryStep>;
  now: () => number;
  onProblem: (where: string, error: Error) => void;
}): Promise<Workers> {
  const connection = redisConnection(deps.redisUrl);
  const queues = {
    tick: new Queue(QUEUE_NAMES.tick, { connection }),
    evaluate: new Queue(QUEUE_NAMES.evaluate, { connection }),
    deliver: new Queue(QUEUE_NAMES.deliver, { connection }),
  };
  const addDeliveries = (jobs: readonly DeliverJob[]) => queues.deliver.addBulk(jobs.map(deliverEntry));

  // People are notified after each pass, not after the last: catching up may take a while.
  const evaluateUntilComplete = async (job: EvaluateJob) => {
    for (let passes = 1; ; passes++) {
      const pass = await deps.evaluate(job);
      await addDeliveries(pass.deliver);
      if (pass.isComplete || passes >= PASSES_IN_A_ROW || (await isWaitedFor(job))) return pass.result;
    }
  };

  // Whoever catches up with months makes way for windows that have just ended; the next tick queues the rest.
  const isWaitedFor = async ({ priority }: EvaluateJob) => {
    const before = PRIORITIES.filter((one) => one < (priority ?? 1));
    if (before.length === 0) return false;
    const counts = await queues.evaluate.getCountsPerPriority([...before]);
    return Object.values(counts).some((count) => count > 0);
  };

  const workers = [
    new Worker(
      QUEUE_NAMES.tick,
      async () => {
        const plan = await deps.plan();
        await queues.evaluate.addBulk(plan.evaluate.map(evaluateEntry));
        await addDeliveries(plan.deliver);
      },
      { connection, ...WORKER_SETTINGS },
    ),
    new Worker(
      QUEUE_NAMES.evaluate,
      async (job: Job, token) => {
        const data = evaluateJobSchema.parse(job.data);
        const held = await deps.lease.hold(evaluateJobId({ project: data.project, model: data.model }), () =>
          evaluateUntilComplete(data),
        );
        return held.outcome === "busy" ? later(job, token, deps.now() + BUSY_MS) : held.value;
      },
      { connection, ...WORKER_SETTINGS, concurrency: deps.concurrency },
    ),
    new Worker(
      QUEUE_NAMES.deliver,
      async (job: Job, token) => {
        const data = deliverJobSchema.parse(job.data);
        // Whoever queued it chose the job's id: two jobs may ask for the same notification.
        const id = deliverJobId(data.project, data.notification_id);
        const held = await deps.lease.hold(id, () => deps.deliver(data));
        if (held.outcome === "busy") return later(job, token, deps.now() + BUSY_MS);
        const step = held.value;
        return step.outcome === "later" ? later(job, token, deps.now() + step.delayMs) : step.status;
      },
      { connection, ...WORKER_SETTINGS, concurrency: DELIVERIES_AT_ONCE },
    ),
  ];
  for (const queue of Object.values(queues)) queue.on("error", (error) => deps.onProblem(queue.name, error));
  for (const worker of workers) {
    breatheAfterError(worker, (error) => deps.onProblem(worker.name, error));
    worker.on("failed", (_job, error) => deps.onProblem(worker.name, error));
  }

  const guard = guardSchedule(queues.tick, deps);
  return {
    async close() {
      clearInterval(guard);
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
    },
  };
}

interface ScheduleDeps {
  tickMs: number;
  now: () => number;
  onProblem: (where: string, error: Error) => void;
}

// Schedules live in Redis and vanish with it: a plain timer looks after the one schedule that everything else follows from.
function guardSchedule(queue: Queue, { tickMs, now, onProblem }: ScheduleDeps) {
  let isChecking = false;
  const check = async () => {
    if (isChecking) return;
    isChecking = true;
    try {
      await keepSchedule(queue, tickMs, now());
    } catch (error) {
      onProblem("schedule", error instanceof Error ? error : new Error(String(error)));
    } finally {
      isChecking = false;
    }
  };
  void check();
  return setInterval(() => void check(), Math.max(1_000, Math.min(tickMs, 15_000)));
}

async function later(job: Job, token: string | undefined, at: number): Promise<never> {
  await job.moveToDelayed(at, token);
  throw new DelayedError();
}

function evaluateEntry(data: EvaluateJob) {
  const priority = data.priority === undefined ? {} : { priority: data.priority };
  return { name: "evaluate", data, opts: { jobId: evaluateJobId(data), ...priority, ...REMOVE_WHEN_DONE } };
}

function deliverEntry(data: DeliverJob) {
  const jobId = deliverJobId(data.project, data.notification_id);
  return { name: "deliver", data, opts: { jobId, ...REMOVE_WHEN_DONE } };
}
