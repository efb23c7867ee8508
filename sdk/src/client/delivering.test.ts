import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { acceptAll, answerOf, bodyOf, createFakeRuntime, eventsOf } from "../testing/fake-runtime.ts";
import { createLeeway } from "./create-leeway.ts";
import type { LeewayOptions } from "./options.ts";
import type { Problem } from "./problem.ts";
import type { EventCounts, LeewayStats } from "./stats.ts";

const OPTIONS: LeewayOptions = {
  url: "http://127.0.0.1:4700/",
  apiKey: "lw_key",
  model: "delays",
  version: "1",
};
const EVENT = { features: { distance: 733 }, prediction: { score: 0.2 } };

function openCount({ recorded, recovered, ...fates }: EventCounts): number {
  return recorded + recovered - Object.values(fates).reduce((sum, count) => sum + count, 0);
}

function expectConservation(stats: LeewayStats): void {
  expect(openCount(stats.predictions) + openCount(stats.labels) + openCount(stats.samples)).toBe(
    stats.buffered,
  );
}

describe("delivery by createLeeway", () => {
  it("sends a full batch at once, without waiting for the interval", async () => {
    const runtime = createFakeRuntime();
    const leeway = createLeeway({ ...OPTIONS, batchSize: 3 }, runtime);
    for (let n = 0; n < 4; n++) leeway.predict(EVENT);
    await runtime.advance(0);
    expect(runtime.requests.map((request) => eventsOf(request).length)).toEqual([3]);
    await runtime.advance(1_000);
    expect(runtime.requests.map((request) => eventsOf(request).length)).toEqual([3, 1]);
  });

  it("retries with the same batch id and body until the server answers, and counts the events once", async () => {
    const runtime = createFakeRuntime((request, attempt) =>
      attempt < 4 ? answerOf(503) : acceptAll(request),
    );
    const leeway = createLeeway(OPTIONS, runtime);
    leeway.predict(EVENT);
    await runtime.advance(20_000);
    expect(runtime.requests).toHaveLength(4);
    expect(new Set(runtime.requests.map((request) => request.body)).size).toBe(1);
    expect(bodyOf(runtime.requests[0]).batch_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(leeway.stats()).toMatchObject({ retries: 3, circuit: "closed", predictions: { accepted: 1 } });
  });

  it("waits at least as long as Retry-After asks", async () => {
    const runtime = createFakeRuntime((request, attempt) =>
      attempt === 1 ? answerOf(429, {}, "60") : acceptAll(request),
    );
    const leeway = createLeeway(OPTIONS, runtime);
    leeway.predict(EVENT);
    await runtime.advance(60_999);
    expect(runtime.requests).toHaveLength(1);
    await runtime.advance(1_000);
    expect(runtime.requests).toHaveLength(2);
    expect(leeway.stats().predictions.accepted).toBe(1);
  });

  it("sends one probe at a time while the server is failing", async () => {
    let inFlight = 0;
    let most = 0;
    const runtime = createFakeRuntime(async (_request, attempt) => {
      inFlight++;
      most = attempt > 4 ? Math.max(most, inFlight) : most;
      await Promise.resolve();
      inFlight--;
      return answerOf(500);
    });
    const leeway = createLeeway({ ...OPTIONS, batchSize: 1, concurrency: 4 }, runtime);
    for (let n = 0; n < 50; n++) leeway.predict(EVENT);
    await runtime.advance(60_000);
    expect(most).toBe(1);
    expect(runtime.requests.length).toBeLessThan(30);
    expect(leeway.stats().circuit).toBe("open");
  });

  it.each(["drop_oldest", "drop_newest"] as const)(
    "bounds the buffer by %s and counts every drop",
    async (dropPolicy) => {
      const runtime = createFakeRuntime();
      const leeway = createLeeway({ ...OPTIONS, bufferCapacity: 10, dropPolicy }, runtime);
      for (let n = 0; n < 25; n++) leeway.predict({ features: { n }, prediction: { value: n } });
      await runtime.advance(1_000);
      const kept = eventsOf(runtime.requests[0]).map((event) => (event["features"] as { n: number }).n);
      const first = dropPolicy === "drop_oldest" ? 15 : 0;
      expect(kept).toEqual(Array.from({ length: 10 }, (_, n) => first + n));
      expect(leeway.stats().predictions).toMatchObject({ recorded: 25, accepted: 10, dropped: 15 });
      await runtime.advance(16_000);
      expect(eventsOf(runtime.requests.at(-1))).toMatchObject([
        { metric: "leeway_sdk_dropped_events", kind: "counter", unit: "1", value: 15, replica: "replica-1" },
      ]);
    },
  );

  it("halves a batch the server finds too large until it fits, and gives up only the single event that never does", async () => {
    const runtime = createFakeRuntime((request) => {
      const events = eventsOf(request);
      const isTooLarge =
        events.length > 2 || (events.length === 1 && JSON.stringify(events).includes("huge"));
      return isTooLarge || JSON.stringify(events).includes("huge") ? answerOf(413) : acceptAll(request);
    });
    const leeway = createLeeway(OPTIONS, runtime);
    for (let n = 0; n < 7; n++) {
      leeway.predict({ features: { text: n === 3 ? "huge" : "small" }, prediction: { value: n } });
    }
    await runtime.advance(1_000);
    expect(leeway.stats().predictions).toMatchObject({ accepted: 6, failed: 1 });
    expectConservation(leeway.stats());
    expect(new Set(runtime.requests.map((request) => bodyOf(request).batch_id)).size).toBe(
      runtime.requests.length,
    );
  });

  it("compresses what goes over the network, small bodies and this machine aside, and can still halve it", async () => {
    const unpack = (body: unknown) =>
      JSON.parse(gunzipSync(body as Uint8Array).toString()) as { predictions: object[] };
    const runtime = createFakeRuntime((request) => {
      if (request.headers["content-encoding"] !== "gzip") return acceptAll(request);
      const { length } = unpack(request.body).predictions;
      return length > 10 ? answerOf(413) : answerOf(200, { accepted: length });
    });
    const leeway = createLeeway({ ...OPTIONS, url: "https://leeway.example" }, runtime);
    leeway.predict(EVENT);
    await leeway.flush();
    expect(runtime.requests[0]?.headers["content-encoding"]).toBeUndefined();
    for (let n = 0; n < 20; n++)
      leeway.predict({ features: { text: "x".repeat(200) }, prediction: { value: n } });
    await leeway.flush();
    const whole = runtime.requests[1];
    expect(unpack(whole?.body).predictions).toHaveLength(20);
    expect(whole?.body.length).toBeLessThan(1_000);
    expect(leeway.stats().predictions).toMatchObject({ accepted: 21, failed: 0 });

    const local = createFakeRuntime();
    const near = createLeeway(OPTIONS, local);
    for (let n = 0; n < 20; n++)
      near.predict({ features: { text: "x".repeat(200) }, prediction: { value: n } });
    await near.flush();
    expect(local.requests[0]?.headers["content-encoding"]).toBeUndefined();
  });

  it("surfaces a wrong key, doesn't retry the batch and leaves the server alone for a while", async () => {
    const problems: Problem[] = [];
    const runtime = createFakeRuntime(() => answerOf(401, { code: "unauthorized" }));
    const leeway = createLeeway({ ...OPTIONS, onError: (problem) => problems.push(problem) }, runtime);
    leeway.predict(EVENT);
    await runtime.advance(1_000);
    leeway.predict(EVENT);
    await runtime.advance(20_000);
    expect(runtime.requests).toHaveLength(1);
    expect(problems).toEqual([{ kind: "misconfigured", message: "HTTP 401 unauthorized", count: 1 }]);
    await runtime.advance(20_000);
    expect(runtime.requests).toHaveLength(2);
    expect(leeway.stats().predictions.failed).toBe(2);
  });

  it.each([
    [400, "refused"],
    [422, "refused"],
    [409, "conflict"],
  ] as const)("gives up a batch answered with %i and reports it as %s", async (status, kind) => {
    const problems: Problem[] = [];
    const runtime = createFakeRuntime((request, attempt) =>
      attempt === 1 ? answerOf(status) : acceptAll(request),
    );
    const leeway = createLeeway({ ...OPTIONS, onError: (problem) => problems.push(problem) }, runtime);
    leeway.predict(EVENT);
    await runtime.advance(1_000);
    leeway.predict(EVENT);
    await runtime.advance(1_000);
    expect(problems.map((problem) => problem.kind)).toEqual([kind]);
    expect(leeway.stats().predictions).toMatchObject({ failed: 1, accepted: 1 });
  });

  it("counts events the server rejects one by one, and tells why", async () => {
    const problems: Problem[] = [];
    const rejected = [{ index: 1, code: "invalid_score", message: "score: expected 0 to 1" }];
    const runtime = createFakeRuntime(() => answerOf(200, { accepted: 1, duplicate: 1, rejected }));
    const leeway = createLeeway({ ...OPTIONS, onError: (problem) => problems.push(problem) }, runtime);
    for (let n = 0; n < 3; n++) leeway.predict(EVENT);
    await runtime.advance(1_000);
    expect(leeway.stats().predictions).toMatchObject({ recorded: 3, accepted: 1, duplicate: 1, rejected: 1 });
    expect(problems).toMatchObject([{ kind: "rejected", count: 1 }]);
  });

  it("does not take a friendly answer that isn't ingest's for a delivery", async () => {
    const runtime = createFakeRuntime((request, attempt) =>
      attempt === 1
        ? { status: 200, retryAfter: null, body: "<html>captive portal</html>" }
        : acceptAll(request),
    );
    const leeway = createLeeway(OPTIONS, runtime);
    leeway.predict(EVENT);
    await runtime.advance(5_000);
    expect(runtime.requests).toHaveLength(2);
    expect(leeway.stats().predictions.accepted).toBe(1);
  });

  it("flushes what was recorded, and gives up waiting after the time-out", async () => {
    const answering = createFakeRuntime();
    const prompt = createLeeway(OPTIONS, answering);
    prompt.predict(EVENT);
    expect(await prompt.flush()).toBe(true);
    expect(prompt.stats().predictions.accepted).toBe(1);
    expect(answering.keptAlive()).toBe(0);

    const silent = createFakeRuntime(() => new Promise(() => undefined));
    const waiting = createLeeway(OPTIONS, silent);
    waiting.predict(EVENT);
    const flushed = waiting.flush({ timeoutMs: 100 });
    await silent.advance(100);
    expect(await flushed).toBe(false);
    expect(waiting.stats().buffered).toBe(1);
  });

  it("closes by its deadline, counts what is left as dropped, and drops what comes later", async () => {
    const runtime = createFakeRuntime(() => answerOf(503));
    const leeway = createLeeway(OPTIONS, runtime);
    leeway.predict(EVENT);
    leeway.label({ predictionId: "p", value: 1 });
    const closed = leeway.close({ deadlineMs: 50 });
    await runtime.advance(50);
    expect(await closed).toMatchObject({ predictions: { dropped: 1 }, labels: { dropped: 1 }, buffered: 0 });
    leeway.predict(EVENT);
    expect(leeway.stats().predictions).toMatchObject({ recorded: 2, dropped: 2 });
    expect(await leeway.close()).toEqual(await closed);
  });

  it("sends nothing larger than maxBatchBytes when several events make it up", async () => {
    const runtime = createFakeRuntime();
    const leeway = createLeeway({ ...OPTIONS, maxBatchBytes: 4_096 }, runtime);
    for (let n = 0; n < 100; n++)
      leeway.predict({ features: { text: "x".repeat(300) }, prediction: { value: n } });
    await leeway.flush();
    expect(Math.max(...runtime.requests.map((request) => request.body.length))).toBeLessThanOrEqual(4_096);
    expect(leeway.stats().predictions.accepted).toBe(100);
  });

  it("lowers the number of events it buffers when they are large", async () => {
    const runtime = createFakeRuntime(() => new Promise(() => undefined));
    const leeway = createLeeway(
      { ...OPTIONS, batchSize: 10, maxBufferBytes: 100_000, concurrency: 1 },
      runtime,
    );
    for (let n = 0; n < 500; n++) {
      leeway.predict({ features: { text: "x".repeat(10_000) }, prediction: { value: n } });
      await runtime.advance(0);
    }
    expect(leeway.stats().buffered).toBeLessThanOrEqual(10 + 10);
    expectConservation(leeway.stats());
  });
});
