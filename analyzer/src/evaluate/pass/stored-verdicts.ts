import type { Evaluation } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import type { PlannedMonitor } from "./judge-monitor.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";

/** StoredVerdicts are the latest verdicts on one version that a pass continues or may revise. */
export interface StoredVerdicts {
  /** Verdicts of one monitor by window start. */
  of(monitor: Monitor, segment: string): ReadonlyMap<number, Evaluation>;
  /** Drift verdicts on all traffic, whichever monitor gave them. */
  drift: readonly Evaluation[];
}

// An estimate is trusted by how the last thirty did.
const ESTIMATE_WINDOWS = 30;

/** loadStoredVerdicts returns what was said of the planned windows before, in two queries for all monitors of a version. */
export async function loadStoredVerdicts(
  context: PassContext,
  { traffic }: PassSubject,
  planned: readonly PlannedMonitor[],
): Promise<StoredVerdicts> {
  const { model, version, environment } = traffic;
  const from = Math.min(...planned.map(({ monitor, plan }) => plan.windows[0]!.start - monitor.window));
  const to = Math.max(...planned.map(({ plan }) => plan.windows.at(-1)!.end));
  const estimated = planned
    .filter(({ monitor }) => monitor.kind === "performance")
    .map(({ monitor }) => monitor.window);
  const lists = await Promise.all([
    context.evaluations.list(context.project, { model, version, environment, from, to }),
    estimated.length === 0
      ? []
      : context.evaluations.list(context.project, {
          model,
          version,
          environment,
          kind: "performance",
          from: from - ESTIMATE_WINDOWS * Math.max(...estimated),
          to: from,
        }),
  ]);
  const stored = lists.flat();
  return {
    of: (monitor, segment) =>
      new Map(
        stored
          .filter(
            (one) =>
              one.monitor_id === monitor.id &&
              one.segment === segment &&
              one.window_end - one.window_start === monitor.window,
          )
          .map((one) => [one.window_start, one]),
      ),
    drift: stored.filter((one) => one.kind === "drift" && one.segment === ""),
  };
}
