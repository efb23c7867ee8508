import { alwaysValidScale, ROW_PRECISION, WINDOW_PRECISION } from "./always-valid-scale.ts";
import { type LossSums, mergeLossSums, sampleVariance } from "./loss-sums.ts";

/** MeanInterval is one way to put an interval around a mean of rows; it holds at every look. `units` is how many independent units it rests on. */
export interface MeanInterval {
  standardError: number;
  low: number;
  high: number;
  units: number;
}

/**
 * ClusteredMean is the mean of rows that came in windows, with the interval that takes rows for independent, and the one that lets rows of
 * a window (and neighbouring windows) go up and down together; null where there are too few windows.
 */
export interface ClusteredMean {
  mean: number;
  rows: number;
  windows: number;
  byRow: MeanInterval;
  byWindow: MeanInterval | null;
}

/** MINIMUM_WINDOWS is how many windows the interval over windows needs at 95 %: from fewer, nothing can be said that holds at every look. */
export const MINIMUM_WINDOWS = 4;

/**
 * clusteredMean returns the mean over all rows of `windows` (in order of time) with both intervals; null with so few rows that no interval is finite. The interval
 * over windows is the cluster-robust one of a ratio of sums; positive correlation between neighbouring windows widens it (Bartlett weights up
 * to lag ∛windows). Both hold at every look (`alwaysValidScale`): a comparison is looked at again with every label that comes.
 * Sources: Liang & Zeger, Biometrika 73 (1986); Newey & West, Econometrica 55 (1987). O(windows).
 */
export function clusteredMean(windows: readonly LossSums[], level: number): ClusteredMean | null {
  const filled = windows.filter((window) => window.count > 0);
  const all = filled.reduce(mergeLossSums, { count: 0, sum: 0, sumOfSquares: 0 });
  if (all.count < 2) return null;
  const mean = all.sum / all.count;
  const interval = (standardError: number, units: number, precision: number): MeanInterval | null => {
    const half = alwaysValidScale(level, units, precision) * standardError;
    return Number.isFinite(half) ? { standardError, low: mean - half, high: mean + half, units } : null;
  };
  const byRow = interval(Math.sqrt(sampleVariance(all) / all.count), all.count, ROW_PRECISION);
  if (byRow === null) return null;
  const k = filled.length;
  if (k < MINIMUM_WINDOWS) return { mean, rows: all.count, windows: k, byRow, byWindow: null };
  const residuals = filled.map((window) => window.sum - mean * window.count);
  const variance = (longRunSum(residuals) * k) / (k - 1) / all.count ** 2;
  const byWindow = interval(Math.sqrt(variance), k, WINDOW_PRECISION);
  return { mean, rows: all.count, windows: k, byRow, byWindow };
}

/** longRunSum returns Σr² plus twice the Bartlett-weighted sums of lagged products, where these make it larger. */
function longRunSum(residuals: readonly number[]): number {
  const lags = Math.floor(Math.cbrt(residuals.length));
  let squares = 0;
  for (const residual of residuals) squares += residual * residual;
  let lagged = 0;
  for (let lag = 1; lag <= lags; lag++) {
    let products = 0;
    for (let i = lag; i < residuals.length; i++) products += residuals[i]! * residuals[i - lag]!;
    lagged += 2 * (1 - lag / (lags + 1)) * products;
  }
  return squares + Math.max(0, lagged);
}
