import {
  benjaminiHochberg,
  insufficientData,
  type NotComputable,
  normalUpperTail,
} from "../statistics/index.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import { type LossSums, meanOf, mergeLossSums, sampleVariance } from "./loss-sums.ts";

/** SegmentLossSums are the loss sums of one segment (a tag's value, or a bin of a feature) in the reference and in the window. */
export interface SegmentLossSums {
  name: string;
  reference: LossSums;
  window: LossSums;
}

/**
 * SegmentLossIncrease is how much a segment's loss rose. `increase` is per row with its interval; `excess` is the loss it adds to the window's mean
 * beyond the reference (increase times share), which ranks segments: a small segment that is much worse and a large one that is a little
 * worse weigh by what they cost.
 */
export interface SegmentLossIncrease {
  name: string;
  rows: number;
  share: number;
  referenceLoss: number;
  windowLoss: number;
  increase: number;
  ciLow: number;
  ciHigh: number;
  excess: number;
  pAdjusted: number;
  /** Whether the rise survives Benjamini–Hochberg across the segments. */
  isRaised: boolean;
}

/** MINIMUM_SEGMENT_ROWS is how many rows a segment needs on both sides to be ranked. */
export const MINIMUM_SEGMENT_ROWS = 20;

/**
 * rankSegmentLosses returns the segments by what their rise in loss costs, largest first, with intervals (Welch) and one-sided p-values
 * adjusted by Benjamini–Hochberg across all segments given. Segments with fewer than 20 rows on a side are left out and counted in
 * `tooSmall`. A segment that the reference does not know is compared with the reference's mean loss over all segments. O(segments log segments).
 *
 * @example rankSegmentLosses([{ name: "region=eu", reference, window }]) // { outcome: "ok", segments: [...], tooSmall: 0 }
 */
export function rankSegmentLosses(
  segments: readonly SegmentLossSums[],
  options: { level?: number; falseDiscoveryRate?: number } = {},
): { outcome: "ok"; segments: SegmentLossIncrease[]; tooSmall: number } | NotComputable {
  const { level = DEFAULT_LEVEL, falseDiscoveryRate = 0.05 } = options;
  const none = { count: 0, sum: 0, sumOfSquares: 0 };
  const windowTotal = segments.map((one) => one.window).reduce(mergeLossSums, none);
  const referenceTotal = segments.map((one) => one.reference).reduce(mergeLossSums, none);
  if (windowTotal.count === 0) return insufficientData("no labelled rows in the window");
  if (referenceTotal.count < MINIMUM_SEGMENT_ROWS)
    return insufficientData("the reference has too few labelled rows");
  const ranked = segments.filter(
    (one) =>
      one.window.count >= MINIMUM_SEGMENT_ROWS &&
      (one.reference.count === 0 || one.reference.count >= MINIMUM_SEGMENT_ROWS),
  );
  const scale = normalScale(level);
  const raw = ranked.map((one) => {
    const reference = one.reference.count === 0 ? referenceTotal : one.reference;
    const increase = meanOf(one.window) - meanOf(reference);
    const standardError = Math.sqrt(
      sampleVariance(one.window) / one.window.count + sampleVariance(reference) / reference.count,
    );
    const share = one.window.count / windowTotal.count;
    const p = standardError === 0 ? (increase > 0 ? 0 : 1) : normalUpperTail(increase / standardError);
    return {
      p,
      name: one.name,
      rows: one.window.count,
      share,
      referenceLoss: meanOf(reference),
      windowLoss: meanOf(one.window),
      increase,
      ciLow: increase - scale * standardError,
      ciHigh: increase + scale * standardError,
      excess: increase * share,
    };
  });
  const adjusted = benjaminiHochberg(raw.map((one) => one.p));
  const increases = raw.map(({ p: _, ...one }, i) => ({
    ...one,
    pAdjusted: adjusted[i]!,
    isRaised: adjusted[i]! <= falseDiscoveryRate,
  }));
  increases.sort((a, b) => Number(b.isRaised) - Number(a.isRaised) || b.excess - a.excess);
  return { outcome: "ok", segments: increases, tooSmall: segments.length - ranked.length };
}
