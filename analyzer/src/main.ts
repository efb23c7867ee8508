import { randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { createStore, readChannels, readHealth } from "@leeway/store";
import { Redis } from "ioredis";
import { parseConfig } from "./config.ts";
import { ANALYZER_PROJECT, createAnalyzer } from "./create-analyzer.ts";
import { registerChannelHealth } from "./server/channel-health-metrics.ts";
import { createHealthReader } from "./server/health-reader.ts";
import { createHealthServer } from "./server/health-server.ts";
import { registerModelHealth } from "./server/model-health-metrics.ts";

const STOPPING_MS = 20_000;

// Most of what a pass makes is garbage soon. Left alone on a machine with much memory, the heap grows to several times what lives in it.
setFlagsFromString("--heap-growing-percent=40");

const log = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);

// Its log may lie on the disk that is full: what can't be written there is no reason to stop judging.
process.stderr.on("error", () => undefined);

try {
  const config = parseConfig(process.env);
  const now = () => Date.now();
  const store = createStore({
    ...{ url: config.CLICKHOUSE_URL, database: config.CLICKHOUSE_DATABASE, now },
    onDefect: (message) => log(`store: ${message}`),
  });
  const redis = new Redis(config.REDIS_URL, { maxRetriesPerRequest: null });
  redis.on("error", (error) => log(`redis: ${error.message}`));
  const analyzer = await createAnalyzer({
    config,
    store,
    redis,
    now,
    random: Math.random,
    newToken: randomUUID,
    log,
  });
  registerModelHealth(
    analyzer.metrics,
    createHealthReader({ read: () => readHealth(store, ANALYZER_PROJECT, { now: now() }), now }),
  );
  registerChannelHealth(
    analyzer.metrics,
    createHealthReader({ read: () => readChannels(store, ANALYZER_PROJECT, now()), now }),
    now,
  );
  const server = createHealthServer({
    health: analyzer.health,
    metrics: analyzer.metrics,
    now,
    staleAfterMs: Math.max(60_000, 4_000 * config.LEEWAY_TICK_SECONDS),
  });
  server.listen(config.LEEWAY_ANALYZER_PORT, config.LEEWAY_ANALYZER_HOST);
  log(`analyzer ready, ticking every ${config.LEEWAY_TICK_SECONDS} s`);

  const stop = async () => {
    // Without Redis no worker can say goodbye. Whatever was under way is done again by the next analyzer.
    setTimeout(() => {
      log("stopping took too long");
      process.exit(1);
    }, STOPPING_MS).unref();
    server.close();
    await analyzer.close();
    redis.disconnect();
    await store.close();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      stop().catch((error: unknown) => {
        log(`stopping failed: ${String(error)}`);
        process.exitCode = 1;
      });
    });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
