import type { Dispersion } from "../../evaluation/index.ts";
import { PRIOR_CORRELATION, PRIOR_DEGREES, PRIOR_WINDOWS } from "./estimate-dispersion.ts";
import type { OwnVariation } from "./own-variation.ts";
import { MOST_CORRELATED, type SlowLevels, slowLevels } from "./slow-levels.ts";

// What the other features show counts as this many windows of one's own, and how alike their neighbours are as this many.
const POOLED_WINDOWS = 8;
const POOLED_NEIGHBOURS = 24;
// How many times the median (or the prior, where that is larger) a feature may bring into the pool.
const MOST_TYPICAL = 4;
// The squares of a slow level seen from inside a reference: its trend alone is worth this many degrees of freedom.
const FEWEST_DEGREES = 2.5;

/**
 * poolDispersions returns how much one statistic varies between windows for each feature, from what all features of a stream show together: a week
 * of one feature can't tell a slow wandering from none, a week of 25 can. The correlation of neighbours comes from all of them (the feature's own
 * counting more the more windows it has), by one standard error too high; the variance is raised by what the baseline's own wandering hides, and drawn
 * towards the median of the features where it lies below. Undefined variations stay so. O(features · log features + windows).
 * Source: empirical Bayes shrinkage, as in Smyth 2004.
 */
export function poolDispersions(
  variations: readonly (OwnVariation | undefined)[],
  priorVariance: number,
): (Dispersion | undefined)[] {
  const known = variations.filter((variation) => variation !== undefined);
  const levels = new Map<string, SlowLevels>();
  const levelsOf = ({ positions }: OwnVariation): SlowLevels => {
    const key = positions.join();
    const found = levels.get(key) ?? slowLevels(positions);
    levels.set(key, found);
    return found;
  };
  const sorted = known.map(({ squared }) => Math.max(0, squared)).sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const pool = poolOf(known, MOST_TYPICAL * Math.max(median, priorVariance));
  const others = Math.min(POOLED_WINDOWS, known.length - 1);
  return variations.map((own) => {
    if (own === undefined) return undefined;
    const slow = levelsOf(own);
    const correlation = correlationOf(own, pool, slow, priorVariance);
    const share = slow.share(correlation);
    const degrees = varianceDegrees(own, correlation);
    const seen = Math.max(0, own.squared);
    const prior = priorVariance * (1 - slow.share(PRIOR_CORRELATION));
    // The median of few degrees lies below their mean (Wilson & Hilferty).
    const typical = median / (1 - 2 / (9 * degrees)) ** 3;
    const shrunk =
      (degrees * seen + PRIOR_WINDOWS * prior + others * typical) / (degrees + PRIOR_WINDOWS + others);
    const alone = (own.windows * seen + PRIOR_WINDOWS * prior) / (own.windows + PRIOR_WINDOWS);
    const squared = Math.max(shrunk, alone);
    return {
      variance: squared / (1 - share),
      correlation,
      windows: own.windows,
      baseline_windows: own.positions.length,
      baseline_share: share,
      degrees: PRIOR_DEGREES + degrees + others * Math.min(1, typical / squared),
    };
  });
}

interface Pool {
  squared: number;
  product: number;
  noise: number;
  windows: number;
  products: number;
}

// A feature that wanders further than `largest` counts as one that does so much: it alone must not say how slow the others are.
function poolOf(variations: readonly OwnVariation[], largest: number): Pool {
  const bounded = variations.map((variation) => {
    const scale = variation.squared > largest ? largest / variation.squared : 1;
    return { ...variation, squared: variation.squared * scale, product: variation.product * scale };
  });
  return {
    squared: weightedMean(bounded, ({ squared, windows }) => [squared, windows]),
    product: weightedMean(bounded, ({ product, products }) => [product, products]),
    noise: weightedMean(bounded, ({ noise, windows }) => [noise, windows]),
    windows: bounded.reduce((sum, { windows }) => sum + windows, 0),
    products: bounded.reduce((sum, { products }) => sum + products, 0),
  };
}

function correlationOf(own: OwnVariation, pool: Pool, slow: SlowLevels, priorVariance: number): number {
  if (pool.products < 3) return PRIOR_CORRELATION;
  const ownWeight = own.products / (own.products + POOLED_NEIGHBOURS);
  const squared = Math.max(0, ownWeight * own.squared + (1 - ownWeight) * pool.squared);
  const product = ownWeight * own.product + (1 - ownWeight) * pool.product;
  const prior = priorVariance * (1 - slow.share(PRIOR_CORRELATION));
  // How much of the variance the windows themselves show: where they stand still there is nothing whose correlation could be underrated.
  const mixed = (one: number, all: number) => ownWeight ** 2 / Math.max(1, one) + (1 - ownWeight ** 2) / all;
  const windows = 1 / mixed(own.windows, pool.windows);
  const chance = (2 * pool.noise) / Math.sqrt(windows);
  const shown = squared / (squared + chance + (prior * PRIOR_WINDOWS) / (PRIOR_WINDOWS + windows));
  const alike = slow.correlationBehind(product / Math.max(squared, 1e-300));
  const behind = shown * alike + (1 - shown) * PRIOR_CORRELATION;
  return Math.min(
    MOST_CORRELATED,
    Math.max(0, behind + Math.sqrt(shown * mixed(own.products, pool.products))),
  );
}

// A variance learns from correlated windows faster than a mean does: the squares of deviations have the square of their correlation. And it learns the less
// the fewer windows hold most of it: a mean of squares varies by its kurtosis (Satterthwaite).
function varianceDegrees({ windows, kurtosis }: OwnVariation, correlation: number): number {
  const squared = correlation ** 2;
  const peaked = Math.min(1, 2 / Math.max(1e-9, kurtosis - 1));
  return Math.min(
    Math.max(1, windows - 1),
    Math.max(FEWEST_DEGREES, ((windows * (1 - squared)) / (1 + squared)) * peaked),
  );
}

function weightedMean<T>(items: readonly T[], of: (item: T) => readonly [number, number]): number {
  const [sum, weight] = items.reduce<[number, number]>(
    ([total, weights], item) => {
      const [value, itemWeight] = of(item);
      return [total + value * itemWeight, weights + itemWeight];
    },
    [0, 0],
  );
  return weight > 0 ? sum / weight : 0;
}
