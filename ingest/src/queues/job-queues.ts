import { setTimeout as sleep } from "node:timers/promises";
import { LeewayError } from "@leeway/core/errors";
import {
  type DeliverJob,
  type EvaluateJob,
  type EvaluateResult,
  evaluateResultSchema,
  type PreviewJob,
  type PreviewResult,
  previewResultSchema,
  QUEUE_NAMES,
} from "@leeway/core/queue";
import { Queue, QueueEvents } from "bullmq";
import { awaitJob } from "./await-job.ts";

const CLOSING_MS = 1_000;

/** JobQueues hands work to the analyzer. */
export interface JobQueues {
  /** Adds an evaluation and waits for its result; throws as `awaitJob` does. */
  evaluate(job: EvaluateJob, patienceMs: number): Promise<EvaluateResult>;
  /** Adds a preview and waits for its result; throws as `evaluate` does. */
  preview(job: PreviewJob, patienceMs: number): Promise<PreviewResult>;
  /** Asks that a notification be sent; the job id is the notification's. */
  deliver(job: DeliverJob): Promise<void>;
  isReady(): boolean;
  /** Answers whoever waits for a result that the service stops. */
  stopWaiting(): void;
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
  const previews = new Queue<PreviewJob, PreviewResult>(QUEUE_NAMES.preview, { connection });
  const deliveries = new Queue<DeliverJob>(QUEUE_NAMES.deliver, { connection });
  // Reading events blocks its connection; it waits for Redis to come back however long that takes.
  const eventsOf = (name: string) =>
    new QueueEvents(name, { connection: { url, maxRetriesPerRequest: null } });
  const evaluated = eventsOf(QUEUE_NAMES.evaluate);
  const previewed = eventsOf(QUEUE_NAMES.preview);
  const stopping = new AbortController();
  const queues = [evaluations, previews, deliveries];
  const events = [evaluated, previewed];
  for (const queue of queues) queue.on("error", onError);
  for (const one of events) one.on("error", onError);
  const optionsOf = (kind: string) => ({
    jobId: `${kind}-${newId()}`,
    removeOnComplete: { age: 600 },
    removeOnFail: { age: 3_600 },
  });
  return {
    async evaluate(job, patienceMs) {
      await evaluated.waitUntilReady();
      const added = await away(evaluations.add("range", job, optionsOf("range")));
      return evaluateResultSchema.parse(
        await awaitJob(added, evaluations, evaluated, { patienceMs, stopping: stopping.signal }),
      );
    },
    async preview(job, patienceMs) {
      await previewed.waitUntilReady();
      const added = await away(previews.add("preview", job, optionsOf("preview")));
      return previewResultSchema.parse(
        await awaitJob(added, previews, previewed, { patienceMs, stopping: stopping.signal }),
      );
    },
    async deliver(job) {
      await away(deliveries.add("deliver", job, { jobId: job.notification_id, removeOnComplete: true }));
    },
    isReady: () => evaluations.closing === undefined,
    stopWaiting: () => stopping.abort(),
    async close() {
      // A clean goodbye needs Redis, which may be away for good.
      const closed = Promise.allSettled([...queues, ...events].map((one) => one.close()));
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
