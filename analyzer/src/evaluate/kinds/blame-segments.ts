import { rankSegmentLosses, type SegmentLossIncrease } from "@leeway/core/performance";
import type { BlamedFeature, Model, Reference } from "@leeway/core/records";
import { formatNumber, formatShare } from "@leeway/core/words";
import type { NumericCuts, SegmentLosses } from "@leeway/store";

const MOST_SEGMENTS = 3;

/** numericCuts returns, for every number of a reference, the two quantiles that split it into low, middle and high. */
export function numericCuts(reference: Reference): NumericCuts[] {
  return reference.features.flatMap(({ name, numeric }) => {
    const deciles = numeric?.grid.decileEdges ?? [];
    const low = deciles[Math.floor(deciles.length / 3)];
    const high = deciles[Math.floor((2 * deciles.length) / 3)];
    return low === undefined || high === undefined || low >= high
      ? []
      : [{ feature: name, low: rounded(low), high: rounded(high) }];
  });
}

/** blameSegments returns the segments whose loss rose most, worst first, each with its size and interval; empty where none stands out. */
export function blameSegments(
  model: Model,
  reference: readonly SegmentLosses[],
  window: readonly SegmentLosses[],
): BlamedFeature[] {
  const none = { count: 0, sum: 0, sumOfSquares: 0 };
  const before = new Map(reference.map(({ name, losses }) => [name, losses]));
  const ranked = rankSegmentLosses(
    window.map(({ name, losses }) => ({ name, window: losses, reference: before.get(name) ?? none })),
  );
  if (ranked.outcome !== "ok") return [];
  const raised = ranked.segments.filter(({ isRaised }) => isRaised);
  return raised
    .slice(0, MOST_SEGMENTS)
    .map((segment) => ({ name: segment.name, evidence: evidenceOf(model, segment) }));
}

function evidenceOf(model: Model, segment: SegmentLossIncrease): string {
  const loss = model.task === "regression" || model.task === "llm" ? "absolute error" : "log loss";
  const { windowLoss, referenceLoss, rows, share, increase, ciLow, ciHigh } = segment;
  return `${loss} ${formatNumber(windowLoss)} against ${formatNumber(referenceLoss)} in the reference, ${formatNumber(increase)} more (${formatNumber(ciLow)} to ${formatNumber(ciHigh)}), on ${formatNumber(rows)} rows, ${formatShare(share)} of the labelled ones`;
}

// A cut is a name that people read: three digits say as much as fifteen.
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
