import type { FeatureDrift } from "../../evaluation/index.ts";
import { type FeatureProfile, unseenValueShare, valueCounts } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import {
  chiSquareContingency,
  jensenShannonDistance,
  ksFromGridCounts,
  psiFromCounts,
  wassersteinFromGridCounts,
} from "../../statistics/index.ts";
import type { FeatureBins } from "./feature-bins.ts";

/** FeatureStatistics are the published numbers of one feature of one window, before any verdict. */
export type FeatureStatistics = Omit<
  FeatureDrift,
  "outcome" | "threshold" | "p_adjusted" | "drifted" | "reason" | "baseline"
>;

/**
 * featureStatistics returns the published drift statistics of one feature (PSI, JS, KS, Wasserstein, χ², rates, new and vanished categories)
 * against the whole reference, by the definitions of docs/statistics.md. Sample sizes are rows; weights only shift shares. O(bins).
 */
export function featureStatistics(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
  window: { rows: number; count: number },
  bins: FeatureBins,
): FeatureStatistics {
  const scale = window.count > 0 ? window.rows / window.count : 0;
  const rows = bins.window.map((count) => count * scale);
  const psi = psiFromCounts(bins.reference, rows);
  const js = jensenShannonDistance(bins.reference, rows);
  const referenceRows =
    reference.count + reference.null_count + Math.max(reference.missing_count, reference.wrong_type_count);
  const absent = profile === undefined ? window.count : profile.nullCount + profile.missingCount;
  const share = (count: number, total: number) => (total > 0 ? count / total : 0);
  return {
    type: reference.type,
    count: profile?.count ?? 0,
    psi: psi.outcome === "ok" ? psi.psi : null,
    psi_p_value: psi.outcome === "ok" ? psi.pValue : null,
    js_distance: js.outcome === "ok" ? js.value : null,
    null_rate: share(absent, window.count),
    reference_null_rate: share(
      reference.null_count + Math.max(0, reference.missing_count - reference.wrong_type_count),
      referenceRows,
    ),
    wrong_type_rate: share(profile?.wrongTypeCount ?? 0, window.count),
    ...unseenRate(reference, profile),
    ...(reference.numeric === undefined
      ? categoricalStatistics(reference, profile, bins, rows)
      : numericStatistics(reference.numeric, profile, scale)),
    distribution: {
      labels: bins.labels,
      reference: sharesOf(bins.reference),
      window: sharesOf(bins.window),
    },
  };
}

// Absent where it is not known, or says nothing: a feature without values.
function unseenRate(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
): { unseen_rate?: number } {
  const count = profile?.count ?? 0;
  if (!(count > 0)) return {};
  const lookedUp = unseenValueShare(reference, profile);
  if (lookedUp !== undefined) return { unseen_rate: lookedUp };
  const { unseen } = valueCounts(reference, profile);
  return reference.numeric !== undefined || unseen === undefined ? {} : { unseen_rate: unseen / count };
}

function numericStatistics(
  numeric: NonNullable<ReferenceFeature["numeric"]>,
  profile: FeatureProfile | undefined,
  scale: number,
) {
  const values = profile?.numeric;
  if (profile === undefined || values === undefined || !(profile.count > 0)) {
    return finiteMean("reference_mean", numeric.mean);
  }
  const counts = values.counts.map((count) => count * scale);
  const ks = ksFromGridCounts(numeric.grid, numeric.counts, counts);
  const wasserstein = wassersteinFromGridCounts(
    numeric.grid,
    { counts: numeric.counts, min: numeric.minimum, max: numeric.maximum },
    { counts, min: values.minimum, max: values.maximum },
    numeric.standard_deviation,
  );
  const mean = values.sum / profile.count;
  return {
    ...(ks.outcome === "ok" ? { ks_statistic: ks.statistic, ks_p_value: ks.pValue } : {}),
    ...(wasserstein.outcome === "ok" && wasserstein.normalized !== null
      ? { wasserstein_normalized: wasserstein.normalized }
      : {}),
    out_of_range_rate: (values.belowCount + values.aboveCount) / profile.count,
    ...finiteMean("mean", mean),
    ...finiteMean("reference_mean", numeric.mean),
  };
}

// Infinite values leave a column without a mean; the verdict goes by ranks and does not need one.
function finiteMean(
  name: "mean" | "reference_mean",
  mean: number,
): { mean?: number; reference_mean?: number } {
  return Number.isFinite(mean) ? { [name]: mean } : {};
}

function categoricalStatistics(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
  bins: FeatureBins,
  rows: readonly number[],
) {
  const { named, unseenNames } = valueCounts(reference, profile);
  const count = profile?.count ?? 0;
  const chi2 = chiSquareContingency([bins.reference, rows]);
  const categories = reference.categories ?? [];
  // A category that would be expected five times and did not come once is worth naming; a rare one is not.
  const vanished = categories.filter(
    (category, place) =>
      !((named[place] ?? 0) > 0) && (category.count / Math.max(1, reference.count)) * count >= 5,
  );
  return {
    ...(chi2.outcome === "ok"
      ? { chi2_statistic: chi2.statistic, chi2_p_value: chi2.pValue, cramers_v: chi2.cramersV }
      : {}),
    new_categories: unseenNames
      .slice(0, 20)
      .map((unseen) => ({ name: unseen.name, share: count > 0 ? unseen.count / count : 0 })),
    vanished_categories: vanished.slice(0, 20).map((category) => category.name),
  };
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
}
