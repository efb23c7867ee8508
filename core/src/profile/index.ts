export type { FeatureProfile, WindowProfile } from "./window-profile.ts";
