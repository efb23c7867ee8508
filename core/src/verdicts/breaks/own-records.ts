import { z } from "zod";
import type { FeatureProfile, WindowProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { shareDistance } from "../../triage/index.ts";
import { profileOf } from "../bars/profile-of.ts";
import { fillOf } from "./fill-ratio.ts";
import { restatementBaseline, restatementBaselineSchema } from "./restatement-baseline.ts";
import { largestTie, prominences, sharesOf } from "./value-shares.ts";

const MINIMUM_ROWS = 30;
const FARTHEST_REACH = 1e6;

/** ownRecordsSchema is the most that any window of the reference showed of what a broken pipeline shows. */
export const ownRecordsSchema = z.object({
  windows: z.number().int(),
  /** A window of the reference held one value only. */
  has_constant: z.boolean(),
  /** Largest share of the rows of one window in one bin or category. */
  largest_share: z.number(),
  /** Numbers: mean prominence of each bin (0 where its neighbours usually hold more), and the most that one window was above it anywhere (`prominences`). */
  mean_prominences: z.array(z.number()),
  largest_prominence: z.number(),
  /** Deciles in a row that were one value, the most of any window, its minimum and maximum included. */
  tied_deciles: z.number().int(),
  /** Smallest share of the expected bins that a window filled (`fillOf`). */
  smallest_fill: z.number(),
  /** How far one half of the windows lies outside the range of the other half, in spans of that: how far the column goes by itself. */
  reach: z.number(),
  /** Categories: the largest `shareDistance` of a window from the whole reference. */
  largest_change: z.number(),
  restatement: restatementBaselineSchema.optional(),
});

export type OwnRecords = z.infer<typeof ownRecordsSchema>;

/**
 * measureOwnRecords returns the most that the reference's own windows show of what a broken pipeline shows; of a reference without windows what the whole of it
 * shows. `slotOf` groups windows that are like each other. O(windows · bins).
 */
export function measureOwnRecords(
  reference: ReferenceFeature,
  referenceWindows: readonly WindowProfile[],
  slotOf: (start: number) => number,
): OwnRecords {
  const windows = referenceWindows.flatMap((window) => {
    const profile = profileOf(window, reference.name);
    return profile === undefined || !(profile.count >= MINIMUM_ROWS)
      ? []
      : { start: window.start, end: window.end, profile };
  });
  const profiles = windows.map(({ profile }) => profile);
  const { numeric } = reference;
  const shares = profiles.map(sharesOf);
  const wholeShares = numeric === undefined ? [] : toShares(numeric.counts);
  const standing = (shares.length > 0 ? shares : [wholeShares]).map(prominences);
  const means = wholeShares.map((_, bin) =>
    Math.max(0, standing.reduce((sum, one) => sum + (one[bin] ?? 0), 0) / standing.length),
  );
  return {
    windows: windows.length,
    has_constant: profiles.some(isConstant),
    largest_share: Math.max(
      ...(profiles.length > 0 ? profiles.map(largestShare) : [wholeLargestShare(reference)]),
    ),
    mean_prominences: means,
    largest_prominence: Math.max(
      0,
      ...standing.map((one) => Math.max(0, ...one.map((value, bin) => value - (means[bin] ?? 0)))),
    ),
    // Windows of an uploaded reference keep no deciles: those of the whole reference show its ties, too.
    tied_deciles: Math.max(
      largestTie(numeric === undefined ? undefined : { ...numeric, deciles: numeric.grid.decileEdges }).pairs,
      ...profiles.map(({ numeric: values }) => largestTie(values).pairs),
    ),
    smallest_fill: numeric === undefined ? 0 : smallestFill(numeric.counts, profiles),
    reach: reachOf(profiles),
    largest_change: largestChange(reference, profiles),
    ...(numeric === undefined ? {} : { restatement: restatementBaseline(numeric, windows, slotOf) }),
  };
}

/** isConstant decides whether a window's values are one value only. O(categories). */
export function isConstant({ count, numeric, categories, otherCount = 0 }: FeatureProfile): boolean {
  if (!(count > 0)) return false;
  if (numeric !== undefined) return numeric.minimum === numeric.maximum;
  return otherCount === 0 && Object.values(categories ?? {}).filter((rows) => rows > 0).length === 1;
}

function largestShare(profile: FeatureProfile): number {
  if (profile.numeric !== undefined) return Math.max(0, ...sharesOf(profile));
  return Math.max(0, ...Object.values(profile.categories ?? {})) / profile.count;
}

function wholeLargestShare({ numeric, categories = [], count }: ReferenceFeature): number {
  if (numeric !== undefined) return Math.max(0, ...toShares(numeric.counts));
  return count > 0 ? Math.max(0, ...categories.map((category) => category.count)) / count : 1;
}

function toShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
}

function smallestFill(reference: readonly number[], profiles: readonly FeatureProfile[]): number {
  const ratios = profiles.flatMap(({ numeric }) => {
    const { occupied, expected } = fillOf(reference, numeric?.counts ?? []);
    return expected > 0 ? occupied / expected : [];
  });
  return ratios.length === 0 ? 0 : Math.min(...ratios);
}

function largestChange({ categories, count }: ReferenceFeature, profiles: readonly FeatureProfile[]): number {
  if (categories === undefined || !(count > 0)) return 0;
  const shares = new Map(categories.map((category) => [category.name, category.count / count]));
  return Math.max(0, ...profiles.map((profile) => shareDistance(shares, profile)));
}

// A level that wanders, a season and a counter leave the range of half of their windows; a steady column does not.
function reachOf(profiles: readonly FeatureProfile[]): number {
  const spans = profiles.flatMap(({ numeric }) =>
    numeric === undefined ? [] : { low: numeric.minimum, high: numeric.maximum },
  );
  const half = Math.floor(spans.length / 2);
  if (half === 0) return 0;
  const range = (part: typeof spans) => ({
    low: Math.min(...part.map(({ low }) => low)),
    high: Math.max(...part.map(({ high }) => high)),
  });
  const first = range(spans.slice(0, half));
  const second = range(spans.slice(half));
  const beyond = (a: typeof first, b: typeof first) => {
    const out = Math.max(0, a.high - b.high, b.low - a.low);
    // Infinite values have no span.
    if (!Number.isFinite(out)) return FARTHEST_REACH;
    return out === 0 ? 0 : out / Math.max(b.high - b.low, out / FARTHEST_REACH);
  };
  return Math.max(beyond(first, second), beyond(second, first));
}
