import { randomUUID } from "node:crypto";
import { judgeRange } from "@leeway/core/evaluation";
import { QUEUE_NAMES } from "@leeway/core/queue";
import { Queue, QueueEvents } from "bullmq";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createModelLease } from "../../../analyzer/src/queues/model-lease.ts";
import { startWorkers, type Workers } from "../../../analyzer/src/queues/start-workers.ts";
import type { WorkPlan } from "../../../analyzer/src/reconcile/work-plan.ts";
import { patience } from "../../machine/patience.ts";
import { startRedis, type TestRedis } from "./start-redis.ts";

let redis: TestRedis;
let workers: Workers | undefined;
const emptyResult = {
  windows: 0,
  ...judgeRange({ alarms: 0, verdicts: [], kinds: [] }),
  alarms: [],
};

beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  await workers?.close();
  workers = undefined;
  await redis.client.flushall();
});
afterAll(() => redis.stop());

describe("the queues", () => {
  it("go on ticking after Redis was emptied", async () => {
    let ticks = 0;
    workers = await start({
      plan: async () => {
        ticks += 1;
        return { evaluate: [], deliver: [] };
      },
    });
    await vi.waitFor(() => expect(ticks).toBeGreaterThan(1), patience(10_000));
    await redis.client.flushall();
    const before = ticks;
    await vi.waitFor(() => expect(ticks).toBeGreaterThan(before + 2), patience(20_000));
  });

  it("run one pass over a model at a time, and passes over other models beside it", async () => {
    const running = new Map<string, number>();
    const seen = { most: 0, mostOfOneModel: 0, passes: 0 };
    workers = await start({
      plan: async () => ({
        evaluate: ["a", "b"].map((model) => ({ project: "default", model })),
        deliver: [],
      }),
      evaluate: async ({ model }) => {
        running.set(model, (running.get(model) ?? 0) + 1);
        seen.mostOfOneModel = Math.max(seen.mostOfOneModel, ...running.values());
        seen.most = Math.max(
          seen.most,
          [...running.values()].reduce((sum, n) => sum + n, 0),
        );
        await new Promise((resolve) => setTimeout(resolve, 300));
        running.set(model, running.get(model)! - 1);
        seen.passes += 1;
        return { result: emptyResult, deliver: [], isComplete: true };
      },
    });
    // A range job of the API has another id than the scheduled pass; the lease keeps them apart.
    const queue = new Queue(QUEUE_NAMES.evaluate, { connection: { url: redis.url } });
    const range = { from: 0, to: 1, raise: false };
    await queue.addBulk(
      [1, 2].map(() => ({ name: "evaluate", data: { project: "default", model: "a", range } })),
    );
    await vi.waitFor(() => expect(seen.passes).toBeGreaterThan(5), patience(20_000));
    await queue.close();
    expect(seen.mostOfOneModel).toBe(1);
    expect(seen.most).toBe(2);
  });

  it("answer whoever waits for a range job", async () => {
    const result = { ...emptyResult, windows: 3 };
    workers = await start({ evaluate: async () => ({ result, deliver: [], isComplete: true }) });
    const queue = new Queue(QUEUE_NAMES.evaluate, { connection: { url: redis.url } });
    const events = new QueueEvents(QUEUE_NAMES.evaluate, { connection: { url: redis.url } });
    await events.waitUntilReady();
    const job = await queue.add("evaluate", {
      project: "default",
      model: "a",
      range: { from: 0, to: 1, raise: false },
    });
    expect(await job.waitUntilFinished(events, patience(10_000))).toEqual(result);
    await events.close();
    await queue.close();
  });

  it("look at a notification again after the pause that its delivery asks for, however often it is queued", async () => {
    const attempts: number[] = [];
    let plan: WorkPlan = { evaluate: [], deliver: [{ project: "default", notification_id: "n:1" }] };
    workers = await start({
      plan: async () => plan,
      deliver: async () => {
        attempts.push(Date.now());
        if (attempts.length === 1) return { outcome: "later", delayMs: 1_500, reason: "503" };
        plan = { evaluate: [], deliver: [] };
        return { outcome: "done", status: "sent" };
      },
    });
    await vi.waitFor(() => expect(attempts.length).toBe(2), patience(10_000));
    expect(attempts[1]! - attempts[0]!).toBeGreaterThanOrEqual(1_450);
  });

  it("send a notification once, under whatever job ids it was queued", async () => {
    let sending = 0;
    let most = 0;
    let calls = 0;
    workers = await start({
      deliver: async () => {
        sending += 1;
        calls += 1;
        most = Math.max(most, sending);
        await new Promise((resolve) => setTimeout(resolve, 300));
        sending -= 1;
        return { outcome: "done", status: "sent" };
      },
    });
    const queue = new Queue(QUEUE_NAMES.deliver, { connection: { url: redis.url } });
    const data = { project: "default", notification_id: "test-1" };
    await queue.addBulk(["test-1", "another"].map((jobId) => ({ name: "deliver", data, opts: { jobId } })));
    await vi.waitFor(() => expect(calls).toBe(2), patience(10_000));
    await queue.close();
    expect(most).toBe(1);
  });

  it("try a failed pass again at the next tick", async () => {
    let calls = 0;
    const problems: string[] = [];
    workers = await start({
      plan: async () => ({ evaluate: [{ project: "default", model: "a" }], deliver: [] }),
      evaluate: async () => {
        calls += 1;
        if (calls === 1) throw new Error("the store is away");
        return { result: emptyResult, deliver: [], isComplete: true };
      },
      onProblem: (_where, error) => problems.push(error.message),
    });
    await vi.waitFor(() => expect(calls).toBeGreaterThan(1), patience(10_000));
    expect(problems).toContain("the store is away");
  });
});

function start(deps: Partial<Parameters<typeof startWorkers>[0]>): Promise<Workers> {
  return startWorkers({
    redisUrl: redis.url,
    tickMs: 200,
    concurrency: 4,
    lease: createModelLease(redis.client, randomUUID, () => undefined),
    plan: async () => ({ evaluate: [], deliver: [] }),
    evaluate: async () => ({ result: emptyResult, deliver: [], isComplete: true }),
    deliver: async () => ({ outcome: "done", status: "sent" }),
    now: Date.now,
    onProblem: () => undefined,
    ...deps,
  });
}
