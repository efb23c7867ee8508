import type { Evaluation } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import type { TimeWindow } from "@leeway/core/window";
import { type Assessment, assessChain, type WindowVerdict } from "../chain/assess-chain.ts";
import { createAssessor } from "./create-assessor.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";
import { planWindows } from "./plan-windows.ts";
import { segmentKey } from "./segment-key.ts";

// Each window continues the state of the one before; an estimate is trusted by how the last thirty did.
const LOOK_BACK_WINDOWS: Record<Monitor["kind"], number> = {
  drift: 1,
  performance: 30,
  labels: 1,
  volume: 1,
  latency_slo: 1,
};

/** Assessor judges one window with the state of the one before. */
export type Assessor = (window: TimeWindow, previousState: object | undefined) => WindowVerdict;

/**
 * judgeMonitor judges the windows that one monitor owes on one version: everything is loaded at once, judged in order, and nothing is saved yet.
 * `inputs` are the version's drift verdicts of this pass.
 */
export async function judgeMonitor(
  context: PassContext,
  subject: PassSubject,
  monitor: Monitor,
  inputs: readonly Evaluation[],
): Promise<Assessment[]> {
  const segment = segmentKey(monitor.segment);
  const plan = await planWindows(context, subject, monitor, segment);
  const first = plan.windows[0];
  if (first === undefined) return [];
  const { model, version, environment } = subject.traffic;
  const stored = await context.evaluations.list(context.project, {
    model,
    version,
    environment,
    segment,
    kind: monitor.kind,
    monitorId: monitor.id,
    from: first.start - LOOK_BACK_WINDOWS[monitor.kind] * monitor.window,
    to: plan.windows.at(-1)!.end,
    windowMs: monitor.window,
  });
  const known = new Map(stored.map((evaluation) => [evaluation.window_start, evaluation]));
  const assess = await createAssessor(context, subject, { monitor, windows: plan.windows, known, inputs });
  if (assess === undefined) return [];
  const previous = plan.previous === undefined ? undefined : known.get(plan.previous.start);
  return assessChain({
    scope: { model, version, environment, monitor_id: monitor.id, kind: monitor.kind, segment },
    windows: plan.windows,
    known,
    previousState: previous?.state,
    assess,
    evaluatedAt: context.now,
  });
}
