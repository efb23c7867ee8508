import type { Evaluation, PerformanceWindow } from "@leeway/core/evaluation";
import {
  findNonsense,
  mergeAggregates,
  performanceAnchor,
  performanceTask,
  withPositiveClass,
} from "@leeway/core/performance";
import { type Segment, segmentKey } from "@leeway/core/segment";
import { performanceMetrics } from "@leeway/core/verdicts";
import { formatNumber } from "@leeway/core/words";
import { readModel, referenceInUse, type Store } from "@leeway/store";
import type { ReadRange } from "./resolve-range.ts";

/**
 * measureSegment returns the performance of a segment that no monitor watches, measured now from the predictions themselves and held beside the same
 * segment of the reference. Such windows have metrics and intervals, but no verdict; when labels usually come is known from the windows of all traffic.
 */
export async function measureSegment(
  store: Store,
  project: string,
  range: ReadRange,
  segment: Segment,
  whole: { windowMs: number; evaluations: readonly Evaluation[] },
): Promise<PerformanceWindow[]> {
  const stored = await readModel(store, project, range.model);
  const classes = await store.activity.classes(project, stored);
  const model = withPositiveClass(stored, classes);
  const reference = (await referenceInUse(store, project, range))?.reference;
  const task = performanceTask(model, performanceAnchor(reference));
  const [windows, before] = await Promise.all([
    store.performance.windows(project, { ...range, segment }, task, whole.windowMs),
    reference === undefined ? undefined : store.performance.referenceTotal(project, reference, task, segment),
  ]);
  const all = mergeAggregates(windows.map(({ aggregate }) => aggregate));
  const refusal = findNonsense({ model, classes, reference: before, window: all })?.reason;
  const verdicts = new Map(whole.evaluations.map((one) => [one.window_start, one.detail]));
  return windows.map(({ start, predictions, labelled, aggregate }) => {
    const beside = verdicts.get(start);
    return {
      start,
      end: start + whole.windowMs,
      predictions,
      labelled: aggregate.weightSum,
      label_coverage: predictions === 0 ? 0 : labelled / predictions,
      expected_coverage:
        typeof beside?.["expected_coverage"] === "number" ? beside["expected_coverage"] : null,
      mature: beside?.["mature"] === true,
      outcome: "not_defined",
      revision: 0,
      metrics: performanceMetrics(aggregate, before, refusal),
      reason: `${segmentKey(segment)}: measured on ${formatNumber(labelled)} of ${formatNumber(predictions)} predictions; no monitor judges this segment`,
    };
  });
}
