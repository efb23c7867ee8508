export type { EmbeddedRow } from "./embedded-row.ts";
export { outputName } from "./output-name.ts";
export {
  type Column,
  NAMED_CATEGORIES,
  profileRows,
  type Rows,
  referenceFeatureFromRows,
  referenceFromRows,
  UNSEEN_NAMED,
  type Vocabularies,
} from "./profile-rows.ts";
export { referenceProfiles, vocabulariesOf } from "./reference-profiles.ts";
export type { SampledRow } from "./sampled-row.ts";
export { knowsAllByName, unseenValueShare, type ValueCounts, valueCounts } from "./value-counts.ts";
export type { FeatureProfile, WindowProfile } from "./window-profile.ts";
