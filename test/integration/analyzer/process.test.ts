import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Incident } from "@leeway/core/records";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "../../machine/free-port.ts";
import { patience } from "../../machine/patience.ts";
import { startRedis, type TestRedis } from "./start-redis.ts";
import { insertTraffic, type TrafficPlan } from "./synthetic-traffic.ts";

const DAY = 86_400_000;
const ROOT = join(import.meta.dirname, "../../..");
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
let redis: TestRedis;
let database: TestDatabase;
let receiver: Server;
let told: { id: string; type: string; incident: Incident }[] = [];
let analyzer: ChildProcess | undefined;
let metricsPort: number;

const plan: TrafficPlan = {
  model: "flights",
  version: "1",
  from: Math.floor(Date.now() / DAY) * DAY - 40 * DAY,
  days: 20,
  rowsPerDay: 500,
  seed: 3,
  receivedAt: Date.now(),
  truth: (score, day) => (day >= 13 ? Math.min(1, score * 1.8) : score),
};

beforeAll(async () => {
  metricsPort = await freePort();
  [redis, database] = await Promise.all([startRedis(), createTestDatabase()]);
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const { type, data } = JSON.parse(body);
      told.push({ id: String(request.headers["webhook-id"]), type, incident: data.incident });
      response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address() as AddressInfo;
  await database.store.records.channel.put(
    "default",
    "hook",
    {
      id: "hook",
      name: "hook",
      kind: "webhook",
      enabled: true,
      created_at: 1,
      url: `http://127.0.0.1:${port}/`,
      secret: SECRET,
    },
    "test",
  );
});
afterAll(async () => {
  await stopAnalyzer("SIGKILL");
  receiver.close();
  await Promise.all([redis.stop(), database.close()]);
});

describe("the analyzer's process", () => {
  it("tells of concept drift once, and a killed and restarted one repeats nothing", async () => {
    await insertTraffic(database.store, { ...plan, receivedAt: Date.now() });
    startAnalyzer();
    const fired = () => told.filter(({ type }) => type === "incident.fired");
    await vi.waitFor(() => expect(fired().length).toBe(1), { timeout: patience(60_000), interval: 200 });
    expect(told[0]).toMatchObject({
      type: "incident.fired",
      incident: { cause: "concept_drift", model: "flights" },
    });
    // Later windows of the same pass may bring new evidence, which is one update more.
    await passes(1);
    await vi.waitFor(
      async () => {
        const statuses = (await notifications()).map(({ status }) => status);
        expect(new Set(statuses)).toEqual(new Set(["sent"]));
        expect(told.length).toBe(statuses.length);
      },
      { timeout: patience(20_000), interval: 200 },
    );
    const before = await verdicts();
    const toldBefore = told.length;
    await stopAnalyzer("SIGKILL");
    startAnalyzer();
    await passes(1);
    expect([fired().length, told.length]).toEqual([1, toldBefore]);
    expect((await verdicts()).filter(isOld(before))).toEqual(before);
  });

  it("loses no verdict and no notification when Redis is emptied", async () => {
    if (analyzer === undefined) startAnalyzer();
    await passes(1);
    told = [];
    await redis.client.flushall();
    // The cause goes away: the incident must resolve by itself, which takes verdicts on windows that came after the queues were emptied.
    await insertTraffic(database.store, {
      ...plan,
      from: plan.from + 20 * DAY,
      days: 15,
      seed: 4,
      version: "1",
      model: "flights",
      truth: (score) => score,
      receivedAt: Date.now(),
      idPrefix: "later",
    });
    await vi.waitFor(() => expect(told.map(({ type }) => type)).toContain("incident.resolved"), {
      timeout: patience(60_000),
      interval: 200,
    });
    const performance = async () => (await verdicts()).filter(({ kind }) => kind === "performance");
    await vi.waitFor(async () => expect((await performance()).length).toBeGreaterThanOrEqual(34), {
      timeout: patience(60_000),
      interval: 500,
    });
    const windows = await performance();
    expect(new Set(windows.map(({ window_start }) => window_start)).size).toBe(windows.length);
  });

  it("ends by itself when asked to", async () => {
    if (analyzer === undefined) startAnalyzer();
    await passes(1);
    const child = analyzer!;
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    analyzer = undefined;
  });
});

function startAnalyzer(): void {
  analyzer = spawn(process.execPath, ["--import", "tsx", join(ROOT, "analyzer/src/main.ts")], {
    cwd: ROOT,
    env: {
      ...process.env,
      CLICKHOUSE_URL: database.url,
      CLICKHOUSE_DATABASE: database.database,
      REDIS_URL: redis.url,
      LEEWAY_TICK_SECONDS: "1",
      LEEWAY_IDLE_SECONDS: "3600",
      LEEWAY_ANALYZER_PORT: String(metricsPort),
      LEEWAY_ALLOW_PRIVATE_WEBHOOKS: "127.0.0.1",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function stopAnalyzer(signal: NodeJS.Signals): Promise<void> {
  const child = analyzer;
  analyzer = undefined;
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

// A pass over the one model has ended as often as the analyzer says on its own metrics page.
async function passes(count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
      const done = /leeway_analyzer_passes_total (\d+)/.exec(await answer.text());
      expect(Number(done?.[1] ?? 0)).toBeGreaterThanOrEqual(count);
    },
    { timeout: patience(60_000), interval: 200 },
  );
}

function notifications() {
  return database.store.records.notification.list("default");
}

function verdicts() {
  return database.store.evaluations.list("default", { model: "flights", from: 0, to: Date.now() * 2 });
}

function isOld(before: Awaited<ReturnType<typeof verdicts>>) {
  const known = new Set(before.map((one) => JSON.stringify([one.monitor_id, one.window_start])));
  return (one: (typeof before)[number]) => known.has(JSON.stringify([one.monitor_id, one.window_start]));
}
