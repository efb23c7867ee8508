import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "../../machine/free-port.ts";

/** TestRedis is a Redis server of one suite, on a free port, with its data in a folder of its own. */
export interface TestRedis {
  url: string;
  client: Redis;
  stop(): Promise<void>;
}

const PASSWORD = "a-redis-password-for-tests";

/** startRedis starts a redis-server for one suite and waits until it answers. */
export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "leeway-redis-"));
  const port = await freePort();
  const server = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--requirepass", PASSWORD],
    {
      stdio: "ignore",
    },
  );
  const url = `redis://:${PASSWORD}@127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null });
  // Until the server listens, the client's attempts fail; it keeps trying.
  client.on("error", () => undefined);
  await client.ping();
  return {
    url,
    client,
    async stop() {
      client.disconnect();
      await ended(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill("SIGTERM");
  });
}
