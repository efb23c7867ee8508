import type { Evaluation } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import type { Assessment } from "../chain/assess-chain.ts";
import { blameConceptDrift } from "./blame-concept-drift.ts";
import { judgeMonitor, type PlannedMonitor } from "./judge-monitor.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";
import { planWindows } from "./plan-windows.ts";
import { loadStoredVerdicts } from "./stored-verdicts.ts";
import { withFamilyShare } from "./with-family-share.ts";

/** judgeSubject judges what all monitors owe on one version: inputs first, because whether a loss is the concept's or the inputs' is read from them. */
export async function judgeSubject(
  context: PassContext,
  subject: PassSubject,
  monitors: readonly Monitor[],
): Promise<Assessment[]> {
  const planned = (
    await Promise.all(monitors.map((monitor) => planMonitor(context, subject, monitor)))
  ).filter(({ plan }) => plan.windows.length > 0);
  if (planned.length === 0) return [];
  const stored = await loadStoredVerdicts(context, subject, planned);
  const ofMember = ({ monitor }: PlannedMonitor): PassContext => ({
    ...context,
    model: withFamilyShare(context.model, monitor, monitors),
  });
  const isDrift = ({ monitor }: PlannedMonitor) => monitor.kind === "drift";
  const drift = await Promise.all(
    planned.filter(isDrift).map((one) => judgeMonitor(ofMember(one), subject, one, stored, [])),
  );
  const fresh: Evaluation[] = drift.flat().map(({ evaluation }) => evaluation);
  const inputs = [...stored.drift, ...fresh.filter(({ segment }) => segment === "")];
  const rest = await Promise.all(
    planned
      .filter((one) => !isDrift(one))
      .map(async (one) => {
        const judged = await judgeMonitor(ofMember(one), subject, one, stored, inputs);
        return one.monitor.kind === "performance" && one.segment === ""
          ? blameConceptDrift(context, subject, one.monitor, judged)
          : judged;
      }),
  );
  return [...drift.flat(), ...rest.flat()];
}

async function planMonitor(
  context: PassContext,
  subject: PassSubject,
  monitor: Monitor,
): Promise<PlannedMonitor> {
  const segment = segmentKey(monitor.segment);
  return { monitor, segment, plan: await planWindows(context, subject, monitor, segment) };
}
