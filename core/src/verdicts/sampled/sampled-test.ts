import type { Dispersion, OperatingPoint } from "../../evaluation/index.ts";
import { chiSquareUpperTail } from "../../statistics/index.ts";
import { sustainedTail } from "../bars/derive-operating-point.ts";
import { judgeDeviation } from "../bars/estimate-dispersion.ts";

// An alarm is held while the deviation stays improbable at this level and at this share of the size that matters.
const RELEASE_TAIL = 0.01;
const RELEASE_SHARE = 0.7;

/** SampledTest is one statistic of a sample of rows, compared with sampling and against the reference's own windows. */
export interface SampledTest<Name extends string> {
  test: Name;
  size: number;
  isLargeEnough: boolean;
  pSampling: number;
  pCalibrated: number;
  /** What pCalibrated must fall below to pass the lower bar. */
  lowerTail: number;
  exceedsLowerBar: boolean;
  exceedsImmediateBar: boolean;
  isHeld: boolean;
}

/**
 * judgeSampled returns which bars a squared deviation of `degrees` degrees passes: `size` is what it means to people, `floor` the smallest that
 * matters. The largest of `comparisons` statistics has its tails multiplied by their number (Bonferroni). O(√degrees).
 */
export function judgeSampled<Name extends string>(input: {
  test: Name;
  size: number;
  floor: number;
  squared: number;
  samplingLevel: number;
  degrees: number;
  dispersion: Dispersion;
  operatingPoint: OperatingPoint;
  comparisons?: number;
  /** No tail is smaller than this. */
  smallestTail?: number;
}): SampledTest<Name> {
  const {
    test,
    size,
    floor,
    squared,
    samplingLevel,
    degrees,
    operatingPoint,
    comparisons = 1,
    smallestTail = 0,
  } = input;
  const judged = judgeDeviation({ squared, samplingLevel, degrees, dispersion: input.dispersion });
  const pCalibrated = Math.min(1, Math.max(judged.pCalibrated * comparisons, smallestTail));
  const pSampling = chiSquareUpperTail((squared * degrees) / samplingLevel, degrees) * comparisons;
  const lowerTail = sustainedTail(operatingPoint, judged.correlation);
  return {
    test,
    size,
    isLargeEnough: size >= floor,
    pSampling: Math.min(1, Math.max(pSampling, smallestTail)),
    pCalibrated,
    lowerTail,
    exceedsLowerBar: pCalibrated < lowerTail,
    exceedsImmediateBar: pCalibrated < operatingPoint.immediate_tail,
    isHeld: size >= RELEASE_SHARE * floor && pCalibrated < RELEASE_TAIL,
  };
}

/** leadingTest returns the test that speaks loudest: the least probable of those that count, else of all. O(tests). */
export function leadingTest<Test extends SampledTest<string>>(tests: readonly Test[]): Test {
  const counting = tests.filter((test) => test.isLargeEnough && test.exceedsLowerBar);
  const among = counting.length > 0 ? counting : tests;
  return among.reduce((best, test) => (test.pCalibrated < best.pCalibrated ? test : best));
}
