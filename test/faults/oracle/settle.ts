import { setTimeout as sleep } from "node:timers/promises";
import type { World } from "../processes/start-world.ts";

/**
 * settle judges every model again and again until nothing is wrong or `patienceMs` has passed, and returns what is still wrong. Where the
 * judge's clock is ahead, roll-ups are refreshed as the analyzer would once that time has come.
 */
export async function settle(
  world: World,
  models: readonly string[],
  judge: (world: World, model: string) => Promise<string[]>,
  patienceMs: number,
): Promise<string[]> {
  const deadline = Date.now() + patienceMs;
  if (world.judgeAheadMs > 0) for (const model of models) await refreshRollups(world, model);
  for (let left = [...models]; ; ) {
    const problems: string[] = [];
    const wrong: string[] = [];
    for (const model of left) {
      const found = await judge(world, model);
      if (found.length > 0) wrong.push(model);
      problems.push(...found);
    }
    left = wrong;
    if (left.length === 0 || Date.now() > deadline) return problems;
    await sleep(1_000);
  }
}

async function refreshRollups({ store }: World, model: string): Promise<void> {
  const references = await store.records.reference.list("default");
  await store.serving.refresh("default", model);
  for (const reference of references.filter((one) => one.model === model)) {
    const monitors = await store.records.monitor.list("default");
    const drift = monitors.filter((monitor) => monitor.model === model && monitor.kind === "drift");
    for (const { window, environment } of drift) {
      const scope = { model, version: reference.version, environment, reference, windowMs: window };
      await store.profiles.refresh("default", scope);
    }
  }
}
