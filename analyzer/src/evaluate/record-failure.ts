import { isPassingTrouble } from "@leeway/core/errors";
import { segmentKey } from "@leeway/core/segment";
import type { EvaluationProgress, Store } from "@leeway/store";
import { watchBlindness } from "./blindness/watch-blindness.ts";
import { errorVerdict } from "./chain/error-verdict.ts";
import { firstUnjudged } from "./chain/plan-chain.ts";
import type { EvaluateDeps } from "./evaluate-model.ts";
import { chainProgress, type WatchedSubject } from "./pass/pass-context.ts";
import { dueWindows } from "./schedule/due-windows.ts";
import { watchedBy } from "./setup/watched-by.ts";

/**
 * recordFailure stores what a pass that failed as a whole says of its model. A defect leaves an `error` verdict, with the reason, on the first window that each monitor
 * owes: a model that cannot be judged must not look healthy. Those windows are owed until a later pass judges them. Whatever the error, a model that
 * was not judged for too long opens an incident.
 */
export async function recordFailure(
  deps: Pick<EvaluateDeps, "store" | "modelStore" | "asOf" | "now">,
  project: string,
  model: string,
  error: unknown,
): Promise<void> {
  const { store, asOf } = deps;
  const [traffic, monitors, versions, progress] = await Promise.all([
    deps.modelStore(project).traffic(model),
    store.records.monitor.list(project),
    store.records.version.list(project),
    store.evaluations.progress(project, model),
  ]);
  const archived = new Set(
    versions.filter((one) => one.model === model && one.stage === "archived").map(({ version }) => version),
  );
  const watched = traffic.map((one) => ({
    subject: { traffic: one, held: undefined, isArchived: archived.has(one.version) },
    monitors: watchedBy(one, monitors),
  }));
  const now = deps.now();
  if (!isPassingTrouble(error)) {
    await storeErrors(store.evaluations, project, errorsOf(watched, progress, { error, asOf, now }));
  }
  const named = { name: model, watched, monitors, progress, asOf };
  await watchBlindness({ store, project, now }, named, { outcome: "failed", error });
}

function errorsOf(
  watched: readonly WatchedSubject[],
  progress: readonly EvaluationProgress[],
  { error, asOf, now }: { error: unknown; asOf: number; now: number },
) {
  return watched.flatMap(({ subject: { traffic, isArchived }, monitors }) =>
    monitors.flatMap((monitor) => {
      const chain = chainProgress({ progress }, traffic, monitor);
      const seen = { first: traffic.firstSeenAt, last: traffic.lastSeenAt };
      const window = firstUnjudged(dueWindows(seen, asOf, monitor.window, isArchived), chain);
      if (window === undefined || chain?.failed.includes(window.start)) return [];
      const { model, version, environment } = traffic;
      const scope = { model, version, environment, monitor_id: monitor.id, kind: monitor.kind };
      return [errorVerdict({ ...scope, segment: segmentKey(monitor.segment) }, window, error, now)];
    }),
  );
}

function storeErrors(
  evaluations: Store["evaluations"],
  project: string,
  errors: ReturnType<typeof errorsOf>,
): Promise<void> {
  return evaluations.insert(
    project,
    errors.map(({ evaluation }) => evaluation),
  );
}
