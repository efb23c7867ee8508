import { mergeAggregates } from "@leeway/core/performance";
import type { Monitor, Reference } from "@leeway/core/records";
import { createBaseline, type PerformanceBaseline } from "../baselines/calibration-cache.ts";
import { coversBothClasses } from "../kinds/early-labels.ts";
import { type MaturityBasis, maturityOf } from "../kinds/performance.ts";
import type { LabelledRollup, Span } from "../model-store/model-store.ts";
import { dueWindows } from "../schedule/due-windows.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";

const FIRST_WINDOWS = 7;
const ENOUGH_LABELS = 200;
const COMPLETE_SHARE = 0.8;

/** FoundBaseline is a performance baseline, with the windows it was taken from where it was taken from production. */
export interface FoundBaseline {
  baseline: PerformanceBaseline;
  span: Pick<Reference, "version" | "source" | "from" | "to"> | undefined;
}

/**
 * performanceBaseline returns what a version's performance is compared with: the labelled rows of its own reference, else its own first seven
 * mature windows, undefined until those are there. Another version's performance is no baseline.
 */
export async function performanceBaseline(
  context: PassContext,
  { traffic, held }: PassSubject,
  monitor: Monitor,
  maturity: MaturityBasis,
): Promise<FoundBaseline | undefined> {
  const { model, modelStore } = context;
  if (
    held?.isOwn === true &&
    held.reference.source === "upload" &&
    held.reference.labelled_rows >= ENOUGH_LABELS
  ) {
    const baseline = await context.calibrations.performance(modelStore, held.reference, monitor, model);
    // Of a segment the reference may hold too little, or nothing where its rows came without tags.
    if (baseline !== undefined && baseline.aggregate.weightSum >= ENOUGH_LABELS)
      return { baseline, span: undefined };
  }
  const seen = { first: traffic.firstSeenAt, last: traffic.lastSeenAt };
  const windows = dueWindows(seen, context.asOf, monitor.window).slice(0, FIRST_WINDOWS);
  const first = windows[0];
  if (first === undefined || windows.length < FIRST_WINDOWS) return undefined;
  const span = { from: first.start, to: windows.at(-1)!.end, segment: monitor.segment };
  const { version, environment } = traffic;
  const key = [context.project, model, version, environment, monitor.window, span];
  const baseline = await context.calibrations.firstWindows(key, () =>
    takeFirstWindows(context, { traffic, held }, { ...span, windowMs: monitor.window }, maturity),
  );
  if (baseline === undefined) return undefined;
  return { baseline, span: { version, source: "automatic", from: span.from, to: span.to } };
}

async function takeFirstWindows(
  { model, modelStore }: PassContext,
  { traffic, held }: Pick<PassSubject, "traffic" | "held">,
  span: Span,
  maturity: MaturityBasis,
): Promise<PerformanceBaseline | undefined> {
  const { windowMs } = span;
  const rows = await modelStore.labelled(traffic, model, held?.reference, span);
  const isMature = rows.every(
    (row) =>
      maturityOf(
        { start: row.start, end: row.start + windowMs },
        { predictions: row.predictions, labelled: row.aggregate.weightSum },
        maturity,
      ).mature,
  );
  const aggregate = mergeAggregates(rows.map((row) => row.aggregate));
  if (!areComplete(rows, maturity)) return undefined;
  if (!isMature || aggregate === undefined || aggregate.weightSum < ENOUGH_LABELS) return undefined;
  const referenceId = `first-windows-of-${traffic.version}`;
  return createBaseline(rows, aggregate, { referenceId, windowMs, model });
}

// A baseline of early labels would be biased as they are, and stay so: nearly all that usually come must have come, those of every class.
function areComplete(rows: readonly LabelledRollup[], maturity: MaturityBasis): boolean {
  const predictions = rows.reduce((sum, row) => sum + row.predictions, 0);
  const labelled = rows.reduce((sum, row) => sum + row.aggregate.weightSum, 0);
  const final = maturity.curve?.settled === true ? maturity.curve.finalCoverage : 1;
  const whole = mergeAggregates(rows.map((row) => row.aggregate));
  return (
    labelled >= COMPLETE_SHARE * final * predictions &&
    (whole === undefined || coversBothClasses({ predictions, aggregate: whole }))
  );
}
