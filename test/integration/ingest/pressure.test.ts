import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prediction, send } from "./send.ts";
import { type TestProcess, untilTrue } from "./start-process.ts";
import { type IngestServices, startIngest, startIngestServices } from "./start-services.ts";

let services: IngestServices;
let url: string;

beforeAll(async () => {
  services = await startIngestServices({
    LEEWAY_MAX_PENDING_BYTES: String(4 * 1024 * 1024),
  });
  url = `${services.url}/v1/predictions`;
});

afterAll(async () => {
  await services?.stop();
});

const batchOf = (name: string, count: number) =>
  JSON.stringify({
    predictions: Array.from({ length: count }, (_unused, index) => prediction(`${name}-${index}`)),
  });

async function storedCount(prefix = ""): Promise<number> {
  const { client } = services.database.store;
  const result = await client.query({
    query: `SELECT count() AS n FROM predictions FINAL WHERE startsWith(id, '${prefix}')`,
    format: "JSONEachRow",
  });
  const [row] = await result.json<{ n: string | number }>();
  return Number(row?.n);
}

describe("while the store is frozen", () => {
  it("new requests are asked to come back before memory grows, health answers, and all recovers by itself", async () => {
    await send(url, batchOf("before", 10));
    const engine = services.database.engine.process;
    engine.kill("SIGSTOP");
    const waiting: Promise<{ status: number }>[] = [];
    try {
      for (let turn = 0; turn < 40; turn++) waiting.push(send(url, batchOf(`frozen-${turn}`, 1_000)));
      await sleep(1_500);
      const refused = await send(url, batchOf("late", 1_000));
      // On a slow machine the first insert's patience may be over already, and the gate be shut.
      expect(refused.status).toBe(503);
      expect(refused.body.code).toMatch(/^store_(overloaded|unavailable)$/);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await fetch(`${services.url}/healthz`)).status).toBe(200);
      const metrics = await (await fetch(`${services.url}/metrics`)).text();
      const pending = Number(/leeway_ingest_pending_bytes (\d+)/.exec(metrics)?.[1]);
      expect(pending).toBeLessThanOrEqual(4.5 * 1024 * 1024);
      // The requests that wait are answered 503 once the insert's patience is over.
      const answers = await Promise.all(waiting);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
      const shut = await send(url, batchOf("shut", 1));
      expect([shut.status, shut.body.code]).toEqual([503, "store_unavailable"]);
      expect((await fetch(`${services.url}/readyz`)).status).toBe(503);
    } finally {
      engine.kill("SIGCONT");
    }
    await untilTrue(async () => (await send(url, batchOf("after", 10))).status === 200, "recovery");
    await untilTrue(async () => (await fetch(`${services.url}/readyz`)).ok, "readiness");
    // What was refused is sent again, as a client would: it counts once, whether or not the frozen inserts landed after all.
    for (let turn = 0; turn < 40; turn++) {
      const text = batchOf(`frozen-${turn}`, 1_000);
      await untilTrue(async () => (await send(url, text)).status === 200, "a refused batch is taken");
    }
    expect(await storedCount("frozen-")).toBe(40_000);
  });
});

describe("limits of a project", () => {
  let limited: { url: string; process: TestProcess };

  beforeAll(async () => {
    limited = await startIngest({
      ...services.env,
      LEEWAY_RATE_LIMIT_EVENTS_PER_SECOND: "1000",
      LEEWAY_QUOTA_EVENTS_PER_DAY: "10000",
    });
  });

  afterAll(() => limited.process.end());

  it("hold the rate with 429 and when to come back", async () => {
    const batches = Array.from({ length: 6 }, (_unused, turn) => batchOf(`rate-${turn}`, 900));
    const answers = await Promise.all(batches.map((text) => send(`${limited.url}/v1/predictions`, text)));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.code).toBe("rate_limited");
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("hold the daily quota, also when Redis has gone", async () => {
    const sendSome = (turn: number) => send(`${limited.url}/v1/predictions`, batchOf(`quota-${turn}`, 1_000));
    await untilTrue(async () => (await sendSome(0)).body.code === "quota_exceeded", "the quota's end");
    await services.redis.end("SIGKILL");
    // The rate may refuse first; nothing may pass.
    await untilTrue(async () => {
      const { status, body } = await sendSome(1);
      expect(status).toBe(429);
      return body.code === "quota_exceeded";
    }, "the quota still holds");
  });
});

describe("stopping", () => {
  it("takes nothing new, and answers and stores what was taken", async () => {
    const before = await storedCount();
    const sent = send(`${services.url}/v1/predictions`, batchOf("last", 3)).catch(() => undefined);
    await services.ingest.end("SIGTERM");
    const answer = await sent;
    const stored = (await storedCount()) - before;
    expect(stored).toBe(answer?.status === 200 ? 3 : 0);
  });
});
