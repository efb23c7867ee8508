import type { Monitor } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import { withFamilyShare } from "@leeway/core/verdicts";
import type { Assessment } from "../chain/assess-chain.ts";
import type { ChainPlan } from "../chain/plan-chain.ts";
import { blameConceptDrift } from "./blame-concept-drift.ts";
import { judgeMonitor } from "./judge-monitor.ts";
import { overlaps, type PassContext, type PassSubject } from "./pass-context.ts";
import { planWindows } from "./plan-windows.ts";
import type { PlannedMonitor } from "./planned-monitor.ts";

/** judgeSubject judges what all monitors owe on one version: inputs first, because whether a loss is the concept's or the inputs' is read from them. */
export async function judgeSubject(
  context: PassContext,
  subject: PassSubject,
  monitors: readonly Monitor[],
): Promise<Assessment[]> {
  const planned = await Promise.all(
    monitors.map((monitor) => planWindows(context, subject, monitor, segmentKey(monitor.segment))),
  );
  const ofMember = ({ monitor }: PlannedMonitor): PassContext => ({
    ...context,
    model: withFamilyShare(context.model, monitor, monitors),
  });
  const isDrift = ({ monitor }: PlannedMonitor) => monitor.kind === "drift";
  const drift = (
    await Promise.all(planned.filter(isDrift).map((one) => judgeMonitor(ofMember(one), subject, one, [])))
  ).flat();
  const inputs = drift.filter(({ evaluation }) => evaluation.segment === "");
  const rest = await Promise.all(
    planned
      .filter((one) => !isDrift(one))
      .map(async (one) => {
        const owing = one.monitor.kind === "performance" ? withRevisedInputs(one, inputs) : one;
        const judged = await judgeMonitor(
          ofMember(one),
          subject,
          owing,
          inputs.map(({ evaluation }) => evaluation),
        );
        return one.monitor.kind === "performance" && one.segment === ""
          ? blameConceptDrift(context, subject, one.monitor, judged)
          : judged;
      }),
  );
  return [...drift, ...rest.flat()];
}

/** withRevisedInputs returns the plan in which the windows are owed too of whose inputs something else is now said. */
function withRevisedInputs(planned: PlannedMonitor, inputs: readonly Assessment[]): PlannedMonitor {
  const revised = inputs.filter(({ change }) => change === "revised");
  const { due, owed } = planned.plan;
  const touched = due.filter((window) =>
    revised.some(({ evaluation }) => overlaps(window, evaluation.window_start, evaluation.window_end)),
  );
  const plan: ChainPlan = { due, owed: new Set([...owed, ...touched.map(({ start }) => start)]) };
  return { ...planned, plan };
}
