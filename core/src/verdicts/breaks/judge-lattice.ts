import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { regularizedGammaP } from "../../statistics/index.ts";
import { formatNumber, formatShare } from "../../words/index.ts";
import type { BreakFinding } from "./break-finding.ts";
import { fillOf } from "./fill-ratio.ts";
import type { OwnRecords } from "./own-records.ts";

const FEWEST_EXPECTED = 12;
// A third fewer distinct places than the window of the reference that had the fewest.
const LARGEST_FILL = 0.67;

/** judgeLattice decides whether a window's numbers are in far fewer places than those of any window of the reference: rounded, or cut to whole steps. O(bins). */
export function judgeLattice(
  reference: ReferenceFeature,
  profile: FeatureProfile,
  scale: number,
  own: OwnRecords,
): BreakFinding | undefined {
  const { numeric } = reference;
  const values = profile.numeric;
  if (numeric === undefined || values === undefined || values.minimum === values.maximum) return undefined;
  const counts = values.counts.map((count) => count * scale);
  const { occupied, expected } = fillOf(numeric.counts, counts);
  const least = expected * own.smallest_fill;
  if (least < FEWEST_EXPECTED || occupied > LARGEST_FILL * least) return undefined;
  return {
    kind: "lattice",
    size: occupied / least,
    p: 1 - regularizedGammaP(occupied + 1, least),
    windowsNeeded: 1,
    evidence: {
      name: reference.name,
      kind: "rounded",
      pipelineConfidence: 0.85,
      claim: "seems to be rounded",
      sentence: `values are in ${formatNumber(occupied)} places of the reference's grid where at least ${formatNumber(Math.round(least))} are usual (${formatShare(occupied / least)}): they seem to be rounded`,
    },
  };
}
