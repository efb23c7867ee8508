import type { Store } from "@leeway/store";
import type { Redis } from "ioredis";
import { Registry } from "prom-client";
import type { AnalyzerConfig } from "./config.ts";
import { createEvaluator } from "./create-evaluator.ts";
import { createPreviewer } from "./create-previewer.ts";
import { createDelivery } from "./deliver/create-delivery.ts";
import { createOutbox, createRetrainingRecords } from "./deliver/create-outbox.ts";
import { createTransports } from "./deliver/create-transports.ts";
import { createDeliveryMetrics } from "./deliver/delivery-metrics.ts";
import { configureFollowing } from "./deliver/retrain/follow/configure-following.ts";
import { createFailureBackoff } from "./queues/failure-backoff.ts";
import { createModelLease } from "./queues/model-lease.ts";
import { startPreviewWorker } from "./queues/start-preview-worker.ts";
import { startWorkers, type Workers } from "./queues/start-workers.ts";
import { createTick } from "./reconcile/create-tick.ts";
import { createModelClocks } from "./reconcile/model-clocks.ts";
import type { PassMemory } from "./reconcile/pass-note.ts";
import { createAnalyzerCounts, registerAnalyzerGauges } from "./server/analyzer-metrics.ts";
import type { AnalyzerHealth } from "./server/health-server.ts";

/** ANALYZER_PROJECT is the one tenant there is. */
export const ANALYZER_PROJECT = "default";

/** AnalyzerDeps is everything from outside: servers, clock, chance, and where to write what happened. */
export interface AnalyzerDeps {
  config: AnalyzerConfig;
  store: Store;
  redis: Redis;
  now: () => number;
  random: () => number;
  newToken: () => string;
  log: (line: string) => void;
  retryDelaysMs?: readonly number[];
}

/** Analyzer is one running analyzer. */
export interface Analyzer {
  health: AnalyzerHealth;
  metrics: Registry;
  close(): Promise<void>;
}

/** createAnalyzer wires and starts the analyzer's workers. */
export async function createAnalyzer(deps: AnalyzerDeps): Promise<Analyzer> {
  const { config, store, now, log } = deps;
  const metrics = new Registry();
  const counts = createAnalyzerCounts(metrics);
  const deliveries = createDeliveryMetrics(metrics, now);
  const health = {
    startedAt: now(),
    lastReconcileAt: undefined as number | undefined,
    lagMs: new Map<string, number>(),
    planned: new Map() as ReadonlyMap<number, number>,
  };
  registerAnalyzerGauges(metrics, health);
  const memory: PassMemory = new Map();
  const backoff = createFailureBackoff(now);
  const clocks = createModelClocks({ store, idleMs: config.LEEWAY_IDLE_SECONDS * 1_000, now });
  const onProblem = (where: string, error: Error) => {
    counts.problem();
    log(`${where}: ${error.message}`);
  };
  const evaluate = createEvaluator({ store, clocks, memory, backoff, now, onProblem });
  const outbox = createOutbox(store, ANALYZER_PROJECT);
  const transports = createTransports({
    config,
    retrainings: createRetrainingRecords(store.records, ANALYZER_PROJECT),
    now,
  });
  const deliver = createDelivery({
    ...{ ...deps, outbox, transports, metrics: deliveries },
    // A message that arrived is not sent again because the log could not be written.
    logAttempt: (attempt) =>
      store.deliveries
        .log(ANALYZER_PROJECT, attempt)
        .catch((error: Error) => onProblem("log of deliveries", error)),
  });
  const workers: Workers = await startWorkers({
    redisUrl: config.REDIS_URL,
    tickMs: config.LEEWAY_TICK_SECONDS * 1_000,
    concurrency: config.LEEWAY_ANALYZER_CONCURRENCY,
    lease: createModelLease(deps.redis, deps.newToken, log),
    plan: createTick({
      ...{ store, clocks, memory, backoff, health, deliveries, now, log, onProblem },
      ...{ project: ANALYZER_PROJECT, heartbeatUrl: config.LEEWAY_HEARTBEAT_URL },
      follow: configureFollowing({ config, store, project: ANALYZER_PROJECT, now, onProblem }),
    }),
    async evaluate(job) {
      const pass = await evaluate(job);
      counts.passed();
      return pass;
    },
    async deliver({ notification_id, channel_id }) {
      const step = await deliver(channel_id, notification_id);
      if (step.outcome === "done") counts.delivered(step.status);
      return step;
    },
    now,
    onProblem,
  });
  const previews = startPreviewWorker({
    redisUrl: config.REDIS_URL,
    preview: createPreviewer({ store, clocks, now }),
    onProblem,
  });
  return {
    ...{ health, metrics },
    async close() {
      await Promise.all([workers.close(), previews.close()]);
    },
  };
}
