import { type PreviewJob, type PreviewResult, previewJobSchema, QUEUE_NAMES } from "@leeway/core/queue";
import { Worker } from "bullmq";
import { breatheAfterError } from "./breathe-after-error.ts";
import { redisConnection, WORKER_SETTINGS } from "./worker-settings.ts";

/**
 * startPreviewWorker starts the worker that answers previews, one at a time. It needs no hold of the model: a preview only counts roll-ups, and counting
 * an hour twice at once gives the same hour.
 */
export function startPreviewWorker(deps: {
  redisUrl: string;
  preview: (job: PreviewJob) => Promise<PreviewResult>;
  onProblem: (where: string, error: Error) => void;
}): { close(): Promise<void> } {
  const worker = new Worker(
    QUEUE_NAMES.preview,
    async (job) => deps.preview(previewJobSchema.parse(job.data)),
    { connection: redisConnection(deps.redisUrl), ...WORKER_SETTINGS },
  );
  breatheAfterError(worker, (error) => deps.onProblem(worker.name, error));
  worker.on("failed", (_job, error) => deps.onProblem(worker.name, error));
  return { close: () => worker.close() };
}
