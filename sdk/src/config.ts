import { createFetchPost } from "./delivery/fetch-post.ts";
import { createNodePost } from "./delivery/node-post.ts";
import { createInstanceToken } from "./events/prediction-id.ts";
import type { HttpPost, SdkRuntime } from "./runtime.ts";

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
    post: createPlatformPost(),
    beforeExit: (task) => onProcess("beforeExit", task),
    atExit: (task) => onProcess("exit", task),
    replica: replicaName(),
    warn: (line) => console.warn(line),
  };
}

function isNode(): boolean {
  const versions = globalThis.process?.versions;
  return versions?.node !== undefined && versions["bun"] === undefined && !("Deno" in globalThis);
}

/** The modules are loaded with the first batch, so that importing the SDK does no work. */
function createPlatformPost(): HttpPost {
  let post: Promise<HttpPost> | null = null;
  return async (request) => {
    post ??= isNode()
      ? Promise.all([import("node:http"), import("node:https")]).then(([http, https]) =>
          createNodePost({ http, https }),
        )
      : Promise.resolve(createFetchPost(fetch));
    return (await post)(request);
  };
}

type ExitEvent = "beforeExit" | "exit";

/** One listener per process event however many clients there are: Node warns of the eleventh. */
const exitTasks: Record<ExitEvent, Set<() => void>> = { beforeExit: new Set(), exit: new Set() };
const exitListeners: Record<ExitEvent, () => void> = {
  beforeExit: () => exitTasks.beforeExit.forEach(run),
  exit: () => exitTasks.exit.forEach(run),
};

function run(task: () => void): void {
  task();
}

function onProcess(event: ExitEvent, task: () => void): () => void {
  const { process } = globalThis;
  if (typeof process?.on !== "function") return () => undefined;
  if (exitTasks[event].size === 0) process.on(event, exitListeners[event]);
  exitTasks[event].add(task);
  return () => {
    exitTasks[event].delete(task);
    if (exitTasks[event].size === 0) process.off(event, exitListeners[event]);
  };
}

function replicaName(): string {
  const { process } = globalThis;
  const host = process?.env?.["HOSTNAME"] || "host";
  return `${host}-${process?.pid ?? createInstanceToken(Math.random)}`;
}
