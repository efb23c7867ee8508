import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { regularizedGammaP } from "../../statistics/index.ts";
import { formatShare } from "../../words/index.ts";
import { type UnseenValues, unseenShare } from "../bars/unseen-values.ts";
import type { BreakFinding } from "./break-finding.ts";
import type { OwnRecords } from "./own-records.ts";

// A tenth of the rows more than in any window of the reference.
const SMALLEST_EXCESS = 0.1;
// A column whose windows replace most of their categories by themselves (seasons, campaigns) will have new ones, too.
const MOST_CHANGE = 0.35;

/** judgeVocabulary decides whether many more rows hold categories that the reference never had than in any window of the reference. O(categories). */
export function judgeVocabulary(
  reference: ReferenceFeature,
  profile: FeatureProfile,
  window: { rows: number; count: number },
  own: OwnRecords,
  unseen: UnseenValues | undefined,
): BreakFinding | undefined {
  if (reference.type !== "categorical" || unseen === undefined) return undefined;
  if (own.largest_change > MOST_CHANGE) return undefined;
  const share = unseenShare(reference, profile, window.count);
  if (share === undefined || share - unseen.largest_own < SMALLEST_EXCESS) return undefined;
  const known = new Set((reference.categories ?? []).map(({ name }) => name));
  const names = Object.entries(profile.categories ?? {})
    .filter(([name, rows]) => !known.has(name) && rows > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([name]) => `"${name}"`);
  const expected = (unseen.largest_own + 1 / Math.max(1, reference.count)) * window.rows + 1;
  return {
    kind: "vocabulary",
    size: share,
    p: regularizedGammaP(Math.round(share * window.rows), expected),
    windowsNeeded: share >= 0.5 ? 1 : 2,
    evidence: {
      name: reference.name,
      kind: "new_categories",
      pipelineConfidence: share >= 0.5 ? 0.85 : 0.7,
      claim: `has ${formatShare(share)} new values`,
      sentence: `${formatShare(share)} of the values are new to the reference: ${names.join(", ")}`,
    },
  };
}
