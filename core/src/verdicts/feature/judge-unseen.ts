import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { regularizedGammaP } from "../../statistics/index.ts";
import { type UnseenValues, unseenShare } from "../bars/unseen-values.ts";
import type { TestResult } from "./test-result.ts";

// Half of the rows: the window's median is a value the reference never had.
const SMALLEST_SHARE = 0.5;
// And clearly more than any of the reference's own windows held.
const MARGIN = 0.25;
const RELEASE_SHARE = 0.7;

/** UnseenJudgement is the rule that stands in for a distance whose bar no window can reach. */
export interface UnseenJudgement {
  test: TestResult;
  /** The share of rows from which on the feature has drifted. */
  bar: number;
  own: UnseenValues;
}

/** UnreachableBar says how a feature is judged whose distance no window can be judged by. */
export interface UnreachableBar {
  /** The largest PSI of any window of this size. */
  largestPsi: number;
  /** The share of unseen values takes the distance's place; absent where the reference's own windows show as much, or can't. */
  unseen: UnseenJudgement | undefined;
  /** No shift of the values, however large, would be reported. */
  isBlind: boolean;
  /** Of a number: the reference's lowest and highest. */
  range?: { minimum: number; maximum: number };
}

/**
 * judgeUnseen decides whether a window holds values that the reference never saw in so many of its rows (half of them, and a quarter more than any
 * reference window holds beside the others) that it must count. It never alarms by a single window: nothing says how improbable one is. Undefined
 * where a reference window nearly all of whose values were new leaves nothing to tell. O(categories).
 */
export function judgeUnseen(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
  window: { rows: number; count: number },
  own: UnseenValues | undefined,
): UnseenJudgement | undefined {
  const share = unseenShare(reference, profile, window.count);
  if (own === undefined || share === undefined) return undefined;
  const bar = Math.max(SMALLEST_SHARE, own.largest_own + MARGIN);
  if (bar > 1) return undefined;
  const isBeyond = share >= bar;
  // One more draw from m is new with probability 1/(m + 1) at either end of the range.
  const expected = (2 * window.rows) / (reference.count + 1);
  const unseenRows = Math.round(share * window.rows);
  return {
    bar,
    own,
    test: {
      test: "unseen",
      size: share,
      isLargeEnough: isBeyond,
      pSampling: unseenRows === 0 ? 1 : regularizedGammaP(unseenRows, expected),
      // A rank among the reference's windows is all the evidence there is.
      pCalibrated: share > own.largest_own ? 1 / (own.windows + 1) : 1,
      lowerTail: 1,
      exceedsLowerBar: isBeyond,
      exceedsImmediateBar: false,
      isHeld: share >= RELEASE_SHARE * bar,
      windowsNeeded: own.windows_needed,
    },
  };
}
