import type { FeatureProfile } from "../../profile/index.ts";

// A value that stands out is compared with this many bins on either side.
const REACH = 2;

/** sharesOf returns the share of a window's numbers in each bin of the reference's grid. O(bins). */
export function sharesOf(profile: FeatureProfile | undefined): number[] {
  const counts = profile?.numeric?.counts ?? [];
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
}

/**
 * prominences returns by how much the share of each bin is above the largest of its four neighbours: a shift of the whole column raises neighbours together, a
 * single value that is sent too often raises one bin. The outer bins are open, so nothing is said of them (0). O(bins).
 *
 * @example prominences([0, 0.1, 0.1, 0.5, 0.1, 0.1, 0.1]); // [0, -0.4, -0.4, 0.4, -0.4, -0.4, 0]
 */
export function prominences(shares: readonly number[]): number[] {
  return shares.map((share, bin) => {
    if (bin === 0 || bin === shares.length - 1) return 0;
    let largest = 0;
    for (let other = bin - REACH; other <= bin + REACH; other++) {
      if (other !== bin) largest = Math.max(largest, shares[other] ?? 0);
    }
    return share - largest;
  });
}

/**
 * largestTie returns how many quantiles in a row are one and the same value, and which, of minimum, nine deciles and maximum: k equal ones hold at least k − 1 tenths of
 * the rows, also at either end. O(deciles).
 *
 * @example largestTie({ minimum: -1, deciles: [-1, -1, 3, 4, 5, 6, 7, 8, 9], maximum: 9.5 }); // { pairs: 2, value: -1 }
 */
export function largestTie(
  values: { minimum: number; deciles?: readonly number[] | undefined; maximum: number } | undefined,
): { pairs: number; value: number } {
  let best = { pairs: 0, value: Number.NaN };
  if (values?.deciles?.length !== 9) return best;
  const quantiles = [values.minimum, ...values.deciles, values.maximum];
  let pairs = 0;
  quantiles.forEach((quantile, index) => {
    pairs = index > 0 && quantile === quantiles[index - 1] ? pairs + 1 : 0;
    if (pairs > best.pairs) best = { pairs, value: quantile };
  });
  return best;
}
