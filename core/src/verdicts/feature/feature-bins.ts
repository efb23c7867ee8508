import {
  MISSING_LABEL,
  OTHER_KNOWN_LABEL,
  OTHER_LABEL,
  UNSEEN_LABEL,
  WRONG_TYPE_LABEL,
} from "../../profile/bin-labels.ts";
import { type FeatureProfile, valueCounts } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { decileBins, decileCounts, gridBinEnds, MAX_CATEGORY_BINS } from "../../statistics/index.ts";
import { formatNumber } from "../../words/index.ts";

/** FeatureBins are both sides of a feature over the same named bins, as counts: what PSI is defined on and what is drawn. */
export interface FeatureBins {
  labels: string[];
  reference: number[];
  window: number[];
}

/**
 * featureBins returns the PSI bins of a feature by name: the reference's deciles and atoms, or one bin per category, then missing values and wrong types
 * where either side has any. Up to 200 categories in all are named, unseen ones too; of more, the reference's 200, its others as one bin and unseen values as another.
 * Unseen values up to `usualUnseen` (a share) count as others: so many are new where nothing has changed. A feature the window does not hold is all missing. O(bins).
 */
export function featureBins(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
  windowCount: number,
  usualUnseen = 0,
): FeatureBins {
  const bins =
    reference.numeric === undefined
      ? categoryBins(reference, profile, usualUnseen)
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

function categoryBins(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
  usualUnseen: number,
): FeatureBins {
  const categories = reference.categories ?? [];
  const { named, rest, otherKnown, unseen, unseenNames, areAllNamed } = valueCounts(reference, profile);
  const bins: FeatureBins = {
    labels: categories.map(({ name }) => name),
    reference: categories.map(({ count }) => count),
    window: named,
  };
  const append = (label: string, before: number, now: number) => {
    if (before + now <= 0) return;
    bins.labels.push(label);
    bins.reference.push(before);
    bins.window.push(now);
  };
  const otherBefore = reference.other_count ?? 0;
  if (unseen === undefined) {
    append(OTHER_LABEL, otherBefore, rest);
    return bins;
  }
  // A bin of one row each says nothing: where many are new, or more than can be named, they are one.
  if (areAllNamed && categories.length + unseenNames.length <= MAX_CATEGORY_BINS) {
    for (const { name, count } of unseenNames) append(name, 0, count);
    return bins;
  }
  const expected = Math.min(unseen, usualUnseen * (profile?.count ?? 0));
  append(OTHER_KNOWN_LABEL, otherBefore, otherKnown + expected);
  append(UNSEEN_LABEL, 0, unseen - expected);
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
