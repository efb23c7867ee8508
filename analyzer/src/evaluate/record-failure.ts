import { segmentKey } from "@leeway/core/segment";
import { errorVerdict } from "./chain/error-verdict.ts";
import { firstUnjudged } from "./chain/plan-chain.ts";
import type { EvaluateDeps } from "./evaluate-model.ts";
import { chainProgress } from "./pass/pass-context.ts";
import { dueWindows } from "./schedule/due-windows.ts";
import { watchedBy } from "./setup/watched-by.ts";

/**
 * recordFailure stores an `error` verdict, with the reason, on the first window that each monitor of a model owes: a model that cannot be judged must
 * not look healthy. Those windows are owed until a later pass judges them. Returns how many verdicts were stored.
 */
export async function recordFailure(
  deps: Pick<EvaluateDeps, "store" | "modelStore" | "asOf" | "now">,
  project: string,
  model: string,
  error: Error,
): Promise<number> {
  const [traffic, monitors, progress] = await Promise.all([
    deps.modelStore(project).traffic(model),
    deps.store.records.monitor.list(project),
    deps.store.evaluations.progress(project, model),
  ]);
  const failures = traffic.flatMap((one) =>
    watchedBy(one, monitors).flatMap((monitor) => {
      const chain = chainProgress({ progress }, one, monitor);
      const seen = { first: one.firstSeenAt, last: one.lastSeenAt };
      const window = firstUnjudged(dueWindows(seen, deps.asOf, monitor.window), chain);
      if (window === undefined || chain?.failed.includes(window.start)) return [];
      const { version, environment } = one;
      const scope = { model, version, environment, monitor_id: monitor.id, kind: monitor.kind };
      return [errorVerdict({ ...scope, segment: segmentKey(monitor.segment) }, window, error, deps.now())];
    }),
  );
  await deps.store.evaluations.insert(
    project,
    failures.map(({ evaluation }) => evaluation),
  );
  return failures.length;
}
