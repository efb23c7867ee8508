import type { Dispersion } from "../../evaluation/index.ts";
import type { WindowProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import type { FeatureCalibration } from "./drift-calibration.ts";
import { estimateDispersion } from "./estimate-dispersion.ts";
import { measureFeatureVariation, PRIOR_VARIANCE } from "./measure-feature-variation.ts";
import { poolDispersions } from "./pool-dispersions.ts";
import { measureUnseenShares } from "./unseen-shares.ts";

/**
 * calibrateFeatures returns the bars of every feature: how its windows vary inside the reference, seen together with how those of the others do.
 * O(windows · features · bins).
 */
export function calibrateFeatures(
  features: readonly ReferenceFeature[],
  windows: readonly WindowProfile[],
  windowMs: number,
  tail: number,
): FeatureCalibration[] {
  const measured = features.map((feature) => measureFeatureVariation(feature, windows, windowMs, tail));
  const pooled = (kind: "distance" | "location" | "spread" | "missing") =>
    poolDispersions(
      measured.map((variation) => variation[kind]),
      PRIOR_VARIANCE[kind],
    );
  const distances = pooled("distance");
  const locations = pooled("location");
  const spreads = pooled("spread");
  const missings = pooled("missing");
  const unseenShares = poolDispersions(
    measured.map(({ unseenShares }) => unseenShares?.variation),
    PRIOR_VARIANCE.unseen,
  );
  return measured.map(({ name, season, slots, unseen, unseasoned, unseenShares: seen, own }, index) => {
    const distance = distances[index];
    const location = locations[index];
    const spread = spreads[index];
    const missing = missings[index];
    const unseenShare =
      seen === undefined
        ? {}
        : { unseen_share: { ...seen.baseline, dispersion: unseenShares[index] ?? unmeasuredUnseen() } };
    if (distance === undefined || missing === undefined) {
      return {
        ...uncalibratedFeature(features[index]!),
        ...unseenShare,
        ...(own === undefined ? {} : { own }),
      };
    }
    return {
      name,
      season,
      slots,
      distance,
      missing,
      ...(location === undefined ? {} : { location }),
      ...(spread === undefined ? {} : { spread }),
      ...(unseasoned === undefined ? {} : { unseasoned }),
      ...(unseen === undefined ? {} : { unseen }),
      ...unseenShare,
      ...(own === undefined ? {} : { own }),
    };
  });
}

/** uncalibratedFeature returns the bars of a feature whose reference has no windows: those of sampling with a documented margin. O(1). */
export function uncalibratedFeature(feature: ReferenceFeature): FeatureCalibration {
  const { name, numeric } = feature;
  const own = measureUnseenShares(feature, [], 1);
  const prior = (priorVariance: number) => estimateDispersion([], { priorVariance, baselineWindows: 1 });
  return {
    name,
    season: "none",
    slots: [],
    distance: prior(PRIOR_VARIANCE.distance),
    missing: prior(PRIOR_VARIANCE.missing),
    ...(numeric === undefined
      ? {}
      : { location: prior(PRIOR_VARIANCE.location), spread: prior(PRIOR_VARIANCE.spread) }),
    ...(own === undefined ? {} : { unseen_share: { ...own.baseline, dispersion: unmeasuredUnseen() } }),
  };
}

function unmeasuredUnseen(): Dispersion {
  return estimateDispersion([], { priorVariance: PRIOR_VARIANCE.unseen, baselineWindows: 1 });
}
