import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { regularizedGammaP } from "../../statistics/index.ts";
import { formatNumber, formatShare } from "../../words/index.ts";
import type { BreakFinding } from "./break-finding.ts";
import type { OwnRecords } from "./own-records.ts";
import { sharesOf } from "./value-shares.ts";

// Of fewer windows that end at one value nothing is said: small whole numbers do so by chance.
const FEWEST_WINDOWS = 7;
const SMALLEST_SHARE = 0.05;

/**
 * judgeLimits decides whether values lie beyond a limit at which every window of the reference ended: hours beyond 23, a share beyond 100 %, a count below 0.
 * A column without such a limit ends elsewhere in each window. O(bins).
 */
export function judgeLimits(
  { name, type, numeric }: ReferenceFeature,
  profile: FeatureProfile,
  rows: number,
  own: OwnRecords,
): BreakFinding | undefined {
  const baseline = own.restatement;
  const values = profile.numeric;
  if (type !== "numeric" || numeric === undefined || values === undefined) return undefined;
  if (baseline === undefined || own.windows < FEWEST_WINDOWS || own.has_constant) return undefined;
  const shares = sharesOf(profile);
  // The outer bins of the grid count what lies beyond the reference's range.
  const ends = [
    { limits: baseline.maxima, share: shares.at(-1) ?? 0, side: "above", extreme: numeric.maximum },
    { limits: baseline.minima, share: shares[0] ?? 0, side: "below", extreme: numeric.minimum },
  ];
  const beyond = ends.find(
    ({ limits: [least, most], share, extreme }) =>
      least === most && most === extreme && share >= SMALLEST_SHARE,
  );
  if (beyond === undefined) return undefined;
  const { share, side, extreme } = beyond;
  return {
    kind: "far_out",
    size: share,
    p: regularizedGammaP(Math.round(share * rows), 1),
    windowsNeeded: 1,
    evidence: {
      name,
      kind: "far_out",
      pipelineConfidence: 0.8,
      claim: `goes ${side} its limit of ${formatNumber(extreme)}`,
      sentence: `${formatShare(share)} of the values are ${side} ${formatNumber(extreme)}, where every window of the reference ended`,
    },
  };
}
