import type { FeatureProfile, WindowProfile } from "../../profile/index.ts";

/** profileOf returns the profile of a feature, or of the model's output under its name (`outputName`), in a window. O(features). */
export function profileOf(window: WindowProfile, name: string): FeatureProfile | undefined {
  const found = window.features.find((feature) => feature.name === name);
  return found ?? (window.prediction?.name === name ? window.prediction : undefined);
}
