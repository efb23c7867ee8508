import type { WindowProfile } from "@leeway/core/profile";
import type { TimeWindow } from "@leeway/core/window";

/** emptyProfile returns the profile of a window in which nothing was predicted; roll-ups hold no rows for such windows. */
export function emptyProfile(window: TimeWindow): WindowProfile {
  return { ...window, count: 0, rows: 0, features: [], unknownFeatures: {} };
}
