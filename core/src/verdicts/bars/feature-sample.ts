import { type FeatureProfile, valueCounts } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { decileCounts } from "../../statistics/index.ts";

/**
 * FeatureSample is one feature of one window (or of the reference) as additive sums, in rows: samples add up to larger samples and can be
 * taken out of them, which is how a reference window is compared with a reference without itself.
 */
export interface FeatureSample {
  /** PSI bins of the values, then missing (null or absent), then wrong type. Unseen categories count in the bin of the pooled rest. */
  bins: number[];
  /** Values of the reference's type. */
  valid: number;
  missing: number;
  wrongType: number;
  /** Sum of the location and spread scores of the values (`rankScores`); 0 for categories. */
  locationSum: number;
  spreadSum: number;
}

/** RankScores are the scores of a feature's grid bins: mean 0 over the reference, robust against heavy tails because ranks are bounded. */
export interface RankScores {
  location: number[];
  spread: number[];
  /** Variance of each score over the reference's values; 0 for a constant. */
  locationVariance: number;
  spreadVariance: number;
}

/**
 * rankScores returns a location score (Wilcoxon: the mid-rank) and a spread score (Mood: its squared distance from the middle) per grid
 * bin, both with mean 0 over the reference; the location score of a continuous feature moves by about 0.95 per standard deviation of a
 * small shift. Undefined for features without a grid. O(bins). Source: Hollander & Wolfe 1999, chapters 4 and 5.
 */
export function rankScores(feature: ReferenceFeature): RankScores | undefined {
  if (feature.numeric === undefined) return undefined;
  const { counts } = feature.numeric;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) return undefined;
  let below = 0;
  const ranks = counts.map((count) => {
    const rank = (below + count / 2) / total;
    below += count;
    return rank;
  });
  const location = centered(
    ranks.map((rank) => Math.sqrt(12) * (rank - 0.5)),
    counts,
    total,
  );
  const spread = centered(
    ranks.map((rank) => Math.sqrt(180) * (rank - 0.5) ** 2),
    counts,
    total,
  );
  const variance = (scores: number[]) =>
    scores.reduce((sum, score, bin) => sum + counts[bin]! * score * score, 0) / total;
  return {
    location,
    spread,
    locationVariance: variance(location),
    spreadVariance: variance(spread),
  };
}

function centered(scores: number[], counts: number[], total: number): number[] {
  const mean = scores.reduce((sum, score, bin) => sum + counts[bin]! * score, 0) / total;
  return scores.map((score) => score - mean);
}

/** windowSample returns a window's feature as sums, in rows (weights rescaled); a feature the window does not hold is all missing. O(bins). */
export function windowSample(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
  window: { rows: number; count: number },
  scores: RankScores | undefined,
): FeatureSample {
  const scale = window.count > 0 ? window.rows / window.count : 0;
  const missing = profile === undefined ? window.count : profile.nullCount + profile.missingCount;
  const values =
    reference.numeric === undefined
      ? categoryCounts(reference, profile)
      : Array.from(decileCounts(reference.numeric.grid, profile?.numeric?.counts ?? []));
  return toSample({
    values: values.map((count) => count * scale),
    missing: missing * scale,
    wrongType: (profile?.wrongTypeCount ?? 0) * scale,
    gridCounts: (profile?.numeric?.counts ?? []).map((count) => count * scale),
    scores,
  });
}

/** referenceSample returns the reference's feature as sums, in rows. O(bins). */
export function referenceSample(reference: ReferenceFeature, scores: RankScores | undefined): FeatureSample {
  const values =
    reference.numeric === undefined
      ? [...(reference.categories ?? []).map((category) => category.count), reference.other_count ?? 0]
      : Array.from(decileCounts(reference.numeric.grid, reference.numeric.counts));
  return toSample({
    values,
    missing: reference.null_count + Math.max(0, reference.missing_count - reference.wrong_type_count),
    wrongType: reference.wrong_type_count,
    gridCounts: reference.numeric?.counts ?? [],
    scores,
  });
}

/** addSamples returns the sums of both samples. O(bins). */
export function addSamples(a: FeatureSample, b: FeatureSample): FeatureSample {
  return combine(a, b, 1);
}

/** withoutSample returns what is left of `whole` when `part` is taken out; never below 0. O(bins). */
export function withoutSample(whole: FeatureSample, part: FeatureSample): FeatureSample {
  return combine(whole, part, -1);
}

/** sampleTotal returns the rows of a sample: values, missing and of a wrong type. O(1). */
export function sampleTotal(sample: FeatureSample): number {
  return sample.valid + sample.missing + sample.wrongType;
}

function combine(a: FeatureSample, b: FeatureSample, sign: 1 | -1): FeatureSample {
  const bins = a.bins.map((count, bin) => Math.max(0, count + sign * (b.bins[bin] ?? 0)));
  return {
    bins,
    valid: Math.max(0, a.valid + sign * b.valid),
    missing: Math.max(0, a.missing + sign * b.missing),
    wrongType: Math.max(0, a.wrongType + sign * b.wrongType),
    locationSum: a.locationSum + sign * b.locationSum,
    spreadSum: a.spreadSum + sign * b.spreadSum,
  };
}

function categoryCounts(reference: ReferenceFeature, profile: FeatureProfile | undefined): number[] {
  const { named, rest } = valueCounts(reference, profile);
  return [...named, rest];
}

function toSample(input: {
  values: number[];
  missing: number;
  wrongType: number;
  gridCounts: readonly number[];
  scores: RankScores | undefined;
}): FeatureSample {
  const { values, missing, wrongType, gridCounts, scores } = input;
  const weigh = (weights: number[] | undefined) =>
    weights === undefined ? 0 : gridCounts.reduce((sum, count, bin) => sum + count * (weights[bin] ?? 0), 0);
  return {
    bins: [...values, missing, wrongType],
    valid: values.reduce((sum, count) => sum + count, 0),
    missing,
    wrongType,
    locationSum: weigh(scores?.location),
    spreadSum: weigh(scores?.spread),
  };
}
