import type { Monitor } from "@leeway/core/records";
import type { Assessment } from "../chain/assess-chain.ts";
import { blameSegments, numericCuts } from "../kinds/blame-segments.ts";
import { dueWindows } from "../schedule/due-windows.ts";
import type { JudgedChain } from "./judged-chain.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";

// A week of daily windows: enough rows for small segments, short enough to be about what fails now.
const WINDOWS = 7;
// An incident keeps what was blamed before: while it goes on, where it hurts is asked again now and then.
const BLAME_EVERY_MS = 30_000;

/**
 * blameConceptDrift returns the assessments with the segments to blame on the newest alarm that performance raised: where in feature space the loss
 * rose most since the reference. Only that one is asked for, because it is the one that people read.
 */
export async function blameConceptDrift(
  context: PassContext,
  { traffic, held }: PassSubject,
  monitor: Monitor,
  assessments: readonly Assessment[],
): Promise<Pick<JudgedChain, "assessments" | "remember">> {
  const untouched = { assessments: [...assessments], remember: [] };
  const newest = assessments.findLastIndex(
    ({ change, evaluation }) =>
      change !== "same" && evaluation.outcome === "alarm" && evaluation.cause === "concept_drift",
  );
  const alarm = assessments[newest];
  if (alarm === undefined || held === undefined) return untouched;
  const chain = JSON.stringify(["blame", monitor.id, traffic.version, traffic.environment]);
  const blamedAt = context.lookedAt(chain)?.at;
  if (blamedAt !== undefined && context.now - blamedAt < BLAME_EVERY_MS) return untouched;
  const to = alarm.evaluation.window_end;
  const cuts = numericCuts(held.reference);
  const isLabelled = held.isOwn && held.reference.source === "upload" && held.reference.labelled_rows > 0;
  const first = dueWindows(
    { first: traffic.firstSeenAt, last: traffic.lastSeenAt },
    context.asOf,
    monitor.window,
  )[0];
  const from = first?.start ?? traffic.firstSeenAt;
  const [reference, window] = await Promise.all([
    context.modelStore.segmentLosses(
      isLabelled
        ? { reference: held.reference }
        : { subject: traffic, from, to: from + WINDOWS * monitor.window },
      context.model,
      cuts,
    ),
    context.modelStore.segmentLosses(
      { subject: traffic, from: to - WINDOWS * monitor.window, to },
      context.model,
      cuts,
    ),
  ]);
  const blamed = blameSegments(context.model, reference, window);
  return {
    assessments: assessments.map((one, index) => (index === newest ? { ...one, blamed } : one)),
    remember: [{ chain, look: { at: context.now } }],
  };
}
