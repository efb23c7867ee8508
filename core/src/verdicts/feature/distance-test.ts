import type { Dispersion, OperatingPoint } from "../../evaluation/index.ts";
import { chiSquareUpperTail } from "../../statistics/index.ts";
import { sustainedTail } from "../bars/derive-operating-point.ts";
import { judgeDeviation } from "../bars/estimate-dispersion.ts";
import type { SampleDistance } from "../bars/sample-distance.ts";
import { EFFECT_FLOORS } from "./effect-floors.ts";
import { passedBars, RELEASE_SHARE } from "./passed-bars.ts";
import type { TestResult } from "./test-result.ts";

/** distanceTest returns how far a sample lies from its baseline, which bars that passes, and the PSI at which it would count. O(1). */
export function distanceTest(
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
