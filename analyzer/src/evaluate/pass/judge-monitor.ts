import type { Evaluation } from "@leeway/core/evaluation";
import type { TimeWindow } from "@leeway/core/window";
import { type Assessment, type AssessWindow, assessChain } from "../chain/assess-chain.ts";
import { type ChainPosition, nextBlock } from "../chain/next-block.ts";
import type { VersionTraffic } from "../model-store/model-store.ts";
import { createAssessor } from "./create-assessor.ts";
import type { JudgedChain } from "./judged-chain.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";
import type { PlannedMonitor } from "./planned-monitor.ts";
import { loadStoredVerdicts } from "./stored-verdicts.ts";

/**
 * judgeMonitor judges the windows that one monitor owes on one version, and those after them for as long as a window hands on something else than it did before:
 * windows are loaded block by block and judged in order, and nothing is saved yet. `inputs` are the drift verdicts of this pass. What was judged before an
 * error is kept.
 */
export async function judgeMonitor(
  context: PassContext,
  subject: PassSubject,
  planned: PlannedMonitor,
  inputs: readonly Evaluation[],
): Promise<JudgedChain> {
  const { plan } = planned;
  const { traffic } = subject;
  const assessments: Assessment[] = [];
  const position: ChainPosition = { index: 0, isStateNew: false, followed: 0 };
  try {
    for (;;) {
      const block = nextBlock(plan, position, context.windowLimit);
      if (block === undefined) return finished(context, traffic, planned, assessments);
      const [from, to] = block;
      if (assessments.length >= context.windowLimit && context.range === undefined) {
        return interrupted(context, traffic, planned, { assessments, from: plan.due[from]!.start });
      }
      const judged = await judgeBlock(context, subject, planned, plan.due.slice(from, to), {
        earlier: assessments,
        inputs,
      });
      if (judged === undefined) return finished(context, traffic, planned, assessments);
      assessments.push(...judged);
      const isOwed = plan.owed.has(plan.due[from]!.start);
      position.index = to;
      position.isStateNew = judged.at(-1)?.isStateNew === true;
      position.followed = isOwed ? 0 : position.followed + judged.length;
    }
  } catch (error) {
    return { monitor: planned.monitor, traffic, assessments, remember: [], failure: { error } };
  }
}

function finished(
  context: PassContext,
  traffic: VersionTraffic,
  { monitor, chain, lookedAt, touchedSince, isPutOff = false }: PlannedMonitor,
  assessments: Assessment[],
): JudgedChain {
  if (context.range !== undefined) return { monitor, traffic, assessments, remember: [] };
  const remember = lookedAt === undefined ? [] : [{ chain, look: { at: lookedAt } }];
  return { monitor, traffic, assessments, remember, settledAt: lookedAt ?? touchedSince, isPutOff };
}

function interrupted(
  context: PassContext,
  traffic: VersionTraffic,
  { monitor, chain, lookedAt, touchedSince }: PlannedMonitor,
  { assessments, from }: { assessments: Assessment[]; from: number },
): JudgedChain {
  const look = { at: lookedAt ?? context.now, left: { from, since: touchedSince } };
  return { monitor, traffic, assessments, remember: [{ chain, look }], settledAt: touchedSince };
}

async function judgeBlock(
  context: PassContext,
  subject: PassSubject,
  planned: PlannedMonitor,
  windows: readonly TimeWindow[],
  fresh: { earlier: readonly Assessment[]; inputs: readonly Evaluation[] },
): Promise<Assessment[] | undefined> {
  const { monitor, segment } = planned;
  const { model, version, environment } = subject.traffic;
  const stored = await loadStoredVerdicts(context, subject, planned, windows);
  const earlier = fresh.earlier.map(({ evaluation }) => [evaluation.window_start, evaluation] as const);
  const known = new Map([...stored.known, ...earlier]);
  const assess = await createAssessor(context, subject, {
    monitor,
    windows,
    known,
    inputs: [...stored.drift, ...fresh.inputs],
  });
  if (assess === undefined) return undefined;
  return assessChain({
    scope: { model, version, environment, monitor_id: monitor.id, kind: monitor.kind, segment },
    windows,
    known,
    previousState: known.get(windows[0]!.start - monitor.window)?.state,
    assess: inSegment(segment, assess),
    evaluatedAt: context.now,
  });
}

/** inSegment returns the assessment whose reasons begin with the segment: whoever reads one, in an incident too, must know that it is of a part of the traffic. */
export function inSegment(segment: string, assess: AssessWindow): AssessWindow {
  if (segment === "") return assess;
  return async (window, previousState) => {
    const verdict = await assess(window, previousState);
    const reason = `${segment}: ${verdict.reason}`;
    return { ...verdict, reason, detail: { ...verdict.detail, reason } };
  };
}
