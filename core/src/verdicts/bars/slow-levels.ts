/** SlowLevels says what a first-order autoregression looks like from inside a baseline, for correlations in steps: it depends on when its windows lie. */
export interface SlowLevels {
  /** Variance of the baseline's own mean in units of the level's variance: what a short baseline hides of a slow wandering. */
  share(correlation: number): number;
  /** The correlation whose windows, compared with a baseline without them, have `seen` from one to the next. */
  correlationBehind(seen: number): number;
}

/** MOST_CORRELATED is the highest correlation that can be distinguished from a walk. */
export const MOST_CORRELATED = 0.95;

const STEP = 0.05;
const CORRELATIONS = Array.from({ length: Math.round(MOST_CORRELATED / STEP) + 1 }, (_, i) =>
  Math.min(MOST_CORRELATED, i * STEP),
);

/**
 * slowLevels returns how much a baseline hides of a level that follows a first-order autoregression: deviations from the mean of a few windows are
 * smaller and less alike than the level's own. `positions` are the whole numbers of the baseline's windows (0, 1, 2, … for days in a
 * row; 0, 7, 14, … for Mondays). Neighbours with a baseline each are as alike as they seem. At least two positions. O(20 · positions²), O(20 · positions)
 * for windows in a row. Source: Marriott & Pope 1954, bias of the serial correlation.
 *
 * @example slowLevels([0, 1, 2, 3, 4, 5, 6]).share(0.9); // 0.80: a week shows a fifth of such a wandering
 */
export function slowLevels(positions: readonly number[]): SlowLevels {
  const count = positions.length;
  const isInARow = positions[count - 1]! - positions[0]! === count - 1;
  const shares = CORRELATIONS.map((correlation) =>
    isInARow ? shareInARow(correlation, count) : shareOf(correlation, positions),
  );
  const seen = CORRELATIONS.map((correlation, i) =>
    isInARow ? seenInARow(correlation, count, shares[i]!) : correlation,
  );
  return {
    share: (correlation) => interpolate(CORRELATIONS, shares, correlation),
    correlationBehind: (value) => interpolate(seen, CORRELATIONS, value),
  };
}

function shareOf(correlation: number, positions: readonly number[]): number {
  const sum = positions.reduce(
    (total, a) => total + positions.reduce((row, b) => row + power(correlation, Math.abs(a - b)), 0),
    0,
  );
  return sum / positions.length ** 2;
}

function shareInARow(correlation: number, count: number): number {
  let sum = count;
  for (let lag = 1; lag < count; lag++) sum += 2 * (count - lag) * power(correlation, lag);
  return sum / count ** 2;
}

// Mean product of neighbouring deviations from the common mean, in units of their mean square.
function seenInARow(correlation: number, count: number, share: number): number {
  const reach = (steps: number) => (1 - power(correlation, steps)) / (1 - correlation);
  const withMean = (at: number) => (reach(at + 1) + reach(count - at) - 1) / count;
  let sum = 0;
  for (let at = 0; at + 1 < count; at++) sum += correlation - withMean(at) - withMean(at + 1) + share;
  return sum / (count - 1) / (1 - share);
}

function power(correlation: number, lag: number): number {
  return lag === 0 ? 1 : correlation ** lag;
}

function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  const above = xs.findIndex((value) => value >= x);
  if (above === 0) return ys[0]!;
  if (above === -1) return ys.at(-1)!;
  const [x0, x1, y0, y1] = [xs[above - 1]!, xs[above]!, ys[above - 1]!, ys[above]!];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
