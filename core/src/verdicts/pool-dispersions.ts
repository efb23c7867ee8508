import { medianOf } from "../statistics/index.ts";
import type { Dispersion } from "./dispersion.ts";
import type { FeatureCalibration } from "./drift-calibration.ts";

// What the other features show counts as this many windows of one's own.
const POOLED_WINDOWS = 8;

const KINDS = ["distance", "location", "spread", "missing"] as const;

/**
 * poolDispersions returns the calibrations with every variance that lies below the median of the features drawn towards it: what wanders in
 * most features of a stream is likely to wander in one that happened to stand still while the reference was taken. Variances above the
 * median stay as they are. O(features log features). Source: empirical Bayes shrinkage, as in Smyth 2004.
 */
export function poolDispersions(features: readonly FeatureCalibration[]): FeatureCalibration[] {
  const medians = new Map(
    KINDS.map((kind) => [kind, medianOf(features.flatMap((feature) => feature[kind]?.variance ?? []))]),
  );
  const pooled = (kind: (typeof KINDS)[number], dispersion: Dispersion): Dispersion => {
    const middle = medians.get(kind);
    const typical = middle?.outcome === "ok" ? middle.value : 0;
    if (dispersion.windows === 0 || dispersion.variance >= typical) return dispersion;
    const { windows, variance } = dispersion;
    return {
      ...dispersion,
      variance: (windows * variance + POOLED_WINDOWS * typical) / (windows + POOLED_WINDOWS),
    };
  };
  return features.map((feature) => ({
    ...feature,
    distance: pooled("distance", feature.distance),
    missing: pooled("missing", feature.missing),
    ...(feature.location === undefined ? {} : { location: pooled("location", feature.location) }),
    ...(feature.spread === undefined ? {} : { spread: pooled("spread", feature.spread) }),
  }));
}
