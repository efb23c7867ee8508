export type { EmbeddedRow } from "./embedded-row.ts";
export { outputName } from "./output-name.ts";
export {
  type Column,
  profileRows,
  type Rows,
  referenceFeatureFromRows,
  referenceFromRows,
} from "./profile-rows.ts";
export type { SampledRow } from "./sampled-row.ts";
export type { FeatureProfile, WindowProfile } from "./window-profile.ts";
