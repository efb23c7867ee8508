import type { Evaluation } from "@leeway/core/evaluation";
import type { TimeWindow } from "@leeway/core/window";
import type { PassContext, PassSubject } from "./pass-context.ts";
import type { PlannedMonitor } from "./planned-monitor.ts";

/** StoredVerdicts are the latest verdicts on one version that a pass continues or may revise. */
export interface StoredVerdicts {
  /** Verdicts of the monitor by window start. */
  known: ReadonlyMap<number, Evaluation>;
  /** Drift verdicts on all traffic, whichever monitor gave them. */
  drift: readonly Evaluation[];
}

// An estimate is trusted by how the last thirty did.
const ESTIMATE_WINDOWS = 30;

/** loadStoredVerdicts returns what was said before of the windows of `block` and of the one before it; monitors that owe the same windows share the query. */
export async function loadStoredVerdicts(
  context: PassContext,
  { traffic }: PassSubject,
  { monitor, segment }: Pick<PlannedMonitor, "monitor" | "segment">,
  block: readonly TimeWindow[],
): Promise<StoredVerdicts> {
  const { model, version, environment } = traffic;
  const from = block[0]!.start - monitor.window;
  const to = block.at(-1)!.end;
  const list = (filter: { from: number; to: number; kind?: "performance" }) =>
    context.shared(["verdicts", version, environment, filter], () =>
      context.evaluations.list(context.project, { model, version, environment, ...filter }),
    );
  const lists = await Promise.all([
    list({ from, to }),
    monitor.kind === "performance"
      ? list({ from: from - ESTIMATE_WINDOWS * monitor.window, to: from, kind: "performance" })
      : [],
  ]);
  const stored = lists.flat();
  return {
    known: new Map(
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
