import { MISSING_LABEL, OTHER_LABEL, WRONG_TYPE_LABEL } from "../../profile/bin-labels.ts";
import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { decileBins, decileCounts, gridBinEnds } from "../../statistics/index.ts";
import { formatNumber } from "../../words/index.ts";

/** FeatureBins are both sides of a feature over the same named bins, as counts: what PSI is defined on and what is drawn. */
export interface FeatureBins {
  labels: string[];
  reference: number[];
  window: number[];
}

/**
 * featureBins returns the PSI bins of a feature by name: the reference's deciles and atoms, or one bin per category with unseen ones by
 * name, then missing values and wrong types where either side has any. A feature the window does not hold is all missing. O(bins).
 */
export function featureBins(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
  windowCount: number,
): FeatureBins {
  const bins =
    reference.numeric === undefined
      ? categoryBins(reference, profile)
      : numericBins(reference.numeric, profile);
  const append = (label: string, before: number, now: number) => {
    if (before + now <= 0) return;
    bins.labels.push(label);
    bins.reference.push(before);
    bins.window.push(now);
  };
  append(
    MISSING_LABEL,
    reference.null_count + Math.max(0, reference.missing_count - reference.wrong_type_count),
    profile === undefined ? windowCount : profile.nullCount + profile.missingCount,
  );
  append(WRONG_TYPE_LABEL, reference.wrong_type_count, profile?.wrongTypeCount ?? 0);
  return bins;
}

/** binLabels returns the names of the PSI bins of a grid: "≤ 1.2", "1.2 – 3", "3" (an atom), "> 9". O(bins). */
export function binLabels(numeric: NonNullable<ReferenceFeature["numeric"]>): string[] {
  const bins = decileBins(numeric.grid);
  const ends = gridBinEnds(bins);
  if (ends.length === 0) return ["all values"];
  const labels = ends.map(({ end, isClosed }, index) => {
    const before = ends[index - 1];
    if (isClosed && before !== undefined && before.end === end) return formatNumber(end);
    const upTo = isClosed ? "≤" : "<";
    return before === undefined
      ? `${upTo} ${formatNumber(end)}`
      : `${formatNumber(before.end)} – ${formatNumber(end)}`;
  });
  return [...labels, `> ${formatNumber(ends.at(-1)!.end)}`];
}

function numericBins(
  numeric: NonNullable<ReferenceFeature["numeric"]>,
  profile: FeatureProfile | undefined,
): FeatureBins {
  return {
    labels: binLabels(numeric),
    reference: Array.from(decileCounts(numeric.grid, numeric.counts)),
    window: Array.from(decileCounts(numeric.grid, profile?.numeric?.counts ?? [])),
  };
}

function categoryBins(reference: ReferenceFeature, profile: FeatureProfile | undefined): FeatureBins {
  const known = new Map((reference.categories ?? []).map((category) => [category.name, category.count]));
  const now = new Map(Object.entries(profile?.categories ?? {}));
  const labels = [...known.keys(), ...[...now.keys()].filter((name) => !known.has(name))];
  const bins: FeatureBins = {
    labels,
    reference: labels.map((name) => known.get(name) ?? 0),
    window: labels.map((name) => now.get(name) ?? 0),
  };
  const otherBefore = reference.other_count ?? 0;
  const otherNow = profile?.otherCount ?? 0;
  if (otherBefore + otherNow > 0) {
    bins.labels.push(OTHER_LABEL);
    bins.reference.push(otherBefore);
    bins.window.push(otherNow);
  }
  return bins;
}

/**
 * sampleDistribution returns both sides of a feature as shares over the bins of its samples: the reference's own bins, the rest pooled, then missing
 * and wrong type where either side has any. O(bins).
 */
export function sampleDistribution(
  reference: ReferenceFeature,
  baseline: readonly number[],
  window: readonly number[],
): { labels: string[]; reference: number[]; window: number[] } {
  const values =
    reference.numeric === undefined
      ? [...(reference.categories ?? []).map((category) => category.name), OTHER_LABEL]
      : binLabels(reference.numeric);
  const kept = [...values, MISSING_LABEL, WRONG_TYPE_LABEL]
    .map((label, bin) => ({ label, before: baseline[bin] ?? 0, now: window[bin] ?? 0 }))
    .filter(({ before, now }, bin) => before + now > 0 || bin < values.length - 1);
  const shares = (counts: number[]) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => (total > 0 ? count / total : 0));
  };
  return {
    labels: kept.map(({ label }) => label),
    reference: shares(kept.map(({ before }) => before)),
    window: shares(kept.map(({ now }) => now)),
  };
}
