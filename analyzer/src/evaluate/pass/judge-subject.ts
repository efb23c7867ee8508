import { isPassingTrouble } from "@leeway/core/errors";
import type { Monitor } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import { withFamilyShare } from "@leeway/core/verdicts";
import type { Assessment } from "../chain/assess-chain.ts";
import { errorVerdict } from "../chain/error-verdict.ts";
import { type ChainPlan, firstUnjudged } from "../chain/plan-chain.ts";
import { blameConceptDrift } from "./blame-concept-drift.ts";
import { judgeMonitor } from "./judge-monitor.ts";
import type { JudgedChain } from "./judged-chain.ts";
import { chainProgress, overlaps, type PassContext, type PassSubject } from "./pass-context.ts";
import { planWindows, wantedWindows } from "./plan-windows.ts";
import type { PlannedMonitor } from "./planned-monitor.ts";

/**
 * judgeSubject judges what all monitors owe on one version: inputs first, because whether a loss is the concept's or the inputs' is read from them. A monitor
 * that fails keeps no other from being judged.
 */
export async function judgeSubject(
  context: PassContext,
  subject: PassSubject,
  monitors: readonly Monitor[],
): Promise<JudgedChain[]> {
  const isDrift = ({ kind }: Monitor) => kind === "drift";
  const judge = (monitor: Monitor, inputs: readonly Assessment[]) =>
    judgeChain(
      { ...context, model: withFamilyShare(context.model, monitor, monitors) },
      subject,
      monitor,
      inputs,
    );
  const drift = await Promise.all(monitors.filter(isDrift).map((monitor) => judge(monitor, [])));
  const inputs = drift
    .flatMap(({ assessments }) => assessments)
    .filter(({ evaluation }) => evaluation.segment === "");
  const rest = await Promise.all(
    monitors.filter((monitor) => !isDrift(monitor)).map((monitor) => judge(monitor, inputs)),
  );
  return [...drift, ...rest].map((chain) => withErrorVerdict(context, subject, chain));
}

async function judgeChain(
  context: PassContext,
  subject: PassSubject,
  monitor: Monitor,
  inputs: readonly Assessment[],
): Promise<JudgedChain> {
  try {
    if (subject.failure !== undefined) throw subject.failure;
    const planned = await planWindows(context, subject, monitor);
    if (!isOfLabels(monitor)) return await judgeMonitor(context, subject, planned, []);
    const judged = await judgeMonitor(
      context,
      subject,
      withChangedInputs(planned, inputs),
      inputs.map(({ evaluation }) => evaluation),
    );
    const isBlamed = monitor.kind === "performance" && planned.segment === "";
    if (!isBlamed || judged.failure !== undefined) return judged;
    const blamed = await blameConceptDrift(context, subject, monitor, judged.assessments);
    return { ...judged, ...blamed, remember: [...judged.remember, ...blamed.remember] };
  } catch (error) {
    const { traffic } = subject;
    return { monitor, traffic, assessments: [], remember: [], failure: { error } };
  }
}

// Whether labels or the model are to blame follows from what was said of the inputs.
function isOfLabels({ kind }: Monitor): boolean {
  return kind === "performance" || kind === "labels";
}

/** withChangedInputs returns the plan in which the windows are owed too of whose inputs something else is now said. */
function withChangedInputs(planned: PlannedMonitor, inputs: readonly Assessment[]): PlannedMonitor {
  const changed = inputs.filter(({ change }) => change !== "same");
  const { due, owed } = planned.plan;
  const touched = due.filter((window) =>
    changed.some(({ evaluation }) => overlaps(window, evaluation.window_start, evaluation.window_end)),
  );
  const plan: ChainPlan = { due, owed: new Set([...owed, ...touched.map(({ start }) => start)]) };
  return { ...planned, plan };
}

// A defect is stored on the first window that the chain owes, so that the model does not look healthy. A store that is away leaves no verdict: it says nothing
// of the model.
function withErrorVerdict(context: PassContext, subject: PassSubject, chain: JudgedChain): JudgedChain {
  const { monitor, failure, assessments } = chain;
  if (failure === undefined || isPassingTrouble(failure.error)) return chain;
  const judged = new Set(assessments.map(({ evaluation }) => evaluation.window_start));
  const progress = chainProgress(context, subject.traffic, monitor);
  const wanted = wantedWindows(context, subject, monitor).filter(({ start }) => !judged.has(start));
  const window = firstUnjudged(wanted, progress);
  if (window === undefined || progress?.failed.includes(window.start)) return chain;
  const { model, version, environment } = subject.traffic;
  const scope = { model, version, environment, monitor_id: monitor.id, kind: monitor.kind };
  const verdict = errorVerdict(
    { ...scope, segment: segmentKey(monitor.segment) },
    window,
    failure.error,
    context.now,
  );
  return { ...chain, assessments: [...assessments, verdict] };
}
