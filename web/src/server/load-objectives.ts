import "server-only";
import { type SloWindow, sloWindowSchema } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

const LOOK_BACK_MS = 30 * 86_400_000;

/** ObjectiveView is one latency objective with how each version that it was judged on stands. */
export interface ObjectiveView {
  monitor: Monitor;
  standings: { version: string; judgedAt: number; slo: SloWindow }[];
}

/** loadObjectives returns the latency objectives of the person's project, the one with the least error budget first. */
export async function loadObjectives({
  project,
}: Principal): Promise<{ objectives: ObjectiveView[]; madeAt: number }> {
  const { store, now } = server();
  const madeAt = now();
  const [monitors, verdicts] = await Promise.all([
    store.records.monitor.list(project),
    store.evaluations.newestObjectives(project, madeAt - LOOK_BACK_MS),
  ]);
  const objectives = monitors
    .filter(({ kind }) => kind === "latency_slo")
    .map((monitor) => ({
      monitor,
      standings: verdicts
        .filter(({ monitor_id }) => monitor_id === monitor.id)
        .flatMap(({ version, window_end, detail }) => {
          const slo = sloWindowSchema.safeParse(detail).data;
          return slo === undefined ? [] : [{ version, judgedAt: window_end, slo }];
        })
        .sort((a, b) => b.judgedAt - a.judgedAt),
    }));
  return { objectives: objectives.sort((a, b) => leastBudget(a) - leastBudget(b)), madeAt };
}

function leastBudget({ standings }: ObjectiveView): number {
  return Math.min(2, ...standings.map(({ slo }) => slo.budget_left ?? 2));
}
