import type { Job, Queue, QueueEvents } from "bullmq";
import { describe, expect, it } from "vitest";
import { awaitJob } from "./await-job.ts";

const forever = () => new Promise<never>(() => undefined);
const events = {} as QueueEvents;
const queueOf = (...workers: number[]) => {
  let looks = 0;
  const getWorkersCount = async () => workers[Math.min(looks++, workers.length - 1)] ?? 0;
  return { queue: { getWorkersCount } as Pick<Queue, "getWorkersCount">, looks: () => looks };
};
const jobOf = (state: string, waitUntilFinished: () => Promise<unknown>) => {
  const removed: string[] = [];
  const job = { waitUntilFinished, getState: async () => state, remove: async () => removed.push("removed") };
  return { job: job as unknown as Job, removed };
};
const patience = { patienceMs: 60_000, stopping: new AbortController().signal, lookMs: 1 };

describe("waiting for a job", () => {
  it("ends with its result, or with what became of it", async () => {
    const { queue } = queueOf(1);
    const done = jobOf("completed", async () => ({ windows: 3 })).job;
    expect(await awaitJob(done, queue, events, patience)).toEqual({ windows: 3 });
    const fail = () => Promise.reject(new Error("no such model"));
    const failed = awaitJob(jobOf("failed", fail).job, queue, events, patience);
    await expect(failed).rejects.toMatchObject({ code: "evaluation_failed", message: "no such model" });
    const late = awaitJob(jobOf("active", fail).job, queue, events, patience);
    await expect(late).rejects.toMatchObject({ code: "timeout" });
  });

  it("ends soon where no analyzer runs, and takes the job back", async () => {
    const { job, removed } = jobOf("waiting", forever);
    const { queue, looks } = queueOf(0);
    await expect(awaitJob(job, queue, events, patience)).rejects.toMatchObject({
      ...{ code: "store_unavailable", message: "no analyzer is running that could do this" },
    });
    expect([looks(), removed]).toEqual([4, ["removed"]]);
  });

  it("goes on while an analyzer restarts", async () => {
    let finish: (result: unknown) => void = () => undefined;
    const { job } = jobOf("waiting", () => new Promise((resolve) => (finish = resolve)));
    const { queue, looks } = queueOf(0, 0, 0, 1, 0, 0, 0, 1);
    const result = awaitJob(job, queue, events, patience);
    await expect.poll(looks).toBeGreaterThan(8);
    finish("judged");
    expect(await result).toBe("judged");
  });

  it("ends at once where the service stops", async () => {
    const stopping = new AbortController();
    const waited = awaitJob(jobOf("active", forever).job, queueOf(1).queue, events, {
      ...patience,
      stopping: stopping.signal,
    });
    stopping.abort();
    await expect(waited).rejects.toMatchObject({ code: "store_unavailable" });
  });
});
