import { createFetchPost } from "./delivery/fetch-post.ts";
import { createInstanceToken } from "./events/prediction-id.ts";
import type { SdkRuntime } from "./runtime.ts";

/** systemRuntime returns the real clock, randomness, timers and network of Node, Bun or Deno. */
export function systemRuntime(): SdkRuntime {
  return {
    now: Date.now,
    monotonicMs: () => performance.now(),
    random: Math.random,
    schedule(delayMs, task, keepAlive = false) {
      const timer = setTimeout(task, delayMs);
      // Deno and browsers return a number here, without unref.
      if (!keepAlive) (timer as { unref?: () => void }).unref?.();
      return () => clearTimeout(timer);
    },
    post: createFetchPost(fetch),
    replica: replicaName(),
    warn: (line) => console.warn(line),
  };
}

function replicaName(): string {
  const { process } = globalThis;
  const host = process?.env?.["HOSTNAME"] || "host";
  return `${host}-${process?.pid ?? createInstanceToken(Math.random)}`;
}
