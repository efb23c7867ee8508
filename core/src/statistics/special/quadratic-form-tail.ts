/** How many points the trapezoid rule takes on each interval; the integrand is smooth and periodic there, so 512 give 12 digits. */
const POINTS = 512;

/**
 * cramerVonMisesUpperTail returns P(ω² ≥ x) for the limit of the Cramér–von Mises statistic, Σ χ²₁/(j²π²), digits kept in the tail.
 *
 * Range [0, 1], decreasing in x ≥ 0; relative error about 1e-10 down to 1e-300. O(terms · 512), one or two terms above x = 0.5.
 * Source: Smirnov 1936 (the distribution of such forms as alternating integrals).
 *
 * @example cramerVonMisesUpperTail(0.46136); // 0.05
 */
export function cramerVonMisesUpperTail(x: number): number {
  // With v = √y the determinant is sin(v)/v, negative between (2j−1)π and 2jπ.
  return alternatingTail(x, (j, phase) => {
    const v = (2 * j - 1) * Math.PI + phase;
    return { y: v * v, weight: 2 * v, determinant: Math.sin(phase) / v };
  });
}

/**
 * andersonDarlingUpperTail returns P(A² ≥ x) for the limit of the Anderson–Darling statistic, Σ χ²₁/(j(j+1)), digits kept in the tail.
 *
 * Range [0, 1], decreasing in x ≥ 0; relative error about 1e-10. O(terms · 512). Source: Anderson & Darling 1952; Smirnov 1936.
 *
 * @example andersonDarlingUpperTail(2.4924); // 0.05
 */
export function andersonDarlingUpperTail(x: number): number {
  // With v = √(1+4y) the determinant is −cos(πv/2)/(πy), negative between v = 4j−1 and 4j+1.
  return alternatingTail(x, (j, phase) => {
    const v = 4 * j - 1 + (2 * phase) / Math.PI;
    const y = (v * v - 1) / 4;
    return { y, weight: v / Math.PI, determinant: Math.sin(phase) / (Math.PI * y) };
  });
}

/** A point of an interval between two poles: y, dy/dphase and the absolute Fredholm determinant there. */
type IntervalPoint = { y: number; weight: number; determinant: number };

function alternatingTail(x: number, at: (j: number, phase: number) => IntervalPoint): number {
  // Below this the probability differs from 1 by less than 1e-17.
  if (x < 0.003) return 1;
  let tail = 0;
  let sign = 1;
  for (let j = 1; j < 200; j++) {
    const term = integrate(x, (phase) => at(j, phase));
    tail += sign * term;
    if (term <= 1e-17 * Math.abs(tail)) break;
    sign = -sign;
  }
  return Math.min(1, Math.max(0, tail));
}

// ∫ e^(−xy/2) / (πy√|D|) dy; phase = π(1−cos θ)/2 lifts the inverse square roots at both ends.
function integrate(x: number, at: (phase: number) => IntervalPoint): number {
  const step = Math.PI / POINTS;
  let sum = 0;
  for (let i = 0; i < POINTS; i++) {
    const theta = (i + 0.5) * step;
    const { y, weight, determinant } = at((Math.PI * (1 - Math.cos(theta))) / 2);
    const slope = (Math.PI * Math.sin(theta)) / 2;
    sum += (Math.exp((-x * y) / 2) * weight * slope) / (y * Math.sqrt(determinant));
  }
  return (sum * step) / Math.PI;
}
