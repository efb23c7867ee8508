import type { OperatingPoint } from "../../evaluation/index.ts";
import { chiSquareUpperTail } from "../../statistics/index.ts";
import { type AbsentRows, absentContrast, rareRateTail } from "../bars/contrast.ts";
import { sustainedTail } from "../bars/derive-operating-point.ts";
import { judgeDeviation } from "../bars/estimate-dispersion.ts";
import type { UnseenBar } from "../bars/unseen-shares.ts";
import { passedBars, RELEASE_SHARE } from "./passed-bars.ts";
import type { TestResult } from "./test-result.ts";

/** UNSEEN_FLOOR is the smallest rise of the share of unseen values that matters: three points. */
export const UNSEEN_FLOOR = 0.03;
const MINIMUM_UNSEEN_ROWS = 5;

/**
 * unseenShareTest returns by how much more of a window's values are new to the reference than is usual among the reference's own windows, and how improbable
 * that is. Only a rise counts. Empty for features whose values are all named or not kept, and where no value was looked up. O(1).
 */
export function unseenShareTest(
  bar: UnseenBar | undefined,
  window: AbsentRows,
  operatingPoint: OperatingPoint,
): TestResult[] {
  if (bar === undefined || !(window.rows > 0) || !(bar.rows > 0)) return [];
  const usual = { absent: bar.unseen, rows: bar.rows };
  const { difference, samplingVariance } = absentContrast(usual, window);
  const squared = difference ** 2;
  const judged = judgeDeviation({
    squared,
    samplingLevel: samplingVariance,
    degrees: 1,
    dispersion: bar.dispersion,
  });
  const guard = rareRateTail(usual, window);
  // Only a rise counts: half of a tail of both sides.
  const improbable = (bothSides: number) => (difference > 0 ? Math.max(guard, bothSides / 2) : 1);
  const isStillLarge = difference >= RELEASE_SHARE * UNSEEN_FLOOR;
  return [
    {
      test: "unseen",
      size: window.absent / window.rows,
      isLargeEnough: difference >= UNSEEN_FLOOR && window.absent >= MINIMUM_UNSEEN_ROWS,
      pSampling: improbable(chiSquareUpperTail(squared / samplingVariance, 1)),
      ...passedBars(
        improbable(judged.pCalibrated),
        sustainedTail(operatingPoint, judged.correlation),
        operatingPoint,
        isStillLarge,
      ),
    },
  ];
}
