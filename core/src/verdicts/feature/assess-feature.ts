import type { OperatingPoint } from "../../evaluation/index.ts";
import type { FeatureProfile } from "../../profile/index.ts";
import { psiFromCounts } from "../../statistics/index.ts";
import { sampleTotal, windowSample } from "../bars/feature-sample.ts";
import { sampleDistance } from "../bars/sample-distance.ts";
import { seasonSlot, seasonSlotName } from "../bars/season.ts";
import { meanUnseenShare, type UnseenBar, unseenRows } from "../bars/unseen-shares.ts";
import type { BreakFinding } from "../breaks/break-finding.ts";
import { breakTests, SUSPICIOUS } from "../breaks/break-tests.ts";
import { judgeBreaks } from "../breaks/judge-breaks.ts";
import type { TextAssessment } from "../text/assess-text.ts";
import { contrastTests } from "./contrast-tests.ts";
import { distanceTest } from "./distance-test.ts";
import { EFFECT_FLOORS } from "./effect-floors.ts";
import { featureBins, sampleDistribution } from "./feature-bins.ts";
import { type FeatureStatistics, featureStatistics } from "./feature-statistics.ts";
import type { UnreachableBar } from "./judge-unseen.ts";
import { type KnownValues, knownValues } from "./known-values.ts";
import type { PreparedFeature } from "./prepared-feature.ts";
import type { TestResult } from "./test-result.ts";
import { unreachableBar } from "./unreachable-bar.ts";
import { unseenShareTest } from "./unseen-share-test.ts";

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
  const statistics = {
    ...statisticsOf(feature, profile, window),
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

function statisticsOf(
  { reference, calibration }: PreparedFeature,
  profile: FeatureProfile | undefined,
  window: { start: number; rows: number; count: number },
): FeatureStatistics {
  const { unseen_share: unseen } = calibration;
  const named = featureBins(reference, profile, window.count, unseen?.largest);
  return {
    ...featureStatistics(reference, profile, window, named),
    ...(unseen === undefined ? {} : { reference_unseen_rate: meanUnseenShare(unseen) }),
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
