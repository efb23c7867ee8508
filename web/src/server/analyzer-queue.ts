import "server-only";
import { LeewayError } from "@leeway/core/errors";
import { type PreviewJob, type PreviewResult, previewResultSchema, QUEUE_NAMES } from "@leeway/core/queue";

/** QueueState is how much work waits for the analyzers, and how many of them take it. */
export interface QueueState {
  queue: keyof typeof QUEUE_NAMES;
  waiting: number;
  running: number;
  failed: number;
  workers: number;
}

/** AnalyzerQueue hands work to the analyzer and says how it stands with it. */
export interface AnalyzerQueue {
  /** Asks how a monitor would have done and waits for the answer; throws `timeout`, `evaluation_failed` or `store_unavailable`. */
  preview(job: PreviewJob, patienceMs: number): Promise<PreviewResult>;
  states(): Promise<QueueState[]>;
}

const SHOWN = ["tick", "evaluate", "deliver", "preview"] as const;

/** createAnalyzerQueue returns the queues in Redis at `url`. Nothing is opened before the first call; while Redis is away calls fail instead of waiting. */
export function createAnalyzerQueue(url: string | undefined, newId: () => string): AnalyzerQueue {
  let made: ReturnType<typeof open> | undefined;
  // What was opened stays and finds its way back to Redis by itself; only where nothing could be opened is it tried again.
  const opened = () => {
    made ??= open(url).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return {
    async preview(job, patienceMs) {
      const { queues, previewed } = await opened();
      const queue = queues.preview;
      await reached(queue.waitUntilReady());
      if ((await reached(queue.getWorkersCount())) === 0)
        throw away("No analyzer is running that could do this.");
      await reached(previewed.waitUntilReady());
      const added = await reached(
        queue.add("preview", job, {
          jobId: `preview-${newId()}`,
          removeOnComplete: { age: 600 },
          removeOnFail: { age: 3_600 },
        }),
      );
      try {
        return previewResultSchema.parse(await added.waitUntilFinished(previewed, patienceMs));
      } catch (error) {
        const hasFailed = (await added.getState().catch(() => "unknown")) === "failed";
        throw hasFailed
          ? new LeewayError("evaluation_failed", error instanceof Error ? error.message : "unknown")
          : new LeewayError("timeout", "This takes longer than a page waits. Choose longer windows.", {
              cause: error,
            });
      }
    },
    async states() {
      const { queues } = await opened();
      await reached(Promise.all(SHOWN.map((name) => queues[name].waitUntilReady())));
      return Promise.all(
        SHOWN.map(async (name) => {
          const [counts, workers] = await reached(
            Promise.all([
              queues[name].getJobCounts("waiting", "prioritized", "active", "failed"),
              queues[name].getWorkersCount(),
            ]),
          );
          return {
            queue: name,
            waiting: (counts["waiting"] ?? 0) + (counts["prioritized"] ?? 0),
            running: counts["active"] ?? 0,
            failed: counts["failed"] ?? 0,
            workers,
          };
        }),
      );
    },
  };
}

async function open(url: string | undefined) {
  if (url === undefined) throw away("REDIS_URL is not set for the web app, so it cannot ask the analyzer.");
  const { Queue, QueueEvents } = await import("bullmq");
  const connection = { url, maxRetriesPerRequest: 1, enableOfflineQueue: false, connectTimeout: 2_000 };
  const queue = (name: (typeof SHOWN)[number]) => {
    const one = new Queue(QUEUE_NAMES[name], { connection });
    one.on("error", complain);
    return one;
  };
  const queues = {
    tick: queue("tick"),
    evaluate: queue("evaluate"),
    deliver: queue("deliver"),
    preview: queue("preview"),
  };
  // Reading events blocks its connection; it waits for Redis to come back however long that takes.
  const previewed = new QueueEvents(QUEUE_NAMES.preview, { connection: { url, maxRetriesPerRequest: null } });
  previewed.on("error", complain);
  return { queues, previewed };
}

function complain(error: Error): void {
  console.warn(`Redis: ${error.message}`);
}

const PATIENCE_MS = 5_000;

async function reached<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    throw away("Redis does not answer.", error);
  } finally {
    clearTimeout(timer);
  }
}

function away(message: string, cause?: unknown): LeewayError {
  return new LeewayError("timeout", message, { cause });
}
