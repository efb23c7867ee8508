import type { ReferenceFeature } from "../records/index.ts";
import type { FeatureProfile } from "./window-profile.ts";

/** ValueCounts are the rows of a feature without a grid by what the reference knows of their values. */
export interface ValueCounts {
  /** Rows of each of the reference's named categories, in its order. */
  named: number[];
  /** Rows of all other values: `otherKnown` and `unseen` together. */
  rest: number;
  /** Rows of values that the reference has without naming them. */
  otherKnown: number;
  /** Rows of values that the reference never had; undefined where it does not know all of its own. */
  unseen: number | undefined;
  /** The most frequent values that the reference never had, the most frequent first; empty where that is not known. */
  unseenNames: { name: string; count: number }[];
  /** Whether `unseenNames` are all there are. */
  areAllNamed: boolean;
}

/**
 * valueCounts returns how many rows of a window hold named categories, others that the reference has, and values that it never had. A reference that
 * names all of its categories knows the last two; one with more needs its set of values (`vocabulary`). O(categories).
 *
 * @example valueCounts(reference, { ...profile, categories: { a: 3, new: 1 } }).unseen; // 1, where the reference has "a" alone
 */
export function valueCounts(reference: ReferenceFeature, profile: FeatureProfile | undefined): ValueCounts {
  const categories = reference.categories ?? [];
  const counts = new Map(Object.entries(profile?.categories ?? {}));
  const named = categories.map(({ name }) => counts.get(name) ?? 0);
  for (const { name } of categories) counts.delete(name);
  const others = [...counts].filter(([, count]) => count > 0);
  const pooled = profile?.otherCount ?? 0;
  const rest = others.reduce((sum, [, count]) => sum + count, pooled);
  const share = unseenValueShare(reference, profile);
  const unseen = knowsAllByName(reference)
    ? rest
    : share === undefined
      ? undefined
      : Math.min(rest, share * (profile?.count ?? 0));
  return {
    named,
    rest,
    otherKnown: rest - (unseen ?? 0),
    unseen,
    unseenNames:
      unseen === undefined
        ? []
        : others.map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count),
    areAllNamed: knowsAllByName(reference) && pooled === 0,
  };
}

/** knowsAllByName returns whether a reference names every category it has. O(1). */
export function knowsAllByName(reference: ReferenceFeature): boolean {
  const { vocabulary, categories = [], other_count = 0, distinct_count = 0 } = reference;
  return vocabulary === undefined && other_count === 0 && distinct_count <= categories.length;
}

/**
 * unseenValueShare returns the share (0 to 1) of a window's values that the reference's set of values lacks. Undefined without such a set; 0 for a window
 * without values. O(1).
 */
export function unseenValueShare(
  reference: ReferenceFeature,
  profile: FeatureProfile | undefined,
): number | undefined {
  if (reference.vocabulary === undefined) return undefined;
  const { known = 0, unseen = 0 } = profile?.lookups ?? {};
  return known + unseen > 0 ? unseen / (known + unseen) : 0;
}
