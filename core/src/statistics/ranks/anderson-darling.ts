import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { sortFloats } from "../sorting/radix-sort.ts";
import { andersonDarlingUpperTail } from "../special/quadratic-form-tail.ts";

/** AndersonDarlingValue is a k-sample Anderson–Darling result. */
export type AndersonDarlingValue = {
  /** A² of the pooled samples, mid-rank form. */
  statistic: number;
  /** (A² − (k−1))/σ, the standardised form that SciPy reports. */
  normalized: number;
  /** From the limit distribution; given for two samples, null for more. */
  pValue: number | null;
};

/** Standard deviation of the limit Σ χ²₁/(j(j+1)). */
const LIMIT_DEVIATION = Math.sqrt(2 * (Math.PI ** 2 / 3 - 3));

/**
 * andersonDarling returns the k-sample Anderson–Darling test (mid-ranks) that all ascending samples come from one distribution.
 *
 * For: differences in the tails, which Kolmogorov–Smirnov weighs little. A² ≥ 0, larger is further apart.
 * Arguments: two or more ascending samples without NaN. Smallest sample: one value each, four together (`insufficient_data`);
 * `not_defined` when all values are equal. O(k·N) after the samples are sorted. Source: Scholz & Stephens 1987, equation 7.
 *
 * @example andersonDarling([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]);
 */
export function andersonDarling(samples: readonly Float64Array[]): Outcome<AndersonDarlingValue> {
  if (samples.length < 2) return notDefined("fewer than two samples");
  if (samples.some((sample) => sample.length === 0)) return insufficientData("a sample has no values");
  const pooled = pool(samples);
  const total = pooled.length;
  if (total < 4) return insufficientData("fewer than four values");
  if (pooled[0] === pooled[total - 1]) return notDefined("all values are equal");
  const statistic = midRankStatistic(samples, pooled);
  const groups = samples.length;
  const normalized = (statistic - (groups - 1)) / Math.sqrt(variance(samples, total));
  const pValue = groups === 2 ? andersonDarlingUpperTail(1 + normalized * LIMIT_DEVIATION) : null;
  return { outcome: "ok", statistic, normalized, pValue };
}

function pool(samples: readonly Float64Array[]): Float64Array {
  const pooled = new Float64Array(samples.reduce((sum, sample) => sum + sample.length, 0));
  let offset = 0;
  for (const sample of samples) {
    pooled.set(sample, offset);
    offset += sample.length;
  }
  return sortFloats(pooled);
}

function midRankStatistic(samples: readonly Float64Array[], pooled: Float64Array): number {
  const total = pooled.length;
  const positions = new Array<number>(samples.length).fill(0);
  let statistic = 0;
  let rank = 0;
  while (rank < total) {
    const x = pooled[rank]!;
    let ties = 0;
    while (rank + ties < total && pooled[rank + ties] === x) ties++;
    const middle = rank + ties / 2;
    const weight = middle * (total - middle) - (total * ties) / 4;
    samples.forEach((sample, s) => {
      const before = positions[s]!;
      let after = before;
      while (after < sample.length && sample[after] === x) after++;
      positions[s] = after;
      const deviation = total * (before + (after - before) / 2) - middle * sample.length;
      statistic += ((ties / total) * (deviation * deviation)) / weight / sample.length;
    });
    rank += ties;
  }
  return (statistic * (total - 1)) / total;
}

// The variance of A² under the null hypothesis, equation 4 of the paper.
function variance(samples: readonly Float64Array[], total: number): number {
  const groups = samples.length;
  const inverseSizes = samples.reduce((sum, sample) => sum + 1 / sample.length, 0);
  let harmonic = 0;
  for (let i = 1; i < total; i++) harmonic += 1 / i;
  let nested = 0;
  let innerTail = 0;
  for (let i = total - 2; i >= 1; i--) {
    innerTail += 1 / (i + 1);
    nested += innerTail / (total - i);
  }
  const a = (4 * nested - 6) * (groups - 1) + (10 - 6 * nested) * inverseSizes;
  const b =
    (2 * nested - 4) * groups ** 2 +
    8 * harmonic * groups +
    (2 * nested - 14 * harmonic - 4) * inverseSizes -
    8 * harmonic +
    4 * nested -
    6;
  const c =
    (6 * harmonic + 2 * nested - 2) * groups ** 2 +
    (4 * harmonic - 4 * nested + 6) * groups +
    (2 * harmonic - 6) * inverseSizes +
    4 * harmonic;
  const d = (2 * harmonic + 6) * groups ** 2 - 4 * harmonic * groups;
  return (a * total ** 3 + b * total ** 2 + c * total + d) / ((total - 1) * (total - 2) * (total - 3));
}
