import type { Evaluation } from "@leeway/core/evaluation";
import type { MonitorKind } from "@leeway/core/records";
import type { Store } from "@leeway/store";
import { pickChain } from "./pick-chain.ts";
import { type AskedRange, loadReadRange, type ReadRange } from "./resolve-range.ts";

/** Verdicts are the windows that a read answers with, and what they are of. */
export interface Verdicts {
  range: ReadRange;
  /** Null where there are none. */
  windowMs: number | null;
  evaluations: Evaluation[];
}

/** loadVerdicts returns the newest verdict of every window of one kind that a read asks for; of all traffic unless a segment is given. */
export async function loadVerdicts(
  store: Store,
  project: string,
  kind: MonitorKind,
  model: string,
  asked: AskedRange & { window?: number | undefined; segment?: string | undefined },
): Promise<Verdicts> {
  const range = await loadReadRange(store, project, model, asked);
  const evaluations = pickChain(
    await store.evaluations.list(project, {
      ...range,
      kind,
      segment: asked.segment ?? "",
      ...(asked.window === undefined ? {} : { windowMs: asked.window }),
    }),
  );
  const [first] = evaluations;
  return { range, windowMs: first === undefined ? null : first.window_end - first.window_start, evaluations };
}
