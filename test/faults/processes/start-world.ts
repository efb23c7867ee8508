import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createStore, type Store } from "@leeway/store";
import { Redis } from "ioredis";
import { freePort } from "../../machine/free-port.ts";
import { createManagedProcess, type ManagedProcess } from "./managed-process.ts";
import { type DataFolder, mountDataFolder } from "./memory-disk.ts";
import { untilTrue } from "./until-true.ts";

/** The key every sender uses. */
export const API_KEY = "lw_a-key-for-the-fault-harness";

/** World is the whole service as real processes, and the judge's own way to its database. */
export interface World {
  url: string;
  analyzerUrl: string;
  folder: DataFolder;
  engine: ManagedProcess;
  redis: ManagedProcess;
  ingest: ManagedProcess;
  analyzer: ManagedProcess;
  /** The judge's connection; its clock is `judgeAheadMs` ahead. */
  store: Store;
  judgeAheadMs: number;
  /** Starts another ingest replica over the same database, with `env` in place of what it would be started with. */
  startReplica(env?: Readonly<Record<string, string>>): Promise<{ url: string; process: ManagedProcess }>;
  /** With user and password. */
  engineUrl: string;
  /** Sets a server's clock this many milliseconds ahead of the right time. */
  setClock(server: "ingest" | "analyzer", aheadMs: number): void;
  /** Empties Redis while it runs. */
  flushRedis(): Promise<void>;
  /** Sets how much memory Redis may take, in its own notation; "0" is no limit. */
  limitRedis(memory: string): Promise<void>;
  /** Removes what a killed Redis had on disk, so that it starts empty. */
  forgetRedis(): void;
  /** How many passes the analyzer that runs now has made. */
  passes(): Promise<number>;
  stop(): Promise<void>;
}

/** startWorld starts engine, Redis, ingest and analyzer over an empty folder, each a process of its own. */
export async function startWorld(options: { diskMebibytes: number; judgeAheadMs: number }): Promise<World> {
  const folder = mountDataFolder(options.diskMebibytes);
  const enginePort = await freePort();
  const redisPort = await freePort();
  const port = await freePort();
  const analyzerPort = await freePort();
  const data = join(folder.path, "data");
  const redisData = join(data, "redis");
  for (const path of [data, redisData]) mkdirSync(path, { recursive: true });
  const password = randomBytes(16).toString("hex");
  const urls = {
    engine: `http://leeway:${password}@127.0.0.1:${enginePort}`,
    redis: `redis://127.0.0.1:${redisPort}`,
    ingest: `http://127.0.0.1:${port}`,
    analyzer: `http://127.0.0.1:${analyzerPort}`,
  };
  const shared = { LEEWAY_DATA_DIR: data, CLICKHOUSE_URL: urls.engine, REDIS_URL: urls.redis };
  const clockPath = (name: string) => join(folder.path, `${name}.clock`);
  const node = (name: string, main: string, env: Record<string, string>, readyUrl: string) =>
    createManagedProcess({
      name,
      command: process.execPath,
      args: ["--import", "tsx", "--import", "./test/faults/injectors/shifted-clock.ts", main],
      env: { ...shared, LEEWAY_FAULTS_CLOCK: clockPath(name), ...env },
      isReady: async () => (await fetch(readyUrl)).ok,
      logPath: join(folder.path, `${name}.log`),
    });
  const engine = node(
    "engine",
    "store/src/testing/test-engine-main.ts",
    {
      LEEWAY_ENGINE_PORT: String(enginePort),
      LEEWAY_ENGINE_PASSWORD: password,
      UV_THREADPOOL_SIZE: "12",
    },
    `http://127.0.0.1:${enginePort}/ping`,
  );
  const ingestAt = (name: string, at: number, env: Readonly<Record<string, string>> = {}) =>
    node(
      name,
      "ingest/src/main.ts",
      { LEEWAY_PORT: String(at), LEEWAY_BOOTSTRAP_API_KEY: API_KEY, ...env },
      `http://127.0.0.1:${at}/readyz`,
    );
  const ingest = ingestAt("ingest", port);
  const replicas: ManagedProcess[] = [];
  const analyzer = node(
    "analyzer",
    "analyzer/src/main.ts",
    {
      LEEWAY_ANALYZER_PORT: String(analyzerPort),
      // While traffic flows each tick brings a pass over its model: more often than this, passes would be most of the work, and find little.
      LEEWAY_TICK_SECONDS: "3",
      // The traffic is days old and ends: time must not run on by itself after it.
      LEEWAY_IDLE_SECONDS: "7200",
    },
    `${urls.analyzer}/healthz`,
  );
  const client = new Redis(urls.redis, { lazyConnect: true, maxRetriesPerRequest: 1 });
  // Redis is killed on purpose; what a call of ours needs is shown by its own failure.
  client.on("error", () => undefined);
  const redis = createManagedProcess({
    name: "redis",
    command: "redis-server",
    args: [
      ...["--port", String(redisPort), "--bind", "127.0.0.1", "--dir", redisData],
      ...["--appendonly", "yes", "--maxmemory-policy", "noeviction", "--save", ""],
    ],
    env: {},
    isReady: async () => (await client.ping()) === "PONG",
    logPath: join(folder.path, "redis.log"),
  });
  const store = createStore({ url: urls.engine, now: () => Date.now() + options.judgeAheadMs });
  await Promise.all([engine.start(), redis.start()]);
  await ingest.start();
  await analyzer.start();
  return {
    url: urls.ingest,
    analyzerUrl: urls.analyzer,
    engineUrl: urls.engine,
    folder,
    engine,
    redis,
    ingest,
    analyzer,
    store,
    judgeAheadMs: options.judgeAheadMs,
    async startReplica(env) {
      const replicaPort = await freePort();
      const process = ingestAt(`ingest-${replicas.length + 2}`, replicaPort, env);
      replicas.push(process);
      await process.start();
      return { url: `http://127.0.0.1:${replicaPort}`, process };
    },
    setClock: (server, aheadMs) => writeFileSync(clockPath(server), String(aheadMs)),
    async flushRedis() {
      await client.flushall();
    },
    async limitRedis(memory) {
      await client.config("SET", "maxmemory", memory);
    },
    forgetRedis() {
      rmSync(redisData, { recursive: true, force: true });
      mkdirSync(redisData);
    },
    async passes() {
      const page = await (await fetch(`${urls.analyzer}/metrics`)).text();
      return Number(/leeway_analyzer_passes_total (\d+)/.exec(page)?.[1] ?? 0);
    },
    async stop() {
      client.disconnect();
      await store.close();
      for (const process of [analyzer, ingest, ...replicas, redis, engine]) await process.kill();
      folder.remove();
    },
  };
}

/** restart starts a killed process again and returns how long it took to get ready, milliseconds. */
export async function restart(process: ManagedProcess): Promise<number> {
  const startedAt = Date.now();
  await process.start();
  return Date.now() - startedAt;
}

/** untilJudging resolves once the analyzer has made `more` passes beyond `since`. */
export async function untilJudging(world: World, since: number, more = 1): Promise<number> {
  return untilTrue(async () => (await world.passes()) >= since + more, "a pass of the analyzer");
}
