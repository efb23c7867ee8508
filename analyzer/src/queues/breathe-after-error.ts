import type { Worker } from "bullmq";

const BREATH_MS = 1_000;

/**
 * breatheAfterError lets `worker` rest for a second whenever Redis answers it with an error. It would ask again at once otherwise, thousands of times
 * a second, as long as Redis refuses writes (a full disk, its memory limit).
 */
export function breatheAfterError(worker: Worker, onProblem: (error: Error) => void): void {
  let isResting = false;
  worker.on("error", (error) => {
    if (isResting) return;
    onProblem(error);
    isResting = true;
    worker.pause(true).catch(onProblem);
    setTimeout(() => {
      isResting = false;
      if (worker.closing === undefined) Promise.resolve(worker.resume()).catch(onProblem);
    }, BREATH_MS).unref();
  });
}
