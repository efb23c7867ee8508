import type { CancelTimer, SdkRuntime } from "../runtime.ts";
import type { HttpGet } from "../scraping/endpoint/http-get.ts";
import type { AgentConfig } from "../scraping/targets/agent-config.ts";
import type { Agent, Notice } from "./agent.ts";
import { createSender, type SampleSender } from "./create-sender.ts";
import { createTargetFinder } from "./find-targets.ts";
import { createTargetReader } from "./read-target.ts";
import { rulesOf } from "./rules-of.ts";
import { type TargetWatch, type WatchDeps, watchTarget } from "./watch-target.ts";

/** AgentDeps are what the agent takes from outside. */
export interface AgentDeps {
  readonly runtime: SdkRuntime;
  readonly get: HttpGet;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hostname: string;
  readonly api: { readonly url: string; readonly apiKey: string };
  readonly notify: (notice: Notice) => void;
}

const CLOSE_DEADLINE_MS = 5_000;

/** createAgent returns an agent that begins at once. Its targets are watched apart from each other, so that none can hold up the others. */
export function createAgent(config: AgentConfig, deps: AgentDeps): Agent {
  const { runtime, notify } = deps;
  const sender: SampleSender = createSender(
    {
      ...deps.api,
      spoolDir: config.spool_dir,
      onError: ({ kind, message }) =>
        notify({
          kind: "sending",
          target: deps.api.url,
          message: `${kind.replaceAll("_", " ")}: ${message}`,
        }),
    },
    runtime,
  );
  const find = createTargetFinder(config, {
    ...{ get: deps.get, hostname: deps.hostname },
    onProblem: (place, message) => notify({ kind: "discovery", target: place, message }),
  });
  const watchDeps: WatchDeps = {
    ...{ runtime, notify, agent: deps.hostname, rules: rulesOf(config), send: sender.send },
    read: createTargetReader({ get: deps.get, env: deps.env, maxSeries: config.max_series }),
    sendsUnassigned: config.unassigned === "send",
  };
  const watches = new Map<string, TargetWatch>();
  let isClosed = false;
  let cancel: CancelTimer = () => undefined;

  async function refresh(): Promise<void> {
    const found = await find();
    if (isClosed) return;
    for (const [id, watch] of watches) {
      if (JSON.stringify(found.get(id)) === JSON.stringify(watch.target)) continue;
      watch.stop();
      watches.delete(id);
    }
    for (const [id, target] of found) {
      if (watches.has(id)) continue;
      const watch = watchTarget(target, watchDeps);
      watches.set(id, watch);
      watch.start();
    }
  }

  async function loop(): Promise<void> {
    // Whatever goes wrong here, those that are watched already go on, and it is tried again.
    await refresh().catch((error: unknown) =>
      notify({
        kind: "discovery",
        target: deps.hostname,
        message: `targets were not read: ${String(error)}`,
      }),
    );
    if (!isClosed) cancel = runtime.schedule(config.refresh, () => void loop());
  }

  void loop();
  return {
    refresh,
    stats: () => ({ targets: [...watches.values()].map((watch) => watch.stats()), sent: sender.stats() }),
    async close(deadlineMs = CLOSE_DEADLINE_MS) {
      isClosed = true;
      cancel();
      for (const watch of watches.values()) watch.stop();
      await sender.close(deadlineMs);
    },
  };
}
