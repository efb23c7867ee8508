import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import type { UnseenValues } from "../bars/unseen-values.ts";
import type { BreakFinding } from "./break-finding.ts";
import { judgeConstant } from "./judge-constant.ts";
import { judgeFarOut } from "./judge-far-out.ts";
import { judgeLattice } from "./judge-lattice.ts";
import { judgeLimits } from "./judge-limits.ts";
import { judgeRestated } from "./judge-restated.ts";
import { judgeSpike } from "./judge-spike.ts";
import { judgeVocabulary } from "./judge-vocabulary.ts";
import type { OwnRecords } from "./own-records.ts";

/**
 * judgeBreaks returns what a window of one feature shows that a broken pipeline does and nature does not, whether or not the feature has drifted: each is compared
 * with the most that any window of the reference showed, not with how far the reference wanders. O(bins).
 */
export function judgeBreaks(input: {
  reference: ReferenceFeature;
  profile: FeatureProfile | undefined;
  window: { rows: number; count: number };
  own: OwnRecords | undefined;
  unseen: UnseenValues | undefined;
  slot: number;
}): BreakFinding[] {
  const { reference, profile, window, own, unseen, slot } = input;
  // The lengths of free texts are numbers only by name.
  if (own === undefined || profile === undefined || reference.type === "text") return [];
  const scale = window.count > 0 ? window.rows / window.count : 0;
  const rows = profile.count * scale;
  return [
    judgeConstant(reference.name, profile, rows, own),
    judgeSpike(reference, profile, rows, own),
    judgeLattice(reference, profile, scale, own),
    judgeFarOut(reference, profile, own) ?? judgeLimits(reference, profile, rows, own),
    judgeVocabulary(reference, profile, window, own, unseen),
    judgeRestated(reference, profile, own, slot),
  ].filter((finding) => finding !== undefined);
}
