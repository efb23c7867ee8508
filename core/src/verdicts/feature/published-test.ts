import type { FeatureTest } from "../../evaluation/index.ts";
import type { SampledTest } from "../sampled/sampled-test.ts";

/** publishedTest returns a statistic as a verdict stores it. O(1). */
export function publishedTest<Name extends string>(
  test: SampledTest<Name> & { windowsNeeded?: number },
): Omit<FeatureTest, "test"> & { test: Name } {
  return {
    test: test.test,
    size: test.size,
    p_value: test.pSampling,
    p_calibrated: test.pCalibrated,
    lower_tail: test.lowerTail,
    matters: test.isLargeEnough,
    holds: test.isHeld,
    ...(test.windowsNeeded === undefined ? {} : { windows_needed: test.windowsNeeded }),
  };
}
