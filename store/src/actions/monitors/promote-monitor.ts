import { LeewayError } from "@leeway/core/errors";
import { type BurnIn, burnInOf } from "@leeway/core/monitors";
import type { Monitor } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

const ATTEMPTS = 3;

/**
 * promoteMonitor ends the burn-in of a monitor by hand and returns it: from the next alarm on it notifies people. It throws `not_found`, and `conflict` where it notifies already or is
 * being changed by others.
 */
export async function promoteMonitor(
  store: Pick<Store, "records" | "evaluations">,
  project: string,
  { id, actor, now }: { id: string; actor: string; now: number },
): Promise<Monitor> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const former = await store.records.monitor.latest(project, id);
    if (former === undefined) throw new LeewayError("not_found", `there is no monitor ${id}`);
    const [burnIn] = await readBurnIns(store, project, [former.body], now);
    if (burnIn?.state !== "burning_in") {
      throw new LeewayError("conflict", `monitor ${id} is not in its burn-in: it notifies people already`);
    }
    const promoted: Monitor = { ...former.body, promoted: { by: actor, at: now } };
    if (await store.records.monitor.replace(project, id, former, promoted, actor)) return promoted;
  }
  throw new LeewayError("conflict", `monitor ${id} is being changed by others: read it again`);
}

/** readBurnIns returns how each of the monitors stands, in their order. */
export async function readBurnIns(
  { evaluations }: Pick<Store, "evaluations">,
  project: string,
  monitors: readonly Monitor[],
  now: number,
): Promise<BurnIn[]> {
  const held = monitors.some(({ burn_in }) => burn_in !== undefined)
    ? await evaluations.held(project)
    : undefined;
  return monitors.map((monitor) => burnInOf(monitor, held?.get(monitor.id), now));
}
