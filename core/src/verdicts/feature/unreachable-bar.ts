import type { Dispersion, OperatingPoint } from "../../evaluation/index.ts";
import type { FeatureProfile } from "../../profile/index.ts";
import { type FeatureSample, sampleTotal } from "../bars/feature-sample.ts";
import { contrastTests } from "./contrast-tests.ts";
import { distanceTest } from "./distance-test.ts";
import { furthestRanks, furthestWindow } from "./furthest-window.ts";
import { judgeUnseen, type UnreachableBar } from "./judge-unseen.ts";
import type { PreparedFeature } from "./prepared-feature.ts";
import type { TestResult } from "./test-result.ts";
import { unseenShareTest } from "./unseen-share-test.ts";

/** unreachableBar returns why the distance says nothing and what takes its place; undefined where some window of this size could pass its bar. O(bins). */
export function unreachableBar(
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
