import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { fUpperTail } from "../../statistics/special/f-distribution.ts";
import { formatNumber } from "../../words/index.ts";
import type { BreakFinding } from "./break-finding.ts";
import type { OwnRecords } from "./own-records.ts";

// A column that goes beyond itself inside the reference (a counter, a walk) must go this many times as far.
const TIMES_REACH = 4;
const FEWEST_WINDOWS = 3;
// Farther is no news, and values near the end of what numbers can be would make it infinite.
const MOST_SPANS = 1e12;

/**
 * judgeFarOut decides whether nine tenths of a window's numbers lie beyond the reference's range by a multiple of its span (more where one half of the reference
 * lies beyond the other). O(1).
 */
export function judgeFarOut(
  reference: ReferenceFeature,
  profile: FeatureProfile,
  own: OwnRecords,
): BreakFinding | undefined {
  const { numeric } = reference;
  const deciles = profile.numeric?.deciles;
  if (numeric === undefined || deciles?.length !== 9 || own.windows < FEWEST_WINDOWS) return undefined;
  const span = numeric.maximum - numeric.minimum;
  if (!(span > 0)) return undefined;
  const beyond = Math.min(
    MOST_SPANS,
    Math.max(deciles[0]! - numeric.maximum, numeric.minimum - deciles[8]!) / span,
  );
  const needed = Math.max(1, TIMES_REACH * own.reach);
  if (!(beyond >= needed) || !isFarByFactors(deciles, numeric)) return undefined;
  // A window's middle lies within the span by itself: as a t of the windows, each a quarter of the span from the next.
  const t = 4 * beyond;
  return {
    kind: "far_out",
    size: beyond,
    p: fUpperTail(t * t, 1, own.windows - 1),
    windowsNeeded: 2,
    evidence: {
      name: reference.name,
      kind: "far_out",
      pipelineConfidence: 0.8,
      claim: "lies far outside the reference's range",
      sentence: `nine tenths of the values lie beyond the reference's ${formatNumber(numeric.minimum)} to ${formatNumber(numeric.maximum)}, by ${formatNumber(beyond)} times that range or more`,
    },
  };
}

// A column over many orders of magnitude goes on by factors: a span of theirs, too.
function isFarByFactors(
  deciles: readonly number[],
  { minimum, maximum }: NonNullable<ReferenceFeature["numeric"]>,
): boolean {
  if (!(minimum > 0) || !(deciles[8]! > 0)) return true;
  const orders = Math.log(maximum / minimum);
  return Math.log(deciles[0]! / maximum) >= orders || Math.log(minimum / deciles[8]!) >= orders;
}
