import "server-only";
import type { Monitor } from "@leeway/core/records";
import { readBurnIns } from "@leeway/store";
import { formatDate } from "../view/format-time.ts";
import type { BurningMonitor } from "../view/model-page.ts";
import { server } from "./composition.ts";

/** loadBurningIds returns the ids of those of the monitors that only record yet. */
export async function loadBurningIds(
  project: string,
  monitors: readonly Monitor[],
): Promise<ReadonlySet<string>> {
  const { store, now } = server();
  const burnIns = await readBurnIns(store, project, monitors, now());
  return new Set(monitors.filter((_, at) => burnIns[at]?.state === "burning_in").map(({ id }) => id));
}

/** loadBurnIns returns the monitors of a model that only record yet. */
export async function loadBurnIns(project: string, model: string, madeAt: number): Promise<BurningMonitor[]> {
  const { store } = server();
  const monitors = (await store.records.monitor.list(project)).filter(
    (monitor) => monitor.model === model && monitor.enabled,
  );
  const burnIns = await readBurnIns(store, project, monitors, madeAt);
  return monitors.flatMap(({ id, kind }, at) => {
    const { state, until = madeAt, alarms = 0 } = burnIns[at] ?? {};
    if (state !== "burning_in") return [];
    const kept = alarms === 1 ? "one alarm" : `${alarms} alarms`;
    const words = `${id} (${kind}) notifies nobody before ${formatDate(until, madeAt)}. So far it kept back ${kept}.`;
    return [{ id, words }];
  });
}
