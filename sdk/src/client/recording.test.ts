import { describe, expect, it } from "vitest";
import { answerOf, createFakeRuntime, eventsOf } from "../testing/fake-runtime.ts";
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

describe("recording with createLeeway", () => {
  it("sends a prediction and its label within the flush interval, in the wire's words", async () => {
    const runtime = createFakeRuntime();
    const leeway = createLeeway({ ...OPTIONS, environment: "staging" }, runtime);
    const id = leeway.predict({
      features: { distance: 733, origin: "SFO", delayed: false, gate: null },
      prediction: { label: "late", score: 0.7, scores: { late: 0.7, punctual: 0.3 } },
      latencyMs: 3.5,
      tags: { region: "west", shard: 7 },
      embeddings: { text: Float32Array.of(1, 2) },
      error: "x".repeat(5_000),
    });
    leeway.label({ predictionId: id, label: true, timestamp: new Date(1_700_000_000_500) });
    expect(runtime.requests).toHaveLength(0);
    await runtime.advance(1_000);

    expect(runtime.requests.map((request) => request.url)).toEqual([
      "http://127.0.0.1:4700/v1/predictions",
      "http://127.0.0.1:4700/v1/labels",
    ]);
    expect(runtime.requests[0]?.headers["authorization"]).toBe("Bearer lw_key");
    expect(eventsOf(runtime.requests[0])).toEqual([
      {
        id,
        timestamp: 1_700_000_000_000,
        model: "delays",
        version: "1",
        environment: "staging",
        features: { distance: 733, origin: "SFO", delayed: false, gate: null },
        prediction: { label: "late", score: 0.7, scores: { late: 0.7, punctual: 0.3 } },
        latency_ms: 3.5,
        error: "x".repeat(2_048),
        tags: { region: "west", shard: "7" },
        embeddings: { text: [1, 2] },
      },
    ]);
    expect(eventsOf(runtime.requests[1])).toEqual([
      { prediction_id: id, model: "delays", label: true, timestamp: 1_700_000_000_500 },
    ]);
    expect(leeway.stats().predictions).toMatchObject({ recorded: 1, accepted: 1 });
  });

  it("keeps the values a prediction was recorded with when the host changes its objects afterwards", async () => {
    const runtime = createFakeRuntime();
    const leeway = createLeeway(OPTIONS, runtime);
    const features = { distance: 1 };
    const prediction = { score: 0.1, scores: { a: 0.1 } };
    const embedding = Float32Array.of(1);
    leeway.predict({ features, prediction, embeddings: { e: embedding } });
    features.distance = 2;
    prediction.scores.a = 0.9;
    embedding[0] = 9;
    await runtime.advance(1_000);
    expect(eventsOf(runtime.requests[0])[0]).toMatchObject({
      features: { distance: 1 },
      prediction: { scores: { a: 0.1 } },
      embeddings: { e: [1] },
    });
  });

  it("never throws, whatever it is given, and reports each mistake once", () => {
    const problems: Problem[] = [];
    const runtime = createFakeRuntime();
    const leeway = createLeeway({ ...OPTIONS, onError: (problem) => problems.push(problem) }, runtime);
    const wrong = [undefined, null, 3, "x", [], {}, { features: null }, { features: {}, prediction: [] }];
    for (const event of [...wrong, ...wrong]) {
      leeway.predict(event as never);
      leeway.label(event as never);
      leeway.telemetry(event as never);
    }
    const features = {
      get distance(): number {
        throw new Error("lazy feature failed");
      },
    };
    expect(leeway.predict({ features, prediction: {} })).toMatch(/^[0-9a-f-]{36}$/);
    expect(leeway.stats()).toMatchObject({
      predictions: { invalid: 17 },
      labels: { invalid: 16 },
      samples: { invalid: 16 },
    });
    expect(new Set(problems.map((problem) => problem.message)).size).toBe(problems.length);
    expectConservation(leeway.stats());
  });

  it("survives an onError that throws", async () => {
    const runtime = createFakeRuntime(() => answerOf(400));
    const leeway = createLeeway(
      {
        ...OPTIONS,
        onError: () => {
          throw new Error("host");
        },
      },
      runtime,
    );
    leeway.predict(EVENT);
    await runtime.advance(1_000);
    expect(leeway.stats().predictions.failed).toBe(1);
    expect(runtime.warnings).toHaveLength(1);
  });

  it("leaves out only the event that JSON can't hold", async () => {
    const runtime = createFakeRuntime();
    const leeway = createLeeway(OPTIONS, runtime);
    leeway.predict(EVENT);
    leeway.predict({ features: { big: 1n as never }, prediction: {} });
    leeway.predict(EVENT);
    await runtime.advance(1_000);
    expect(leeway.stats().predictions).toMatchObject({ accepted: 2, invalid: 1 });
  });

  it("stays silent and harmless without an address or key", async () => {
    const runtime = createFakeRuntime();
    const leeway = createLeeway({} as never, runtime);
    expect(leeway.predict(EVENT)).toMatch(/^[0-9a-f-]{36}$/);
    expect(await leeway.flush()).toBe(true);
    await leeway.close();
    expect(runtime.requests).toHaveLength(0);
    expect(runtime.warnings[0]).toBe("leeway: invalid options: apiKey is missing");
    expect(leeway.stats().predictions).toMatchObject({ recorded: 1, dropped: 1 });
    expect(createLeeway(undefined as never, createFakeRuntime()).predict(EVENT)).toHaveLength(36);
  });

  it("samples predictions and labels alike by id, with weights that add up", async () => {
    const runtime = createFakeRuntime();
    const leeway = createLeeway({ ...OPTIONS, sampleRate: 0.25, bufferCapacity: 10_000 }, runtime);
    for (let n = 0; n < 4_000; n++) {
      leeway.label({ predictionId: leeway.predict({ ...EVENT, id: `p-${n}` }), value: 1 });
    }
    await leeway.flush();
    const sent = runtime.requests.flatMap((request) => eventsOf(request));
    const ids = new Set(sent.filter((event) => "features" in event).map((event) => event["id"]));
    const labelled = new Set(
      sent.filter((event) => "prediction_id" in event).map((event) => event["prediction_id"]),
    );
    expect(labelled).toEqual(ids);
    expect(sent.find((event) => "features" in event)?.["weight"]).toBe(4);
    expect(Math.abs(ids.size * 4 - 4_000)).toBeLessThan(400);
    expect(leeway.stats().predictions.sampledOut).toBe(4_000 - ids.size);
  });

  it("observes a call: answer, latency and error are recorded, the error is thrown on", async () => {
    const runtime = createFakeRuntime();
    const leeway = createLeeway(OPTIONS, runtime);
    const answer = await leeway.observe({ x: 1 }, () => ({ score: 0.4, internals: "not sent" }));
    expect(answer.internals).toBe("not sent");
    expect(
      await leeway.observe(
        { x: 2 },
        async () => 41,
        (value) => ({ value }),
      ),
    ).toBe(41);
    const failing = leeway.observe({ x: 3 }, () => {
      throw new Error("no model");
    });
    await expect(failing).rejects.toThrow("no model");
    await runtime.advance(1_000);
    expect(eventsOf(runtime.requests[0])).toMatchObject([
      { features: { x: 1 }, prediction: { score: 0.4 }, latency_ms: 0 },
      { features: { x: 2 }, prediction: { value: 41 } },
      { features: { x: 3 }, prediction: {}, error: "Error: no model" },
    ]);
    expect(eventsOf(runtime.requests[0])[0]?.["prediction"]).toEqual({ score: 0.4 });
  });

  it("knows the request's prediction inside run, also after awaiting", async () => {
    const runtime = createFakeRuntime();
    const leeway = createLeeway(OPTIONS, runtime);
    const serve = (id: string | undefined) =>
      leeway.run(id, async () => {
        const predicted = leeway.predict(EVENT);
        await Promise.resolve();
        leeway.label({ value: 1 });
        return [predicted, leeway.currentPredictionId()];
      });
    const [given, made] = await Promise.all([serve("request-1"), serve(undefined)]);
    expect(given).toEqual(["request-1", "request-1"]);
    expect(made?.[0]).toBe(made?.[1]);
    expect(leeway.currentPredictionId()).toBeUndefined();
    await runtime.advance(1_000);
    expect(
      eventsOf(runtime.requests[1])
        .map((label) => label["prediction_id"])
        .sort(),
    ).toEqual(["request-1", made?.[0]].sort());
  });
});
