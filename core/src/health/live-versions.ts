import type { Monitor } from "../records/index.ts";
import type { VersionHealthFacts } from "./health-facts.ts";

const DAY = 86_400_000;

/**
 * liveVersions returns the versions that decide a model's health now: those that were not archived and had traffic within one window of the
 * newest prediction. A version that another one has replaced is neither healthy nor ill. O(versions log versions).
 */
export function liveVersions<Version extends Pick<VersionHealthFacts, "isArchived" | "lastSeen">>(
  versions: readonly Version[],
  monitors: readonly Pick<Monitor, "window">[],
): Version[] {
  const serving = versions.filter(({ isArchived }) => !isArchived);
  const newest = Math.max(...serving.map(({ lastSeen }) => lastSeen));
  const windowMs = monitors.length === 0 ? DAY : Math.max(...monitors.map(({ window }) => window));
  return serving
    .filter(({ lastSeen }) => lastSeen > newest - windowMs)
    .sort((a, b) => b.lastSeen - a.lastSeen);
}
