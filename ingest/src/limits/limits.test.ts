import { describe, expect, it } from "vitest";
import { createEventLimiter } from "./event-limiter.ts";
import { createRedisCounter, type SharedCounter } from "./shared-counter.ts";
import { createStoreGate } from "./store-gate.ts";

const NOON = Date.UTC(2026, 0, 15, 12);

function counter(): SharedCounter & { totals: Map<string, number> } {
  const totals = new Map<string, number>();
  return {
    totals,
    async add(key, amount) {
      totals.set(key, (totals.get(key) ?? 0) + amount);
      return totals.get(key);
    },
  };
}

describe("the event limiter", () => {
  it("lets a burst of two seconds pass, then the rate, and says when to come back", async () => {
    let time = NOON;
    const limiter = createEventLimiter({
      eventsPerSecond: 100,
      eventsPerDay: undefined,
      shared: undefined,
      now: () => time,
    });
    await limiter.take("p", 200);
    await expect(limiter.take("p", 50)).rejects.toMatchObject({ code: "rate_limited", retryAfterSeconds: 1 });
    expect(() => limiter.check("p")).toThrow();
    expect(() => limiter.check("other")).not.toThrow();
    time += 500;
    await limiter.take("p", 50);
  });

  it("lets a batch larger than the bucket pass when the bucket is full", async () => {
    let time = NOON;
    const limiter = createEventLimiter({
      eventsPerSecond: 10,
      eventsPerDay: undefined,
      shared: undefined,
      now: () => time,
    });
    await limiter.take("p", 500);
    time += 10_000;
    await expect(limiter.take("p", 1)).rejects.toMatchObject({ code: "rate_limited" });
    time += 50_000;
    await limiter.take("p", 1);
  });

  it("counts the rate over replicas where it can", async () => {
    const shared = counter();
    const create = () =>
      createEventLimiter({ eventsPerSecond: 100, eventsPerDay: undefined, shared, now: () => NOON });
    await create().take("p", 200);
    await expect(create().take("p", 1)).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("holds the daily quota over replicas and over an emptied counter, until midnight", async () => {
    const shared = counter();
    let time = NOON;
    const create = () =>
      createEventLimiter({ eventsPerSecond: undefined, eventsPerDay: 1_000, shared, now: () => time });
    const [first, second] = [create(), create()];
    await first.take("p", 600);
    await second.take("p", 400);
    await expect(second.take("p", 1)).rejects.toMatchObject({
      code: "quota_exceeded",
      retryAfterSeconds: 43_200,
    });
    shared.totals.clear();
    await first.take("p", 1);
    expect([...shared.totals.values()]).toEqual([601]);
    await expect(first.take("p", 400)).rejects.toMatchObject({ code: "quota_exceeded" });
    time += 43_200_000;
    await second.take("p", 900);
  });

  it("goes on without Redis", async () => {
    const silent = createRedisCounter(
      { incrby: () => new Promise(() => undefined), expire: async () => 1 },
      5,
    );
    expect(await silent.add("k", 1, 1)).toBeUndefined();
    const broken = createRedisCounter({
      incrby: () => Promise.reject(new Error("away")),
      expire: async () => 1,
    });
    expect(await broken.add("k", 1, 1)).toBeUndefined();
  });
});

describe("the store gate", () => {
  it("stays shut until the store answers again, and opens by itself", async () => {
    let answers = false;
    let asked = 0;
    const ping = async () => {
      asked++;
      return answers;
    };
    const gate = createStoreGate({ ping, probeMs: 5 });
    gate.check();
    gate.shut();
    expect(() => gate.check()).toThrowError(expect.objectContaining({ code: "store_unavailable" }));
    await expect.poll(() => asked).toBeGreaterThan(2);
    expect(gate.isOpen).toBe(false);
    answers = true;
    await expect.poll(() => gate.isOpen).toBe(true);
    gate.close();
  });
});
