import type { Dispersion, OperatingPoint } from "../../evaluation/index.ts";
import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { chiSquareUpperTail, psiFromCounts } from "../../statistics/index.ts";
import { absentRows, type Contrast, type Contrasts, contrastsOf, rareRateTail } from "../bars/contrast.ts";
import { sustainedTail } from "../bars/derive-operating-point.ts";
import type { FeatureCalibration } from "../bars/drift-calibration.ts";
import { judgeDeviation } from "../bars/estimate-dispersion.ts";
import {
  type FeatureSample,
  type RankScores,
  rankScores,
  referenceSample,
  sampleTotal,
  windowSample,
} from "../bars/feature-sample.ts";
import { type SampleDistance, sampleDistance } from "../bars/sample-distance.ts";
import { seasonSlot, seasonSlotName } from "../bars/season.ts";
import { meanUnseenShare, type UnseenBar, unseenRows } from "../bars/unseen-shares.ts";
import type { BreakFinding } from "../breaks/break-finding.ts";
import { breakTests, SUSPICIOUS } from "../breaks/break-tests.ts";
import { judgeBreaks } from "../breaks/judge-breaks.ts";
import type { TextAssessment } from "../text/assess-text.ts";
import { featureBins, sampleDistribution } from "./feature-bins.ts";
import { type FeatureStatistics, featureStatistics } from "./feature-statistics.ts";
import { furthestRanks, furthestWindow } from "./furthest-window.ts";
import { judgeUnseen, type UnreachableBar } from "./judge-unseen.ts";
import { type KnownValues, knownValues } from "./known-values.ts";
import { passedBars, RELEASE_SHARE } from "./passed-bars.ts";
import type { DriftTest, TestResult } from "./test-result.ts";
import { unseenShareTest } from "./unseen-share-test.ts";

/** EFFECT_FLOORS are the smallest changes that matter to anybody, however certain they are. */
export const EFFECT_FLOORS = { distance: 0.05, location: 0.2, spread: 0.25, missing: 0.02 } as const;

/** MINIMUM_ABSENT_ROWS is how many rows a rate of missing values is made of at least: fewer are an anecdote, whatever the p-value. */
export const MINIMUM_ABSENT_ROWS = 5;
const MINIMUM_ROWS = 30;

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
      /** What it shows that no window of the reference did and a broken pipeline does. */
      breaks: BreakFinding[];
      /** What its texts are made of, where a sample of them was looked at. */
      text?: TextAssessment;
      /** What is known of the reference's values, and how many unseen ones are usual where they are kept. */
      vocabulary: KnownValues;
      unseenBar?: UnseenBar;
      /** Present where the reference wanders so far that no window's PSI can pass the threshold. */
      unreachable?: UnreachableBar;
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

/** PreparedFeature is what a feature's reference and calibration give once for all windows. */
export interface PreparedFeature {
  reference: ReferenceFeature;
  calibration: FeatureCalibration;
  scores: RankScores | undefined;
  whole: FeatureSample;
}

/** prepareFeature returns a feature ready for any number of windows. O(bins). */
export function prepareFeature(
  reference: ReferenceFeature,
  calibration: FeatureCalibration,
): PreparedFeature {
  const scores = rankScores(reference);
  return { reference, calibration, scores, whole: referenceSample(reference, scores) };
}

/**
 * assessFeature returns how far one feature of a window lies from its baseline, by each statistic, and which bars that passes. A
 * feature with a rhythm is compared with the reference's windows of the same hour or weekday. O(bins).
 */
export function assessFeature(
  feature: PreparedFeature,
  profile: FeatureProfile | undefined,
  context: {
    window: { start: number; rows: number; count: number };
    windowMs: number;
    operatingPoint: OperatingPoint;
  },
): FeatureAssessment {
  const { reference, calibration, scores, whole } = feature;
  const { window, windowMs, operatingPoint } = context;
  const sample = windowSample(reference, profile, window, scores);
  const slotIndex = seasonSlot(calibration.season, window.start, windowMs);
  const slot = calibration.slots.find((candidate) => candidate.slot === slotIndex);
  const baseline = slot?.baseline ?? whole;
  const usualUnseen = calibration.unseen_share?.largest;
  const named = featureBins(reference, profile, window.count, usualUnseen);
  const statistics: FeatureStatistics = {
    ...featureStatistics(reference, profile, window, named),
    ...(calibration.unseen_share === undefined
      ? {}
      : { reference_unseen_rate: meanUnseenShare(calibration.unseen_share) }),
    ...(slot === undefined
      ? {}
      : { distribution: sampleDistribution(reference, slot.baseline.bins, sample.bins) }),
  };
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
  const dispersion =
    slot === undefined ? (calibration.unseasoned ?? calibration.distance) : calibration.distance;
  const distance = distanceTest(measured, psi, dispersion, operatingPoint);
  const { threshold } = distance;
  const unreachable = unreachableBar(feature, profile, { baseline, sample, distance, dispersion }, context);
  const unseen = unreachable?.unseen === undefined ? [] : [unreachable.unseen.test];
  const tests = [
    ...(unreachable === undefined ? [distance.test] : unseen),
    ...contrastTests(feature, baseline, sample, operatingPoint),
    ...unseenShareTest(calibration.unseen_share, unseenRows(profile, window), operatingPoint),
  ];
  const breaks = judgeBreaks({
    reference,
    profile,
    window,
    own: calibration.own,
    unseen: calibration.unseen,
    slot: slotIndex,
  }).filter(({ p }) => p < SUSPICIOUS);
  const slotName = slot === undefined ? "" : seasonSlotName(calibration.season, window.start, windowMs);
  return {
    outcome: "judged",
    name: reference.name,
    statistics,
    slot: slotName,
    ...(seasonal?.outcome === "ok"
      ? { baseline: { slot: slotName, psi: seasonal.psi, psi_p_value: seasonal.pValue } }
      : {}),
    threshold,
    vocabulary: knownValues(reference),
    ...(calibration.unseen_share === undefined ? {} : { unseenBar: calibration.unseen_share }),
    tests: [...tests, ...breakTests(breaks, operatingPoint)],
    breaks,
    ...(unreachable === undefined ? {} : { unreachable }),
    p: smallestP([...tests, ...breakTests(breaks, operatingPoint)]),
  };
}

/** withBreaks returns a judged feature with further things that a broken pipeline does. Others stay as they are. O(tests). */
export function withBreaks(
  assessment: FeatureAssessment,
  breaks: readonly BreakFinding[],
  operatingPoint: OperatingPoint,
): FeatureAssessment {
  if (breaks.length === 0 || assessment.outcome !== "judged") return assessment;
  const tests = [...assessment.tests, ...breakTests(breaks, operatingPoint)];
  return { ...assessment, tests, breaks: [...assessment.breaks, ...breaks], p: smallestP(tests) };
}

/** withText returns a judged feature with one more test: what its texts are made of. Others stay as they are. O(tests). */
export function withText(assessment: FeatureAssessment, text: TextAssessment | undefined): FeatureAssessment {
  if (text === undefined || assessment.outcome !== "judged") return assessment;
  const tests = [...assessment.tests, text.test];
  return { ...assessment, tests, text, p: smallestP(tests) };
}

function smallestP(tests: readonly TestResult[]): number {
  return Math.min(1, Math.min(...tests.map((one) => one.pSampling)) * tests.length);
}

function distanceTest(
  measured: SampleDistance,
  psi: number,
  dispersion: Dispersion,
  point: OperatingPoint,
): { test: TestResult; threshold: number } {
  const judged = judgeDeviation({ ...measured, squared: measured.distance, dispersion });
  const lowerTail = sustainedTail(point, judged.correlation);
  const threshold = Math.max(judged.barAt(lowerTail), EFFECT_FLOORS.distance + measured.samplingLevel);
  const scaled = (measured.distance * measured.degrees) / measured.samplingLevel;
  return {
    threshold,
    test: {
      test: "distance",
      size: psi,
      isLargeEnough: psi >= threshold && isBeyondNoise(measured),
      pSampling: chiSquareUpperTail(scaled, measured.degrees),
      ...passedBars(judged.pCalibrated, lowerTail, point, psi >= RELEASE_SHARE * threshold),
    },
  };
}

// The PSI of many bins that expect a row each is mostly noise: then the distance, which pools them, must matter too.
function isBeyondNoise({ distance, samplingLevel, degrees, pooledBins }: SampleDistance): boolean {
  const noise = (pooledBins * samplingLevel) / degrees;
  return noise <= EFFECT_FLOORS.distance || distance >= EFFECT_FLOORS.distance + samplingLevel;
}

// Undefined where some window of this size could pass the bar of the distance.
function unreachableBar(
  feature: PreparedFeature,
  profile: FeatureProfile | undefined,
  judged: {
    baseline: FeatureSample;
    sample: FeatureSample;
    distance: { test: TestResult; threshold: number };
    dispersion: Dispersion;
  },
  { window, operatingPoint }: { window: { rows: number; count: number }; operatingPoint: OperatingPoint },
): UnreachableBar | undefined {
  const { baseline, sample, distance, dispersion } = judged;
  if (isTold(distance.test)) return undefined;
  const furthest = furthestWindow(baseline, sampleTotal(sample));
  if (furthest === undefined) return undefined;
  const { measured, psi } = furthest;
  const canBeTold = measured.distance >= distance.threshold && psi >= distance.threshold;
  if (canBeTold || isTold(distanceTest(measured, psi, dispersion, operatingPoint).test)) return undefined;
  const unseen = judgeUnseen(feature.reference, profile, window, feature.calibration.unseen);
  const ranks = furthestRanks(sample, feature.scores).flatMap((extreme) =>
    contrastTests(feature, baseline, extreme, operatingPoint).filter(({ test }) => test !== "missing"),
  );
  const allUnseen = { absent: sample.valid, rows: sample.valid };
  const shares = unseenShareTest(feature.calibration.unseen_share, allUnseen, operatingPoint);
  const { numeric } = feature.reference;
  return {
    largestPsi: psi,
    unseen,
    isBlind: unseen === undefined && ![...ranks, ...shares].some(isTold),
    ...(numeric === undefined ? {} : { range: { minimum: numeric.minimum, maximum: numeric.maximum } }),
  };
}

function isTold(test: TestResult): boolean {
  return test.isLargeEnough && test.exceedsLowerBar;
}

function contrastTests(
  { calibration, scores, whole }: PreparedFeature,
  baseline: FeatureSample,
  sample: FeatureSample,
  operatingPoint: OperatingPoint,
): TestResult[] {
  const contrasts = contrastsOf(baseline, sample, scores);
  const judge = (
    test: keyof typeof EFFECT_FLOORS & DriftTest & keyof Contrasts,
    contrast: Contrast | undefined,
    dispersion: Dispersion | undefined,
  ): TestResult[] => {
    if (contrast === undefined || dispersion === undefined) return [];
    const squared = contrast.difference ** 2;
    const samplingLevel = contrast.samplingVariance;
    const judged = judgeDeviation({ squared, samplingLevel, degrees: 1, dispersion });
    const lowerTail = sustainedTail(operatingPoint, judged.correlation);
    const pSampling = chiSquareUpperTail(squared / samplingLevel, 1);
    const guard = test === "missing" ? rareRateTail(absentRows(baseline), absentRows(sample)) : 0;
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
        ...passedBars(
          Math.max(judged.pCalibrated, guard),
          lowerTail,
          operatingPoint,
          Math.abs(contrast.difference) >= RELEASE_SHARE * EFFECT_FLOORS[test],
        ),
      },
    ];
  };
  // Directed contrasts of a slot the reference never saw would only restate the rhythm.
  const isComparable = baseline !== whole || calibration.season === "none";
  return [
    ...(isComparable ? judge("location", contrasts.location, calibration.location) : []),
    ...(isComparable ? judge("spread", contrasts.spread, calibration.spread) : []),
    ...judge("missing", contrasts.missing, calibration.missing),
  ];
}
