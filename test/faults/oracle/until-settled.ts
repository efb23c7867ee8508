import { setTimeout as sleep } from "node:timers/promises";
import type { World } from "../processes/start-world.ts";
import { untilTrue } from "../processes/until-true.ts";
import { readRows } from "./read-rows.ts";

// The analyzer looks at a model a last time when its rows have been quiet for this long.
const QUIET_MS = 91_000;

/** untilSettled resolves once the analyzer has nothing left to do for `model`: its rows have been quiet for long enough, and no pass is owed. */
export async function untilSettled(world: World, model: string): Promise<void> {
  const [last] = await readRows<{ at: number }>(
    world,
    `SELECT toUnixTimestamp64Milli(greatest(
       (SELECT max(received_at) FROM predictions WHERE project = 'default' AND model = {model:String}),
       (SELECT max(received_at) FROM labels WHERE project = 'default' AND model = {model:String}))) AS at`,
    { model },
  );
  await sleep(Math.max(0, Number(last?.at) + QUIET_MS - Date.now()));
  const reconciles = new Set<string | undefined>();
  const isIdle = async () => {
    const page = await (await fetch(`${world.analyzerUrl}/metrics`)).text();
    reconciles.add(/^leeway_analyzer_last_reconcile_timestamp_seconds (\S+)/m.exec(page)?.[1]);
    // The one that was under way may have looked before.
    return reconciles.size > 2 && page.includes(`leeway_analyzer_lag_seconds{model="${model}"} 0\n`);
  };
  await untilTrue(isIdle, `the analyzer having nothing left to do for ${model}`, 120_000, 250);
}
