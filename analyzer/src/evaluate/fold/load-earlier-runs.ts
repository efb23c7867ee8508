import { type FailingWindow, failingSince } from "@leeway/core/incidents";
import type { Store } from "@leeway/store";

// Alarm rules ask for a few windows in a row; longer runs are read block by block.
const WINDOWS_AT_ONCE = 20;

/** loadEarlierRuns returns the stored verdicts that failed without a break before each of some failing windows, so that it is known since when its monitor fails. */
export async function loadEarlierRuns(
  { store, project }: { store: { evaluations: Pick<Store["evaluations"], "outlines"> }; project: string },
  model: string,
  failing: readonly FailingWindow[],
): Promise<FailingWindow[]> {
  const runs: FailingWindow[] = [];
  for (const first of failing) {
    const { monitor_id: monitorId, version, environment } = first;
    const windowMs = first.window_end - first.window_start;
    let to = first.window_start;
    let from: number;
    do {
      from = to - WINDOWS_AT_ONCE * windowMs;
      const filter = { model, monitorId, version, environment, windowMs, from, to };
      const before = await store.evaluations.outlines(project, filter);
      runs.push(...before.filter(({ outcome }) => outcome === "drifting"));
      to = failingSince({ ...first, window_start: to, window_end: to + windowMs }, before);
    } while (to === from);
  }
  return runs;
}
