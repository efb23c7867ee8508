import type { Evaluation } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import { type Assessment, type AssessWindow, assessChain } from "../chain/assess-chain.ts";
import type { ChainPlan } from "../chain/plan-chain.ts";
import { createAssessor } from "./create-assessor.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";
import type { StoredVerdicts } from "./stored-verdicts.ts";

/** PlannedMonitor is one monitor with the windows that it owes on one version; there is at least one. */
export interface PlannedMonitor {
  monitor: Monitor;
  /** Canonical key of the monitor's segment. */
  segment: string;
  plan: ChainPlan;
}

/**
 * judgeMonitor judges the windows that one monitor owes on one version: everything is loaded at once, judged in order, and nothing is saved yet.
 * `inputs` are the version's drift verdicts, of this pass and before.
 */
export async function judgeMonitor(
  context: PassContext,
  subject: PassSubject,
  { monitor, segment, plan }: PlannedMonitor,
  stored: StoredVerdicts,
  inputs: readonly Evaluation[],
): Promise<Assessment[]> {
  const { model, version, environment } = subject.traffic;
  const known = stored.of(monitor, segment);
  const assess = await createAssessor(context, subject, { monitor, windows: plan.windows, known, inputs });
  if (assess === undefined) return [];
  return assessChain({
    scope: { model, version, environment, monitor_id: monitor.id, kind: monitor.kind, segment },
    windows: plan.windows,
    known,
    previousState: plan.previous === undefined ? undefined : known.get(plan.previous.start)?.state,
    assess: segment === "" ? assess : inSegment(segment, assess),
    evaluatedAt: context.now,
  });
}

// Whoever reads a reason, in an incident too, must know that it is of a part of the traffic.
function inSegment(segment: string, assess: AssessWindow): AssessWindow {
  return async (window, previousState) => {
    const verdict = await assess(window, previousState);
    const reason = `${segment}: ${verdict.reason}`;
    return { ...verdict, reason, detail: { ...verdict.detail, reason } };
  };
}
