/** ComparableVersion is a version with traffic in one environment; times are epoch ms of event time. */
export interface ComparableVersion {
  version: string;
  environment: string;
  firstSeen: number;
  lastSeen: number;
  isArchived: boolean;
}

/** ComparisonPair is which two versions a comparison is about, or why there are no two. */
export type ComparisonPair =
  | { outcome: "pair"; baseline: string; candidate: string }
  | { outcome: "none"; reason: string };

/** ComparisonQuestion is the version that is looked at, the one it is to be compared with where somebody named it, and over which time. */
export interface ComparisonQuestion {
  shown: string;
  versions: readonly ComparableVersion[];
  asked?: string | undefined;
  range: { from: number; to: number };
}

/**
 * comparisonPair decides which version another one is compared with: the one that was asked for, else the one that served production beside it for
 * longest within the range. A version that itself serves production is compared with the one that ran beside it for longest, in any environment.
 * Archived versions, and those that had no traffic at the same time, have no labels in common with it and are never chosen. The baseline is the one
 * that serves production, or the older of two. O(versions²).
 */
export function comparisonPair(question: ComparisonQuestion): ComparisonPair {
  const { shown, versions, asked } = question;
  const others = versions.filter(({ version }) => version !== shown);
  if (asked === shown) return none(`Version ${shown} cannot be compared with itself`);
  if (asked !== undefined) {
    return others.some(({ version }) => version === asked)
      ? pairOf(shown, asked, versions)
      : none(`Version ${asked} has never sent a prediction`);
  }
  if (others.length === 0) return none(`There is no other version to compare version ${shown} with`);
  const partner = longestBeside(question);
  if (partner !== undefined) return pairOf(shown, partner, versions);
  const ever = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const outside = longestBeside({ ...question, range: ever });
  const place = servesProduction(shown, versions) ? "had traffic" : "served production";
  return none(
    outside === undefined
      ? `No other version that is not archived ${place} at the same time as version ${shown}, so there are no labels to compare them on`
      : `In this range no other version ${place} at the same time as version ${shown}. Version ${outside} did so outside it: choose a longer range`,
  );
}

function longestBeside({ shown, versions, range }: ComparisonQuestion): string | undefined {
  const own = versions.filter(({ version }) => version === shown);
  const isAnyPlace = servesProduction(shown, versions);
  const beside = versions
    .filter(({ version, isArchived }) => version !== shown && !isArchived)
    .filter(({ environment }) => isAnyPlace || environment === "production")
    .map((one) => ({ ...one, together: Math.max(...own.map((mine) => overlap(one, mine, range))) }))
    .filter(({ together }) => together > 0)
    .sort((a, b) => b.together - a.together || b.lastSeen - a.lastSeen || (a.version < b.version ? 1 : -1));
  return beside[0]?.version;
}

function overlap(a: ComparableVersion, b: ComparableVersion, range: { from: number; to: number }): number {
  const from = Math.max(a.firstSeen, b.firstSeen, range.from);
  // The newest prediction belongs to the time in which there was traffic.
  return Math.min(a.lastSeen + 1, b.lastSeen + 1, range.to) - from;
}

function pairOf(shown: string, other: string, versions: readonly ComparableVersion[]): ComparisonPair {
  const [first, second] = [shown, other].sort(
    (a, b) =>
      Number(servesProduction(b, versions)) - Number(servesProduction(a, versions)) ||
      beginOf(a, versions) - beginOf(b, versions),
  );
  return { outcome: "pair", baseline: first ?? other, candidate: second ?? shown };
}

function servesProduction(name: string, versions: readonly ComparableVersion[]): boolean {
  return versions.some(({ version, environment }) => version === name && environment === "production");
}

function beginOf(name: string, versions: readonly ComparableVersion[]): number {
  return Math.min(...versions.filter(({ version }) => version === name).map(({ firstSeen }) => firstSeen));
}

function none(reason: string): ComparisonPair {
  return { outcome: "none", reason };
}
