import type { FeatureProfile } from "../profile/index.ts";
import type { ReferenceFeature } from "../records/index.ts";
import { chiSquareUpperTail, psiFromCounts, regularizedGammaP } from "../statistics/index.ts";
import { type Contrast, contrastsOf } from "./contrast.ts";
import { type Dispersion, judgeDeviation } from "./dispersion.ts";
import type { FeatureCalibration } from "./drift-calibration.ts";
import { featureBins } from "./feature-bins.ts";
import {
  type FeatureSample,
  rankScores,
  referenceSample,
  sampleTotal,
  windowSample,
} from "./feature-sample.ts";
import { type FeatureStatistics, featureStatistics } from "./feature-statistics.ts";
import { type OperatingPoint, sustainedTail } from "./operating-point.ts";
import { sampleDistance } from "./sample-distance.ts";
import { seasonSlot, seasonSlotName } from "./season.ts";

/** EFFECT_FLOORS are the smallest changes that matter to anybody, however certain they are. */
export const EFFECT_FLOORS = { distance: 0.05, location: 0.2, spread: 0.25, missing: 0.02 } as const;

// A rate made of fewer rows than this is an anecdote, whatever its p-value.
const MINIMUM_ABSENT_ROWS = 5;
// An alarm is held while the deviation stays improbable at this level: the lower bar of the hysteresis.
const RELEASE_TAIL = 0.01;
const RELEASE_SHARE = 0.7;
const MINIMUM_ROWS = 30;

/** DriftTest names which statistic of a feature spoke. */
export type DriftTest = "distance" | "location" | "spread" | "missing";

/** TestResult is one statistic of one feature, held against sampling and against the reference's own variation. */
export interface TestResult {
  test: DriftTest;
  /** Signed size: PSI for `distance`, standard scores for location and spread, a share for `missing`. */
  size: number;
  isLargeEnough: boolean;
  /** Under sampling alone. */
  pSampling: number;
  /** Under sampling and the reference's window-to-window variation. */
  pCalibrated: number;
  exceedsLowerBar: boolean;
  exceedsImmediateBar: boolean;
  isHeld: boolean;
}

/** FeatureAssessment is one feature of one window before the features are seen together. */
export type FeatureAssessment =
  | {
      outcome: "judged";
      name: string;
      statistics: FeatureStatistics;
      slot: string;
      baseline?: { slot: string; psi: number; psi_p_value: number };
      threshold: number;
      tests: TestResult[];
      /** Smallest sampling p-value, times the number of tests of this feature. */
      p: number;
    }
  | {
      outcome: "insufficient_data" | "not_defined";
      name: string;
      statistics: FeatureStatistics;
      threshold: number;
      reason: string;
    };

/**
 * assessFeature returns how far one feature of a window lies from its baseline, by each statistic, and which bars that passes. A
 * feature with a rhythm is held against the reference's windows of the same hour or weekday. O(bins).
 */
export function assessFeature(input: {
  reference: ReferenceFeature;
  profile: FeatureProfile | undefined;
  window: { start: number; rows: number; count: number };
  windowMs: number;
  calibration: FeatureCalibration;
  operatingPoint: OperatingPoint;
}): FeatureAssessment {
  const { reference, profile, window, windowMs, calibration, operatingPoint } = input;
  const bins = featureBins(reference, profile, window.count);
  const statistics = featureStatistics(reference, profile, window, bins);
  const scores = rankScores(reference);
  const sample = windowSample(reference, profile, window, scores);
  const whole = referenceSample(reference, scores);
  const slotIndex = seasonSlot(calibration.season, window.start, windowMs);
  const slot = calibration.slots.find((candidate) => candidate.slot === slotIndex);
  const baseline = slot?.baseline ?? whole;
  const slotName = slot === undefined ? "" : seasonSlotName(calibration.season, window.start, windowMs);
  const distanceDispersion =
    slot === undefined ? (calibration.unseasoned ?? calibration.distance) : calibration.distance;
  const measured = sampleDistance(baseline.bins, sample.bins);
  if (measured === undefined || sampleTotal(sample) < MINIMUM_ROWS) {
    const rows = Math.round(sampleTotal(sample));
    return {
      outcome: "insufficient_data",
      name: reference.name,
      statistics,
      threshold: EFFECT_FLOORS.distance,
      reason: `${rows} rows in the window, ${MINIMUM_ROWS} are needed`,
    };
  }
  const seasonal = slot === undefined ? undefined : psiFromCounts(baseline.bins, sample.bins);
  const psi = seasonal?.outcome === "ok" ? seasonal.psi : (statistics.psi ?? 0);
  const judged = judgeDeviation({ ...measured, squared: measured.distance, dispersion: distanceDispersion });
  const lowerTail = sustainedTail(operatingPoint, judged.correlation);
  const threshold = Math.max(judged.barAt(lowerTail), EFFECT_FLOORS.distance + measured.samplingLevel);
  const distance: TestResult = {
    test: "distance",
    size: psi,
    isLargeEnough: psi >= threshold,
    pSampling: chiSquareUpperTail(
      (measured.distance * measured.degrees) / measured.samplingLevel,
      measured.degrees,
    ),
    ...bars(judged.pCalibrated, lowerTail, operatingPoint, psi >= RELEASE_SHARE * threshold),
  };
  const tests = [distance, ...contrastTests(input, baseline, sample, slot !== undefined)];
  return {
    outcome: "judged",
    name: reference.name,
    statistics,
    slot: slotName,
    ...(seasonal?.outcome === "ok"
      ? { baseline: { slot: slotName, psi: seasonal.psi, psi_p_value: seasonal.pValue } }
      : {}),
    threshold,
    tests,
    p: Math.min(1, Math.min(...tests.map((test) => test.pSampling)) * tests.length),
  };
}

function contrastTests(
  input: { reference: ReferenceFeature; calibration: FeatureCalibration; operatingPoint: OperatingPoint },
  baseline: FeatureSample,
  sample: FeatureSample,
  isSeasonal: boolean,
): TestResult[] {
  const { calibration, operatingPoint } = input;
  const scores = rankScores(input.reference);
  const contrasts = contrastsOf(baseline, sample, scores);
  const judge = (
    test: Exclude<DriftTest, "distance">,
    contrast: Contrast | undefined,
    dispersion: Dispersion | undefined,
  ): TestResult[] => {
    if (contrast === undefined || dispersion === undefined) return [];
    const squared = contrast.difference ** 2;
    const samplingLevel = contrast.samplingVariance;
    const judged = judgeDeviation({ squared, samplingLevel, degrees: 1, dispersion });
    const lowerTail = sustainedTail(operatingPoint, judged.correlation);
    const pSampling = chiSquareUpperTail(squared / samplingLevel, 1);
    const guard = test === "missing" ? rareRateTail(baseline, sample, contrast.difference) : 0;
    return [
      {
        test,
        size: contrast.difference,
        isLargeEnough:
          Math.abs(contrast.difference) >= EFFECT_FLOORS[test] &&
          (test !== "missing" ||
            sample.missing + sample.wrongType >= MINIMUM_ABSENT_ROWS ||
            contrast.difference < 0),
        pSampling: Math.max(pSampling, guard),
        ...bars(
          Math.max(judged.pCalibrated, guard),
          lowerTail,
          operatingPoint,
          Math.abs(contrast.difference) >= RELEASE_SHARE * EFFECT_FLOORS[test],
        ),
      },
    ];
  };
  // Directed contrasts of a slot the reference never saw would only restate the rhythm.
  const isComparable = isSeasonal || calibration.season === "none";
  return [
    ...(isComparable ? judge("location", contrasts.location, calibration.location) : []),
    ...(isComparable ? judge("spread", contrasts.spread, calibration.spread) : []),
    ...judge("missing", contrasts.missing, calibration.missing),
  ];
}

// Poisson's upper tail: the normal approximation of a rate fails where the baseline has next to none of it.
function rareRateTail(baseline: FeatureSample, sample: FeatureSample, difference: number): number {
  if (difference <= 0) return 0;
  const expected =
    (sampleTotal(sample) * (baseline.missing + baseline.wrongType + 1)) / (sampleTotal(baseline) + 1);
  return regularizedGammaP(Math.max(1, Math.round(sample.missing + sample.wrongType)), expected);
}

function bars(pCalibrated: number, lowerTail: number, point: OperatingPoint, isStillLarge: boolean) {
  return {
    pCalibrated,
    exceedsLowerBar: pCalibrated < lowerTail,
    exceedsImmediateBar: pCalibrated < point.immediate_tail,
    isHeld: isStillLarge && pCalibrated < RELEASE_TAIL,
  };
}
