import type { Evaluation } from "@leeway/core/evaluation";
import { segmentKey } from "@leeway/core/segment";
import type { EvaluateDeps } from "./evaluate-model.ts";
import { dueWindows } from "./schedule/due-windows.ts";

/**
 * recordFailure stores an `error` verdict, with the reason, on the first window that each monitor of a model owes: a model that cannot be judged must
 * not look healthy. Those windows are judged again once a later pass succeeds. Returns how many verdicts were stored.
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
  const reason = `This window could not be judged: ${error.message}`;
  const failures = traffic.flatMap(({ version, environment, firstSeenAt, lastSeenAt }) =>
    monitors
      .filter(
        (monitor) =>
          monitor.model === model &&
          monitor.enabled &&
          monitor.environment === environment &&
          (monitor.version ?? version) === version,
      )
      .flatMap((monitor): Evaluation[] => {
        const segment = segmentKey(monitor.segment);
        const chain = progress.find(
          (one) =>
            one.monitorId === monitor.id &&
            one.version === version &&
            one.environment === environment &&
            one.segment === segment &&
            one.windowMs === monitor.window,
        );
        const due = dueWindows({ first: firstSeenAt, last: lastSeenAt }, deps.asOf, monitor.window);
        const window = due.find(({ start }) => start >= (chain?.judgedUntil ?? 0));
        if (window === undefined) return [];
        const { start, end } = window;
        return [
          {
            model,
            version,
            environment,
            monitor_id: monitor.id,
            kind: monitor.kind,
            segment,
            window_start: start,
            window_end: end,
            revision: 1,
            outcome: "error",
            reason,
            detail: { start, end, outcome: "error", reason },
            state: {},
            evaluated_at: deps.now(),
          },
        ];
      }),
  );
  await deps.store.evaluations.insert(project, failures);
  return failures.length;
}
