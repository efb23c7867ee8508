import { psiFromCounts } from "../../statistics/index.ts";
import { type FeatureSample, type RankScores, sampleTotal } from "../bars/feature-sample.ts";
import { type SampleDistance, sampleDistance } from "../bars/sample-distance.ts";

// The last two bins of a sample: missing and mistyped values, which have a test of their own.
const BINS_WITHOUT_VALUES = 2;

/**
 * furthestWindow returns how far a window of `rows` rows can lie from its baseline at all: with every row in the rarest of the baseline's bins of
 * values, where a distance that is convex in the window's shares is largest. Undefined for an empty baseline. O(bins).
 */
export function furthestWindow(
  baseline: FeatureSample,
  rows: number,
): { measured: SampleDistance; psi: number } | undefined {
  const values = baseline.bins.slice(0, -BINS_WITHOUT_VALUES);
  const rarest = values.indexOf(Math.min(...values));
  const bins = baseline.bins.map((_, bin) => (bin === rarest ? rows : 0));
  const measured = sampleDistance(baseline.bins, bins);
  const psi = psiFromCounts(baseline.bins, bins);
  return measured === undefined || psi.outcome !== "ok" ? undefined : { measured, psi: psi.psi };
}

/**
 * furthestRanks returns the samples whose mean rank or spread of ranks lies furthest from any baseline's: all rows lowest, in the middle, or
 * highest. Empty for features without ranks. O(1).
 */
export function furthestRanks(sample: FeatureSample, scores: RankScores | undefined): FeatureSample[] {
  if (scores === undefined) return [];
  const rows = sampleTotal(sample);
  const last = scores.location.length - 1;
  return [0, Math.floor(last / 2), last].map((bin) => ({
    bins: sample.bins.map(() => 0),
    valid: rows,
    missing: 0,
    wrongType: 0,
    locationSum: rows * scores.location[bin]!,
    spreadSum: rows * scores.spread[bin]!,
  }));
}
