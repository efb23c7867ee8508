import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { INGEST_ARGUMENTS } from "../../../scripts/services/ingest-arguments.ts";
import { freePort } from "../../machine/free-port.ts";
import { startProcess, type TestProcess, untilTrue } from "./start-process.ts";

/** A machine that is busy with other tests compiles ingest slowly. */
const START_PATIENCE_MS = 90_000;

/** The key that the test service is started with. */
export const API_KEY = "lw_a-bootstrap-key-for-tests";

const REDIS_PASSWORD = "a-redis-password-for-tests";

/** startRedis starts an empty Redis that keeps nothing on disk. */
export async function startRedis(
  port?: number,
): Promise<{ url: string; port: number; process: TestProcess }> {
  const chosen = port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), "leeway-redis-"));
  const redis = startProcess("redis-server", [
    "--port",
    String(chosen),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--dir",
    folder,
    "--requirepass",
    REDIS_PASSWORD,
  ]);
  redis.child.once("exit", () => void rm(folder, { recursive: true, force: true }));
  await untilTrue(async () => redis.output().includes("Ready to accept connections"), "Redis");
  return { url: `redis://:${REDIS_PASSWORD}@127.0.0.1:${chosen}`, port: chosen, process: redis };
}

/** startIngest starts the ingest service and resolves when it is ready. */
export async function startIngest(
  env: Readonly<Record<string, string>>,
  options: { port?: number; nodeArgs?: readonly string[]; waits?: boolean } = {},
): Promise<{ url: string; port: number; process: TestProcess }> {
  const port = options.port ?? (await freePort());
  const args = [...(options.nodeArgs ?? []), ...INGEST_ARGUMENTS, "--import", "tsx", "ingest/src/main.ts"];
  const service = startProcess(process.execPath, args, {
    LEEWAY_BOOTSTRAP_API_KEY: API_KEY,
    LEEWAY_PORT: String(port),
    ...env,
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = async () => {
    if (service.child.exitCode !== null) throw new Error(service.output());
    return (await fetch(`${url}/readyz`)).ok;
  };
  if (options.waits !== false) await untilTrue(isReady, "a start of ingest", START_PATIENCE_MS);
  return { url, port, process: service };
}

/** IngestServices are a database, Redis and ingest, each a process of its own. */
export interface IngestServices {
  url: string;
  database: TestDatabase;
  /** What ingest was started with, for another one beside it. */
  env: Readonly<Record<string, string>>;
  ingest: TestProcess;
  redis: TestProcess;
  /** Calls the API as the bootstrap key. */
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  stop(): Promise<void>;
}

/** startIngestServices starts everything ingest needs and ingest itself. */
export async function startIngestServices(
  env: Readonly<Record<string, string>> = {},
): Promise<IngestServices> {
  const [database, redis] = await Promise.all([createTestDatabase(), startRedis()]);
  const all = {
    CLICKHOUSE_URL: database.url,
    CLICKHOUSE_DATABASE: database.database,
    REDIS_URL: redis.url,
    ...env,
  };
  const ingest = await startIngest(all);
  const services: IngestServices = {
    url: ingest.url,
    database,
    env: all,
    ingest: ingest.process,
    redis: redis.process,
    async call(method, path, body) {
      const answer = await fetch(`${ingest.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${API_KEY}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        body: text === "" ? undefined : JSON.parse(text),
        headers: answer.headers,
      };
    },
    async stop() {
      // A test may have put another process in the place of one it killed.
      await services.ingest.end("SIGTERM");
      await services.redis.end("SIGTERM");
      await database.close();
    },
  };
  return services;
}
