import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { LeewayError } from "@leeway/core/errors";
import { createEventWriters, createStore, type Store } from "@leeway/store";
import type { FastifyInstance, FastifyServerOptions } from "fastify";
import { Redis } from "ioredis";
import { Registry } from "prom-client";
import { createApp } from "./app.ts";
import { ensureBootstrapKey } from "./auth/ensure-bootstrap-key.ts";
import { createKeyDirectory } from "./auth/key-directory.ts";
import { createBufferPool } from "./body/buffer-pool.ts";
import { createByteBudget } from "./body/byte-budget.ts";
import { createTurnQueue } from "./body/turn-queue.ts";
import type { IngestConfig } from "./config.ts";
import { createLanes } from "./events/create-lanes.ts";
import { createEventLimiter } from "./limits/event-limiter.ts";
import { createRedisCounter } from "./limits/shared-counter.ts";
import { createStoreGate } from "./limits/store-gate.ts";
import { registerIngestGauges } from "./metrics/ingest-gauges.ts";
import { createIngestMetrics } from "./metrics/ingest-metrics.ts";
import { createJobQueues } from "./queues/job-queues.ts";
import { createReplicaCount } from "./replicas/count-replicas.ts";
import { type FollowedReplicas, followReplicas } from "./replicas/follow-replicas.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { actOnSlackClick } from "./slack/act-on-slack-click.ts";
import { saySlack } from "./slack/say-slack.ts";

const PROJECT = "default";
const STARTUP_PAUSE_MS = 250;
const IDLE_CHECK_MS = 100;
const EVIDENCE_INTERVAL_MS = 5_000;

/** IngestServer is the running service. */
export interface IngestServer {
  app: FastifyInstance;
  /** Resolves once the store is migrated, keys are loaded and the service is ready. */
  started: Promise<void>;
  /** Takes nothing new, lets everything taken become durable and be answered, then lets go of everything. */
  stop(): Promise<void>;
}

export interface IngestServerDeps {
  now: () => number;
  logger: FastifyServerOptions["logger"];
  /** Shows a key that was made at random, once. */
  showKey: (key: string) => void;
}

/** createIngestServer wires the service and listens at once, so that health can be asked for while the store is still being awaited. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: wiring, in the order in which parts need each other
export async function createIngestServer(
  config: IngestConfig,
  deps: IngestServerDeps,
): Promise<IngestServer> {
  const { now } = deps;
  const registry = new Registry();
  const metrics = createIngestMetrics(registry);
  const store = createStore({
    ...{ url: config.clickhouseUrl, database: config.database, now },
    onDefect: (message) => app.log.warn({ defect: message }, "a stored record was left out"),
  });
  const gate = createStoreGate({ ping: () => store.ping() });
  const newId = () => crypto.randomUUID();
  const writers = createEventWriters(store.client, {
    now,
    newId,
    indexedKeys: config.indexedKeys,
    onInsert(report) {
      metrics.inserted(report);
      if (report.error !== undefined) gate.shut();
    },
    onAway: () => gate.shut(),
    isAlone: () => followed?.isAlone ?? false,
  });
  const budget = createByteBudget(config.pendingBytes, () => writers.pendingBytes());
  const keys = createKeyDirectory({ load: () => store.records.apiKey.list(PROJECT), project: PROJECT, now });
  const redis = new Redis(config.redisUrl, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: 500,
  });
  const log = (error: Error) => app.log.warn({ err: error }, "redis");
  redis.on("error", log);
  let followed: FollowedReplicas | undefined;
  const replicas = createReplicaCount(redis, { onJoin: () => followed?.meet(), onError: log });
  const queues = createJobQueues(config.redisUrl, newId, log);
  const limiter = createEventLimiter({
    eventsPerSecond: config.eventsPerSecond,
    eventsPerDay: config.eventsPerDay,
    shared: createRedisCounter(redis),
    now,
  });
  const state = { isLoaded: false, isStopping: false };
  registerIngestGauges(registry, {
    pendingBytes: () => budget.used,
    isStoreOpen: () => gate.isOpen,
    keyCounts: () => writers.keyCounts(),
    othersReadUntil: () => followed?.seenUntil ?? 0,
    residentBytes: () => process.memoryUsage.rss(),
  });

  const app = createApp({
    routes: allRoutes({
      store,
      lanes: createLanes(writers, now),
      ingest: {
        ledger: writers.ledger,
        budget,
        buffers: createBufferPool(),
        turns: createTurnQueue(),
        gate: {
          check() {
            if (!state.isLoaded) throw starting();
            gate.check();
          },
        },
        limiter,
        limits: config.limits,
        onAnswer: (kind, answer) => metrics.answered(kind, answer),
      },
      queues,
      keys,
      referenceBytes: config.referenceBytes,
      now,
      sleep,
      randomBytes,
    }),
    keys,
    budget,
    onRefusedKey: (code, key) => writers.noteRefused("keys", PROJECT, "", code, key),
    system: {
      async notReadyBecause() {
        if (state.isStopping) return "stopping";
        if (!state.isLoaded) return "loading";
        return gate.isOpen && (await store.ping().catch(() => false))
          ? undefined
          : "the store does not answer";
      },
      async tornParts() {
        const parts = await store.tornParts.list();
        return parts.map(({ table, part }) => `${table}/${part}`);
      },
      metrics: registry,
    },
    ...(config.slackSigningSecret === undefined
      ? {}
      : {
          slack: {
            signingSecret: config.slackSigningSecret,
            act: (interaction) => actOnSlackClick(store, PROJECT, interaction, now),
            say: saySlack,
            now,
          },
        }),
    version: "1",
    onServed: (route, status, ms) => metrics.served(route, status, ms),
    logger: deps.logger,
  });
  const saveEvidence = () =>
    writers.saveEvidence().catch((error: unknown) => app.log.warn({ err: error }, "evidence was not saved"));
  const evidenceTimer = setInterval(() => void saveEvidence(), EVIDENCE_INTERVAL_MS);
  evidenceTimer.unref();
  await app.listen({ host: config.host, port: config.port });

  async function start(): Promise<void> {
    await untilStoreIsReady(store, config.diskSync, app, () => state.isStopping);
    if (state.isStopping) return;
    const key = await ensureBootstrapKey(store.records.apiKey, PROJECT, config.bootstrapKey, {
      now,
      randomBytes,
      warn: (message) => app.log.warn(message),
    });
    if (key !== undefined) deps.showKey(key);
    const loadedAt = now();
    const counts = await writers.load();
    followed = followReplicas(
      {
        countReplicas: replicas.count,
        learn: writers.learn,
        onError: (error) => app.log.warn({ err: error }, "other replicas' rows were not read"),
        now,
      },
      loadedAt,
    );
    state.isLoaded = true;
    app.log.info({ keys: counts }, "ready");
  }

  return {
    app,
    started: start(),
    async stop() {
      state.isStopping = true;
      queues.stopWaiting();
      await closeApp(app);
      await writers.idle();
      followed?.stop();
      replicas.close();
      clearInterval(evidenceTimer);
      await saveEvidence();
      gate.close();
      await queues.close();
      redis.disconnect();
      await store.close();
    },
  };
}

// A connection whose last request is answered while the server closes would stay open for its keep-alive time.
async function closeApp(app: FastifyInstance): Promise<void> {
  const timer = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS);
  await app.close();
  clearInterval(timer);
}

// Without its key index the service could not tell new events from repeated ones.
function starting(): LeewayError {
  return new LeewayError("store_unavailable", "the service is starting", { retryAfterSeconds: 1 });
}

async function untilStoreIsReady(
  store: Store,
  diskSync: IngestConfig["diskSync"],
  app: FastifyInstance,
  isStopping: () => boolean,
): Promise<void> {
  while (!isStopping()) {
    try {
      await store.migrate();
      if (diskSync !== undefined) await store.syncTables(diskSync);
      return;
    } catch (error) {
      app.log.warn({ err: error }, "waiting for the store");
      await sleep(STARTUP_PAUSE_MS);
    }
  }
}
