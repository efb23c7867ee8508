import "server-only";
import { findLeewayError } from "@leeway/core/errors";
import type { EnvironmentHealth, NewestChanges, Storage } from "@leeway/store";
import type { QueueState } from "./analyzer-queue.ts";
import { server } from "./composition.ts";
import { loadHealth } from "./health.ts";
import type { Principal } from "./principal.ts";

const PATIENCE_MS = 2_000;

/** StatusView is how Leeway itself stands. */
export interface StatusView {
  models: EnvironmentHealth[];
  /** Whether the API says that it is ready; words where it does not. */
  api: { url: string; problem: string | undefined };
  queues: { states: QueueState[]; problem: undefined } | { states: undefined; problem: string };
  storage: Storage;
  newest: NewestChanges;
  madeAt: number;
}

/** loadStatus asks each service how it stands; one that does not answer is a line of the page, never its end. */
export async function loadStatus(principal: Principal): Promise<StatusView> {
  const { store, config, now } = server();
  const [models, api, queues, storage, newest] = await Promise.all([
    loadHealth(principal),
    askApi(config.apiUrl),
    askQueues(),
    store.storage(),
    store.newestChanges(principal.project),
  ]);
  return { models, api: { url: config.apiUrl, problem: api }, queues, storage, newest, madeAt: now() };
}

async function askApi(url: string): Promise<string | undefined> {
  const answer = await fetch(`${url}/readyz`, {
    signal: AbortSignal.timeout(PATIENCE_MS),
    cache: "no-store",
  }).catch(() => undefined);
  if (answer === undefined) return "does not answer";
  return answer.ok ? undefined : `is not ready (${answer.status})`;
}

async function askQueues(): Promise<StatusView["queues"]> {
  try {
    return { states: await server().analyzer.states(), problem: undefined };
  } catch (error) {
    const known = findLeewayError(error);
    if (known === undefined) throw error;
    return { states: undefined, problem: known.message };
  }
}
