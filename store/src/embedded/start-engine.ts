import { createHash } from "node:crypto";
import { accessSync, constants, mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { createBodySpool } from "./body-spool.ts";
import type { EngineConfig } from "./config.ts";
import { lockDataDirectory } from "./data-directory-lock.ts";
import { createEngine } from "./engine.ts";
import { writeEngineAccess } from "./engine-access.ts";
import { createEngineServer } from "./engine-server.ts";

/** RunningEngine is an embedded engine that answers at `url`. */
export interface RunningEngine {
  url: string;
  /** stop lets running statements end (for `graceMs`), then closes the data. */
  stop(graceMs: number): Promise<void>;
}

/** startEngine takes the data directory for this process, opens the engine over it, with `settings` of its own, and listens on loopback. */
export async function startEngine(
  config: EngineConfig,
  settings: ReadonlyMap<string, string> = new Map(),
): Promise<RunningEngine> {
  const path = join(config.dataDir, "clickhouse");
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = await lockDataDirectory(path);
  const digest = createHash("sha256").update(path).digest("hex").slice(0, 16);
  const spool = createBodySpool(
    join(memoryFolder(), `leeway-engine-${digest}`),
    join(config.dataDir, "engine-spool"),
  );
  const engine = await createEngine({
    path,
    engineArguments: writeEngineAccess(join(config.dataDir, "engine-access")),
    threads: config.threads,
    baseSettings: new Map([...memorySettings(totalmem() * config.memoryShare), ...settings]),
    now: Date.now,
    say: (line) => process.stderr.write(`embedded engine: ${line}\n`),
  });
  const server = createEngineServer({ engine, spool, password: config.password });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
      engine.close();
      lock.release();
    },
  };
}

function memoryFolder(): string {
  try {
    accessSync("/dev/shm", constants.W_OK);
    return "/dev/shm";
  } catch {
    return tmpdir();
  }
}

function memorySettings(limitBytes: number): Map<string, string> {
  const spill = String(Math.floor(limitBytes / 3));
  return new Map([
    ["max_memory_usage", String(Math.floor(limitBytes))],
    ["max_bytes_before_external_group_by", spill],
    ["max_bytes_before_external_sort", spill],
  ]);
}
