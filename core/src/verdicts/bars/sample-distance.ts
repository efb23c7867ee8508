/** SampleDistance is the size of a shift between two histograms, in units of PSI, with its level under pure sampling. */
export interface SampleDistance {
  /** Σ (q−p)²/pooled: equal to PSI for small shifts, bounded for large ones. */
  distance: number;
  /** What `distance` is expected to be without any drift: degrees · (1/n + 1/m). */
  samplingLevel: number;
  degrees: number;
  /** Bins that were pooled because the window expects hardly a row in each. */
  pooledBins: number;
}

// Bins with fewer expected rows than this in the window are pooled: χ² does not hold for them.
const MINIMUM_EXPECTED = 2;
// Unless one of them holds so many rows and so large a share of the window that chance cannot be meant: it must not vanish among the others.
const OUTSTANDING_ROWS = 15;
const OUTSTANDING_SHARE = 0.05;

/**
 * sampleDistance returns the symmetric χ² distance Σ (q−p)²/((q·n + p·m)/(n+m)) of a window from its baseline. It is PSI to second order,
 * but an empty bin adds at most its own share instead of PSI's logarithm of the floor, so its null distribution is close to χ² from
 * about 30 rows on; this is what is compared with the sampling and calibrated bars. Rare bins are pooled, but for one that holds at least 15 rows
 * and a twentieth of the window; a pooled share counts as at least one row of the window. Undefined where either side is empty. O(bins).
 */
export function sampleDistance(
  baseline: readonly number[],
  window: readonly number[],
): SampleDistance | undefined {
  const m = total(baseline);
  const n = total(window);
  if (!(n > 0 && m > 0)) return undefined;
  let rareBaseline = 0;
  let rareWindow = 0;
  let distance = 0;
  let used = 0;
  let pooledBins = 0;
  const add = (p: number, q: number) => {
    if (p + q === 0) return;
    used++;
    const pooled = Math.max((p + q) / (n + m), 1 / n);
    distance += (q / n - p / m) ** 2 / pooled;
  };
  baseline.forEach((p, bin) => {
    const q = window[bin] ?? 0;
    const isOutstanding = q >= OUTSTANDING_ROWS && q >= OUTSTANDING_SHARE * n;
    if ((p / m) * n < MINIMUM_EXPECTED && !isOutstanding) {
      if (p + q > 0) pooledBins++;
      rareBaseline += p;
      rareWindow += q;
    } else add(p, q);
  });
  add(rareBaseline, rareWindow);
  const degrees = Math.max(1, used - 1);
  return { distance, samplingLevel: degrees * (1 / n + 1 / m), degrees, pooledBins };
}

/** distanceProduct returns the inner product of two successive windows' deviations in the metric of `sampleDistance`. O(bins). */
export function distanceProduct(
  first: { baseline: readonly number[]; window: readonly number[] },
  next: { baseline: readonly number[]; window: readonly number[] },
): number {
  const shares = (bins: readonly number[]) => {
    const sum = total(bins) || 1;
    return bins.map((count) => count / sum);
  };
  const [p1, q1, p2, q2] = [first.baseline, first.window, next.baseline, next.window].map(shares) as [
    number[],
    number[],
    number[],
    number[],
  ];
  return p1.reduce((sum, p, bin) => {
    const weight = p + (p2[bin] ?? 0);
    if (!(weight > 0.004)) return sum;
    return sum + ((q1[bin]! - p) * ((q2[bin] ?? 0) - (p2[bin] ?? 0))) / (weight / 2);
  }, 0);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
