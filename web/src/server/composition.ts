import type { Server } from "./server.ts";
import "server-only";
import { randomBytes } from "node:crypto";
import { createStore } from "@leeway/store";
import { createLoginThrottle } from "../auth/login-throttle.ts";
import { createAnalyzerQueue } from "./analyzer-queue.ts";
import { createCheckQueue } from "./check-queue.ts";
import { readConfig } from "./config.ts";
import { ensureAdmin } from "./ensure-admin.ts";

// Next bundles routes apart, each with its own copy of a module, and has no main file: the process-wide registry of symbols is the one
// place they share. Nothing is created before the first request, so that a build needs no environment.
const KEY = Symbol.for("leeway.web.server");
const registry = globalThis as typeof globalThis & { [KEY]?: Server };

/** server returns this process's wiring, made on first use. */
export function server(): Server {
  registry[KEY] ??= createServer();
  return registry[KEY];
}

function createServer(): Server {
  const config = readConfig();
  const now = Date.now;
  const store = createStore({ ...config.clickhouse, now });
  const throttle = createLoginThrottle();
  let isAdminEnsured = false;
  return {
    config,
    store,
    analyzer: createAnalyzerQueue(config.redisUrl, () => randomBytes(16).toString("hex")),
    throttle,
    checks: createCheckQueue({ now, later, readyAt: throttle.nextCheckAt }),
    now,
    random: randomBytes,
    async ensureAdmin() {
      if (isAdminEnsured) return;
      await ensureAdmin({ config, store, now, random: randomBytes });
      isAdminEnsured = true;
    },
  };
}

function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
