import { burnInOf } from "@leeway/core/monitors";
import type { Monitor } from "@leeway/core/records";
import type { Store } from "@leeway/store";

/** monitorsBurningIn returns the ids of the monitors that notify nobody yet. Where none of them may burn in, nothing is read. */
export async function monitorsBurningIn(
  { store, project, now }: { store: Pick<Store, "evaluations">; project: string; now: number },
  model: string,
  monitors: readonly Monitor[],
): Promise<ReadonlySet<string>> {
  const young = monitors.filter(({ burn_in, promoted }) => burn_in !== undefined && promoted === undefined);
  if (young.length === 0) return new Set();
  const held = await store.evaluations.held(project, model);
  const isBurningIn = (monitor: Monitor) =>
    burnInOf(monitor, held.get(monitor.id), now).state === "burning_in";
  return new Set(young.filter(isBurningIn).map(({ id }) => id));
}
