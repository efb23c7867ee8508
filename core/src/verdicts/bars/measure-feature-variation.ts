import type { WindowProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { measureOwnRecords } from "../breaks/own-records.ts";
import { contrastsOf } from "./contrast.ts";
import type { FeatureCalibration } from "./drift-calibration.ts";
import { estimateDispersion, type ReferenceDeviation } from "./estimate-dispersion.ts";
import { type RankScores, rankScores, referenceSample, windowSample } from "./feature-sample.ts";
import { fitSeasons, type SeasonFit } from "./fit-seasons.ts";
import { measureVariation, neighbourCorrelation, type OwnVariation } from "./own-variation.ts";
import { profileOf } from "./profile-of.ts";
import { distanceProduct, sampleDistance } from "./sample-distance.ts";
import { seasonSlot } from "./season.ts";
import { measureUnseenShares } from "./unseen-shares.ts";
import { ownUnseenValues } from "./unseen-values.ts";

/** PRIOR_VARIANCE is the documented over-dispersion margin: windows of a real stream wander by about 0.07 standard deviations. */
export const PRIOR_VARIANCE = {
  distance: 0.005,
  location: 0.005,
  spread: 0.005,
  missing: 1e-5,
  unseen: 2.5e-5,
} as const;

/** FeatureVariation is what one feature's own windows say, before it is seen what those of the other features do. */
export interface FeatureVariation
  extends Pick<FeatureCalibration, "name" | "season" | "slots" | "unseen" | "unseasoned" | "own"> {
  distance: OwnVariation | undefined;
  location: OwnVariation | undefined;
  spread: OwnVariation | undefined;
  missing: OwnVariation | undefined;
  /** Of features with more values than are named: how many are new in each window. */
  unseenShares: ReturnType<typeof measureUnseenShares>;
}

/**
 * measureFeatureVariation returns how one feature's windows vary inside the reference, each compared with the rest (never against itself), and
 * the weekly or daily rhythm that explains most of it, if one does. O(windows · bins).
 */
export function measureFeatureVariation(
  reference: ReferenceFeature,
  referenceWindows: readonly WindowProfile[],
  windowMs: number,
  tail: number,
): FeatureVariation {
  const scores = rankScores(reference);
  const whole = referenceSample(reference, scores);
  const samples = referenceWindows.map((window) => ({
    start: window.start,
    sample: windowSample(reference, profileOf(window, reference.name), window, scores),
  }));
  const fits = fitSeasons(samples, whole, windowMs);
  const unseenShares = measureUnseenShares(reference, referenceWindows, windowMs);
  if (fits === undefined) return { ...unmeasured(reference, referenceWindows), unseenShares };
  const { plain, best } = fits;
  const { season, slots, positions } = best;
  const contrasts = (kind: "location" | "spread" | "missing") =>
    measureVariation(contrastDeviations(best, scores, kind, windowMs), positions);
  const deviations = distanceDeviations(best, windowMs);
  const location = scores === undefined ? undefined : contrasts("location");
  // Distances of windows that have nothing in common are all alike: ranks still say which of them are near.
  const correlation = location === undefined ? 0 : neighbourCorrelation(location);
  return {
    name: reference.name,
    unseen: ownUnseenValues(reference, referenceWindows, correlation, tail),
    unseenShares,
    own: measureOwnRecords(reference, referenceWindows, (start) => seasonSlot(season, start, windowMs)),
    season,
    slots,
    distance: measureVariation(deviations, positions),
    missing: contrasts("missing"),
    location,
    spread: scores === undefined ? undefined : contrasts("spread"),
    unseasoned:
      season === "none"
        ? undefined
        : estimateDispersion(distanceDeviations(plain, windowMs), {
            priorVariance: PRIOR_VARIANCE.distance,
            baselineWindows: plain.positions.length,
          }),
  };
}

function distanceDeviations(fit: SeasonFit, windowMs: number): ReferenceDeviation[] {
  return fit.pairs.flatMap((pair, index) => {
    const measured = sampleDistance(pair.baseline.bins, pair.window.bins);
    if (measured === undefined) return [];
    const next = fit.pairs[index + 1];
    const isNext = next !== undefined && next.start - pair.start === windowMs;
    return {
      squared: measured.distance,
      samplingLevel: measured.samplingLevel,
      degrees: measured.degrees,
      ...(isNext
        ? {
            productWithNext: distanceProduct(
              { baseline: pair.baseline.bins, window: pair.window.bins },
              { baseline: next.baseline.bins, window: next.window.bins },
            ),
          }
        : {}),
    };
  });
}

function contrastDeviations(
  fit: SeasonFit,
  scores: RankScores | undefined,
  kind: "location" | "spread" | "missing",
  windowMs: number,
): ReferenceDeviation[] {
  const contrasts = fit.pairs.map((pair) => contrastsOf(pair.baseline, pair.window, scores)[kind]);
  return fit.pairs.flatMap((pair, index) => {
    const contrast = contrasts[index];
    if (contrast === undefined) return [];
    const next = fit.pairs[index + 1];
    const nextContrast = contrasts[index + 1];
    const isNext = next !== undefined && nextContrast !== undefined && next.start - pair.start === windowMs;
    return {
      squared: contrast.difference ** 2,
      samplingLevel: contrast.samplingVariance,
      ...(isNext ? { productWithNext: contrast.difference * nextContrast.difference } : {}),
    };
  });
}

function unmeasured(
  reference: ReferenceFeature,
  referenceWindows: readonly WindowProfile[],
): FeatureVariation {
  return {
    name: reference.name,
    own: measureOwnRecords(reference, referenceWindows, () => 0),
    season: "none",
    slots: [],
    unseen: undefined,
    unseenShares: undefined,
    unseasoned: undefined,
    distance: undefined,
    location: undefined,
    spread: undefined,
    missing: undefined,
  };
}
