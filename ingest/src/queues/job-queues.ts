import { setTimeout as sleep } from "node:timers/promises";
import { LeewayError } from "@leeway/core/errors";
import {
  type DeliverJob,
  type EvaluateJob,
  type EvaluateResult,
  evaluateResultSchema,
  QUEUE_NAMES,
} from "@leeway/core/queue";
import { Queue, QueueEvents } from "bullmq";

const CLOSING_MS = 1_000;

/** JobQueues hands work to the analyzer. */
export interface JobQueues {
  /** Adds an evaluation and waits for its result; throws `evaluation_failed` or `timeout`. */
  evaluate(job: EvaluateJob, patienceMs: number): Promise<EvaluateResult>;
  /** Asks that a notification be sent; the job id is the notification's. */
  deliver(job: DeliverJob): Promise<void>;
  isReady(): boolean;
  close(): Promise<void>;
}

/** createJobQueues returns producers over Redis at `url`; while it is away calls fail instead of waiting. */
export function createJobQueues(
  url: string,
  newId: () => string,
  onError: (error: Error) => void,
): JobQueues {
  const connection = { url, maxRetriesPerRequest: 1, enableOfflineQueue: false, connectTimeout: 2_000 };
  const evaluations = new Queue<EvaluateJob, EvaluateResult>(QUEUE_NAMES.evaluate, { connection });
  const deliveries = new Queue<DeliverJob>(QUEUE_NAMES.deliver, { connection });
  // Reading events blocks its connection; it waits for Redis to come back however long that takes.
  const events = new QueueEvents(QUEUE_NAMES.evaluate, { connection: { url, maxRetriesPerRequest: null } });
  evaluations.on("error", onError);
  deliveries.on("error", onError);
  events.on("error", onError);
  return {
    async evaluate(job, patienceMs) {
      await events.waitUntilReady();
      const options = {
        jobId: `range-${newId()}`,
        removeOnComplete: { age: 600 },
        removeOnFail: { age: 3_600 },
      };
      const added = await away(evaluations.add("range", job, options));
      try {
        return evaluateResultSchema.parse(await added.waitUntilFinished(events, patienceMs));
      } catch (error) {
        const message = error instanceof Error ? error.message : "unknown";
        const isLate = (await added.getState().catch(() => "unknown")) !== "failed";
        throw isLate
          ? new LeewayError("timeout", `the evaluation did not finish within ${patienceMs / 1_000} s`, {
              cause: error,
            })
          : new LeewayError("evaluation_failed", message, { cause: error });
      }
    },
    async deliver(job) {
      await away(deliveries.add("deliver", job, { jobId: job.notification_id, removeOnComplete: true }));
    },
    isReady: () => evaluations.closing === undefined,
    async close() {
      // A clean goodbye needs Redis, which may be away for good.
      const closed = Promise.allSettled([evaluations.close(), deliveries.close(), events.close()]);
      await Promise.race([closed, sleep(CLOSING_MS, undefined, { ref: false })]);
    },
  };
}

async function away<T>(added: Promise<T>): Promise<T> {
  try {
    return await added;
  } catch (error) {
    throw new LeewayError("store_unavailable", "the queue is not available", {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
}
