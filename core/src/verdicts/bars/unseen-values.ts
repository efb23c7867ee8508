import { z } from "zod";
import { type FeatureProfile, knowsAllByName, valueCounts, type WindowProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { gridBinEnds } from "../../statistics/index.ts";
import { profileOf } from "./profile-of.ts";
import { recordRun } from "./record-run.ts";

// Windows that wander slowly resemble their neighbours: those more alike than this are left out together.
const ALIKE = 0.5;

/** unseenValuesSchema is how much of one reference window the rest of the reference never saw. */
export const unseenValuesSchema = z.object({
  /** The largest such share of rows over the reference's windows, each compared with all others. */
  largest_own: z.number(),
  windows: z.number().int(),
  /** Windows in a row that make an alarm: two, or more where neighbours resemble each other. */
  windows_needed: z.number().int(),
});

export type UnseenValues = z.infer<typeof unseenValuesSchema>;

/**
 * unseenShare returns the share of a window's rows (0 to 1) whose value the reference never saw: outside its range, or of a category it
 * does not have. Undefined where every value has been seen or none can be distinguished from those: booleans of both kinds, categories with a
 * pooled rest, other types. O(categories).
 */
export function unseenShare(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
  windowCount: number,
): number | undefined {
  if (!isOpen(reference) || !(windowCount > 0)) return undefined;
  if (reference.numeric !== undefined) {
    const values = profile?.numeric;
    return values === undefined ? 0 : (values.belowCount + values.aboveCount) / windowCount;
  }
  return valueCounts(reference, profile).rest / windowCount;
}

/**
 * ownUnseenValues returns the largest share of rows of one reference window that lies outside what the other windows hold: at most one grid
 * bin too large. A number's windows are compared with the others without the neighbours that `correlation` (from one window to the next) makes alike;
 * a category has been seen or has not. Undefined below two windows and where `unseenShare` is. O(windows · bins).
 */
export function ownUnseenValues(
  reference: ReferenceFeature,
  referenceWindows: readonly WindowProfile[],
  correlation: number,
  tail: number,
): UnseenValues | undefined {
  const windows = referenceWindows.flatMap((window) => {
    const profile = profileOf(window, reference.name);
    return profile === undefined || !(profile.count > 0) ? [] : { profile, count: window.count };
  });
  if (!isOpen(reference) || windows.length < 2) return undefined;
  const { numeric } = reference;
  // A category has been seen or has not; a number comes near its range before it leaves it.
  const shares =
    numeric === undefined
      ? categoryShares(windows)
      : rangeShares(numeric, windows, windowsUntil(ALIKE, correlation));
  return {
    largest_own: Math.max(...shares),
    windows: windows.length,
    windows_needed: numeric === undefined ? 2 : recordRun({ windows: windows.length, correlation, tail }),
  };
}

function windowsUntil(alike: number, correlation: number): number {
  return correlation > 0 ? Math.ceil(Math.log(alike) / Math.log(correlation)) : 0;
}

type CountedProfile = { profile: FeatureProfile; count: number };

function isOpen(reference: ReferenceFeature): boolean {
  if (reference.numeric !== undefined) return true;
  const { type, categories = [] } = reference;
  return (
    knowsAllByName(reference) && (type === "categorical" || (type === "boolean" && categories.length < 2))
  );
}

function rangeShares(
  { grid }: NonNullable<ReferenceFeature["numeric"]>,
  windows: readonly CountedProfile[],
  neighbours: number,
): number[] {
  const ends = gridBinEnds(grid).map(({ end }) => end);
  const lows = windows.map(({ profile }) => profile.numeric?.minimum ?? Infinity);
  const highs = windows.map(({ profile }) => profile.numeric?.maximum ?? -Infinity);
  const rest = (values: readonly number[], index: number) => [
    ...values.slice(0, Math.max(0, index - neighbours)),
    ...values.slice(index + neighbours + 1),
  ];
  return windows.map(({ profile, count }, index) => {
    const values = profile.numeric;
    if (values === undefined) return 0;
    const low = Math.min(...rest(lows, index));
    const high = Math.max(...rest(highs, index));
    const isOutside = (bin: number) =>
      (values.minimum < low && (ends[bin - 1] ?? -Infinity) < low) ||
      (values.maximum > high && (ends[bin] ?? Infinity) > high);
    return values.counts.reduce((sum, rows, bin) => sum + (isOutside(bin) ? rows : 0), 0) / count;
  });
}

function categoryShares(windows: readonly CountedProfile[]): number[] {
  const holders = new Map<string, number>();
  const present = windows.map(({ profile }) =>
    Object.entries(profile.categories ?? {}).filter(([, rows]) => rows > 0),
  );
  for (const [name] of present.flat()) holders.set(name, (holders.get(name) ?? 0) + 1);
  return present.map(
    (categories, index) =>
      categories.reduce((sum, [name, rows]) => sum + (holders.get(name) === 1 ? rows : 0), 0) /
      windows[index]!.count,
  );
}
