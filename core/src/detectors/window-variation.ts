import { chiSquareLowerTail } from "../statistics/index.ts";

/** WindowValue is a metric over one window with its sampling standard error. */
export interface WindowValue {
  value: number;
  standardError: number;
}

/**
 * WindowVariation is how a metric varies over windows where nothing is wrong: its centre, the variance between windows beyond sampling error,
 * the centre's own standard error, and the correlation of neighbouring windows.
 */
export interface WindowVariation {
  center: number;
  centerError: number;
  betweenVariance: number;
  autocorrelation: number;
  windows: number;
}

// Below the median on purpose: the variance between windows is learned from few, and too small a guess breaks the false-alarm budget.
const CONSERVATIVE_PROBABILITY = 0.3;
// What neighbouring windows are taken to share of their variation, and how many windows outweigh that.
const USUAL_CORRELATION = 0.5;
const USUAL_WINDOWS = 7;

/**
 * learnWindowVariation returns how a metric varies from window to window, from at least two reference windows in order of time. The variance
 * between windows solves Σ (v − centre)² / (se² + τ²) = the 30 % quantile of χ² (Q-profile), so that it rather errs upwards; 0 where
 * sampling error alone explains the spread. Source: Viechtbauer, Statistics in Medicine 26 (2007). O(windows · 100).
 */
export function learnWindowVariation(reference: readonly WindowValue[]): WindowVariation {
  const windows = reference.length;
  const target = chiSquareQuantile(CONSERVATIVE_PROBABILITY, windows - 1);
  let betweenVariance = 0;
  if (weightedSpread(reference, 0).spread > target) {
    const mean = reference.reduce((sum, one) => sum + one.value, 0) / windows;
    let low = 0;
    let high = reference.reduce((sum, one) => sum + (one.value - mean) ** 2, 0) / target;
    for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
      const middle = (low + high) / 2;
      if (weightedSpread(reference, middle).spread > target) low = middle;
      else high = middle;
    }
    betweenVariance = high;
  }
  const { center, centerError } = weightedSpread(reference, betweenVariance);
  const deviations = reference.map(
    (one) => (one.value - center) / Math.sqrt(one.standardError ** 2 + betweenVariance || 1),
  );
  return { center, centerError, betweenVariance, autocorrelation: firstAutocorrelation(deviations), windows };
}

function weightedSpread(reference: readonly WindowValue[], betweenVariance: number) {
  let weights = 0;
  let sum = 0;
  // A window without sampling error still counts: the smallest positive variance keeps its weight finite.
  const variances = reference.map((one) => Math.max(one.standardError ** 2 + betweenVariance, 1e-300));
  reference.forEach((one, i) => {
    weights += 1 / variances[i]!;
    sum += one.value / variances[i]!;
  });
  const center = sum / weights;
  const spread = reference.reduce((total, one, i) => total + (one.value - center) ** 2 / variances[i]!, 0);
  return { center, centerError: 1 / Math.sqrt(weights), spread };
}

/**
 * firstAutocorrelation returns the lag-1 correlation less a standard error of itself, but at least what is usual of variation between windows (weather,
 * weekdays): a week of windows can't show that neighbours are alike, and taken for independent they break the budget.
 */
function firstAutocorrelation(deviations: readonly number[]): number {
  const n = deviations.length;
  let squares = 0;
  let products = 0;
  deviations.forEach((deviation, i) => {
    squares += deviation * deviation;
    if (i > 0) products += deviation * deviations[i - 1]!;
  });
  if (squares === 0) return 0;
  const usual = (USUAL_CORRELATION * USUAL_WINDOWS) / (n + USUAL_WINDOWS);
  return Math.min(0.9, Math.max(usual, products / squares - 1 / Math.sqrt(n)));
}

function chiSquareQuantile(probability: number, degrees: number): number {
  let low = 0;
  let high = degrees + 10 * Math.sqrt(2 * degrees) + 10;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (chiSquareLowerTail(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
