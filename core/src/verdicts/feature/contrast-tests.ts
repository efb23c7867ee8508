import type { Dispersion, OperatingPoint } from "../../evaluation/index.ts";
import { chiSquareUpperTail } from "../../statistics/index.ts";
import { absentRows, type Contrast, type Contrasts, contrastsOf, rareRateTail } from "../bars/contrast.ts";
import { sustainedTail } from "../bars/derive-operating-point.ts";
import { judgeDeviation } from "../bars/estimate-dispersion.ts";
import type { FeatureSample } from "../bars/feature-sample.ts";
import { EFFECT_FLOORS, MINIMUM_ABSENT_ROWS } from "./effect-floors.ts";
import { passedBars, RELEASE_SHARE } from "./passed-bars.ts";
import type { PreparedFeature } from "./prepared-feature.ts";
import type { DriftTest, TestResult } from "./test-result.ts";

/** contrastTests returns the tests of location, spread and missing values of a sample, those that its baseline allows. O(bins). */
export function contrastTests(
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
