/** BucketRow holds the buckets of one size, oldest first: 2^row values each, by their total and their sum of squared deviations. */
export interface BucketRow {
  totals: number[];
  variances: number[];
}

/** AdwinWindow is an exponential histogram of the recent values: `rows[r]` holds buckets of 2^r values, the newest in row 0. */
export interface AdwinWindow {
  rows: BucketRow[];
  width: number;
  total: number;
  /** Sum of squared deviations of the whole window. */
  variance: number;
}

/** emptyAdwinWindow returns the window of no values. */
export function emptyAdwinWindow(): AdwinWindow {
  return { rows: [{ totals: [], variances: [] }], width: 0, total: 0, variance: 0 };
}

/** insertValue returns the window with `x` added; where a row holds more than `maximumBuckets`, its two oldest become one of the next. Amortised O(1). */
export function insertValue(window: AdwinWindow, x: number, maximumBuckets: number): AdwinWindow {
  const rows = window.rows.slice();
  rows[0] = { totals: [...rows[0]!.totals, x], variances: [...rows[0]!.variances, 0] };
  const width = window.width + 1;
  const deviation = width > 1 ? x - window.total / (width - 1) : 0;
  const variance = window.variance + (width > 1 ? ((width - 1) * deviation * deviation) / width : 0);
  for (let r = 0; r < rows.length && rows[r]!.totals.length > maximumBuckets; r++) {
    const { totals, variances } = rows[r]!;
    const size = 2 ** r;
    const difference = totals[0]! / size - totals[1]! / size;
    const next = rows[r + 1] ?? { totals: [], variances: [] };
    rows[r + 1] = {
      totals: [...next.totals, totals[0]! + totals[1]!],
      variances: [...next.variances, variances[0]! + variances[1]! + (size * difference * difference) / 2],
    };
    rows[r] = { totals: totals.slice(2), variances: variances.slice(2) };
  }
  return { rows, width, total: window.total + x, variance };
}

/** dropOldest returns the window without its oldest bucket. O(buckets of a row). */
function dropOldest(window: AdwinWindow): AdwinWindow {
  const rows = window.rows.slice();
  const last = rows.length - 1;
  const { totals, variances } = rows[last]!;
  const size = 2 ** last;
  const width = window.width - size;
  const total = window.total - totals[0]!;
  const difference = totals[0]! / size - total / width;
  const variance =
    window.variance - (variances[0]! + (size * width * difference * difference) / (size + width));
  if (totals.length === 1) rows.pop();
  else rows[last] = { totals: totals.slice(1), variances: variances.slice(1) };
  return { rows, width, total, variance };
}

/** AdwinCut says how many old buckets were dropped, and which way the mean went from the old part to the new at the first cut. */
export interface AdwinCut {
  window: AdwinWindow;
  cuts: number;
  direction: "up" | "down";
}

/**
 * detectCut returns the window after dropping its oldest buckets for as long as two adjacent parts of it have means that differ by more
 * than ε = √(2/m · σ² · ln(2 ln(n)/δ)) + 2/(3m) · ln(2 ln(n)/δ), where 1/m is the sum of the parts' reciprocal lengths. O(log² n).
 */
export function detectCut(
  window: AdwinWindow,
  parameters: { delta: number; minimumWindow: number },
): AdwinCut {
  let current = window;
  let cuts = 0;
  let direction: "up" | "down" = "up";
  for (;;) {
    const difference = firstCut(current, parameters);
    if (difference === null || current.width <= 2 ** (current.rows.length - 1))
      return { window: current, cuts, direction };
    if (cuts === 0) direction = difference > 0 ? "down" : "up";
    current = dropOldest(current);
    cuts++;
  }
}

/** firstCut returns the old part's mean less the new part's at the first boundary where they differ, or null where they nowhere do. */
function firstCut(
  window: AdwinWindow,
  { delta, minimumWindow }: { delta: number; minimumWindow: number },
): number | null {
  const logTerm = Math.log((2 * Math.log(window.width)) / delta);
  const variance = window.variance / window.width;
  let oldCount = 0;
  let oldTotal = 0;
  for (let r = window.rows.length - 1; r >= 0; r--) {
    const { totals } = window.rows[r]!;
    // The newest bucket of each row is never a boundary: so MOA and river have it, and the pinned indices depend on it.
    for (let k = 0; k < totals.length - 1; k++) {
      oldCount += 2 ** r;
      oldTotal += totals[k]!;
      const newCount = window.width - oldCount;
      if (oldCount < minimumWindow || newCount < minimumWindow) continue;
      const reciprocal = 1 / (oldCount - minimumWindow + 1) + 1 / (newCount - minimumWindow + 1);
      const bound = Math.sqrt(2 * reciprocal * variance * logTerm) + (2 / 3) * logTerm * reciprocal;
      const difference = oldTotal / oldCount - (window.total - oldTotal) / newCount;
      if (Math.abs(difference) > bound) return difference;
    }
  }
  return null;
}
