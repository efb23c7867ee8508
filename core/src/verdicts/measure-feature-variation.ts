import type { WindowProfile } from "../profile/index.ts";
import type { ReferenceFeature } from "../records/index.ts";
import { contrastsOf } from "./contrast.ts";
import { estimateDispersion, type ReferenceDeviation } from "./dispersion.ts";
import type { FeatureCalibration } from "./drift-calibration.ts";
import {
  addSamples,
  type FeatureSample,
  type RankScores,
  rankScores,
  referenceSample,
  windowSample,
  withoutSample,
} from "./feature-sample.ts";
import { measureVariation, neighbourCorrelation, type OwnVariation } from "./own-variation.ts";
import { profileOf } from "./profile-of.ts";
import { distanceProduct, sampleDistance } from "./sample-distance.ts";
import { type Season, seasonSlot, seasonsFor } from "./season.ts";
import { ownUnseenValues } from "./unseen-values.ts";

/** PRIOR_VARIANCE is the documented over-dispersion margin: windows of a real stream wander by about 0.07 standard deviations. */
export const PRIOR_VARIANCE = { distance: 0.005, location: 0.005, spread: 0.005, missing: 1e-5 } as const;

// A slot needs this many windows, or leaving one out leaves too little; and grouping must explain this much to be worth its noise.
const MINIMUM_SLOT_WINDOWS = 3;
const WORTHWHILE = 0.6;

interface SeasonFit {
  season: Season;
  slots: FeatureCalibration["slots"];
  /** Each reference window with its baseline that leaves it out. */
  pairs: { start: number; window: FeatureSample; baseline: FeatureSample }[];
  /** When the windows of the smallest slot lie, in windows since the first. */
  positions: number[];
  level: number;
}

/** FeatureVariation is what one feature's own windows say, before it is seen what those of the other features do. */
export interface FeatureVariation
  extends Pick<FeatureCalibration, "name" | "season" | "slots" | "unseen" | "unseasoned"> {
  distance: OwnVariation | undefined;
  location: OwnVariation | undefined;
  spread: OwnVariation | undefined;
  missing: OwnVariation | undefined;
}

/**
 * measureFeatureVariation returns how one feature's windows vary inside the reference, each held against the rest (never against itself), and
 * the weekly or daily rhythm that explains most of it, if one does. O(windows · bins).
 */
export function measureFeatureVariation(
  reference: ReferenceFeature,
  referenceWindows: readonly WindowProfile[],
  windowMs: number,
): FeatureVariation {
  const scores = rankScores(reference);
  const whole = referenceSample(reference, scores);
  const samples = referenceWindows.map((window) => ({
    start: window.start,
    sample: windowSample(reference, profileOf(window, reference.name), window, scores),
  }));
  const fits = seasonsFor(windowMs).flatMap((season) => fitSeason(season, samples, whole, windowMs) ?? []);
  const plain = fits[0];
  let best = plain;
  for (const fit of fits.slice(1)) if (fit.level < WORTHWHILE * best!.level) best = fit;
  if (plain === undefined || best === undefined) return unmeasured(reference.name);
  const { season, slots, positions } = best;
  const contrasts = (kind: "location" | "spread" | "missing") =>
    measureVariation(contrastDeviations(best, scores, kind, windowMs), positions);
  const deviations = distanceDeviations(best, windowMs);
  const location = scores === undefined ? undefined : contrasts("location");
  // Distances of windows that have nothing in common are all alike: ranks still say which of them are near.
  const correlation = location === undefined ? 0 : neighbourCorrelation(location);
  return {
    name: reference.name,
    unseen: ownUnseenValues(reference, referenceWindows, correlation),
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

function fitSeason(
  season: Season,
  samples: readonly { start: number; sample: FeatureSample }[],
  whole: FeatureSample,
  windowMs: number,
): SeasonFit | undefined {
  if (samples.length < 2) return undefined;
  const groups = new Map<number, { starts: number[]; total: FeatureSample }>();
  for (const { start, sample } of samples) {
    const slot = seasonSlot(season, start, windowMs);
    const group = groups.get(slot);
    groups.set(
      slot,
      group === undefined
        ? { starts: [start], total: sample }
        : { starts: [...group.starts, start], total: addSamples(group.total, sample) },
    );
  }
  const [smallest = []] = [...groups.values()]
    .map(({ starts }) => starts)
    .sort((a, b) => a.length - b.length);
  if (season !== "none" && (smallest.length < MINIMUM_SLOT_WINDOWS || groups.size < 2)) return undefined;
  const pairs = samples.map(({ start, sample }) => {
    const total = season === "none" ? whole : groups.get(seasonSlot(season, start, windowMs))!.total;
    return { start, window: sample, baseline: withoutSample(total, sample) };
  });
  const distances = pairs.flatMap((pair) => sampleDistance(pair.baseline.bins, pair.window.bins) ?? []);
  if (distances.length < 2) return undefined;
  return {
    season,
    slots:
      season === "none"
        ? []
        : [...groups].map(([slot, group]) => ({ slot, windows: group.starts.length, baseline: group.total })),
    pairs,
    // A hole in the reference hides no more than it is long.
    positions: smallest.map((start, index) =>
      season === "none" ? index : Math.round((start - smallest[0]!) / windowMs),
    ),
    level: distances.reduce((sum, distance) => sum + distance.distance, 0) / distances.length,
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

function unmeasured(name: string): FeatureVariation {
  return {
    name,
    season: "none",
    slots: [],
    unseen: undefined,
    unseasoned: undefined,
    distance: undefined,
    location: undefined,
    spread: undefined,
    missing: undefined,
  };
}
