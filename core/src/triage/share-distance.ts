import type { FeatureProfile } from "../profile/index.ts";

/** shareDistance returns half of the summed differences between the shares of categories and those of a window: 0 to 1. O(categories). */
export function shareDistance(
  shares: ReadonlyMap<string, number>,
  { categories = {}, count }: Pick<FeatureProfile, "categories" | "count">,
): number {
  const rows = new Map(Object.entries(categories));
  const names = new Set([...shares.keys(), ...rows.keys()]);
  let sum = 0;
  for (const name of names) sum += Math.abs((shares.get(name) ?? 0) - (rows.get(name) ?? 0) / count);
  return sum / 2;
}
