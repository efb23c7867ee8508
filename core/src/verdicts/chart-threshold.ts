/**
 * chartThreshold returns the threshold h of a two-sided CUSUM on standard normal deviations with reference value `allowance`, such that without any
 * change it alarms once in `averageRunLength` windows. Siegmund's approximation: each side has ARL (e^(2kb) − 2kb − 1)/(2k²) with
 * b = h + 1.166, and two sides halve it. averageRunLength ≥ 2, allowance > 0; accurate to a few percent. O(60). Source: Siegmund,
 * Sequential Analysis (1985), section 10.1.
 *
 * @example chartThreshold(600, 0.5); // about 5.07
 */
export function chartThreshold(averageRunLength: number, allowance: number): number {
  let low = 0;
  let high = 200;
  for (let step = 0; step < 60; step++) {
    const threshold = (low + high) / 2;
    const exponent = 2 * allowance * (threshold + 1.166);
    const runLength = (Math.exp(Math.min(600, exponent)) - exponent - 1) / (4 * allowance ** 2);
    if (runLength < averageRunLength) low = threshold;
    else high = threshold;
  }
  return (low + high) / 2;
}
