/** ValueAxis is a value axis: its round ticks, and its ends. */
export interface ValueAxis {
  ticks: number[];
  domain: [number, number];
}

const ROUND = [1, 2, 2.5, 5, 10];
// A computed tick such as 3 × 0.1 is written as it is meant.
const DIGITS = 12;

/**
 * valueAxis returns a value axis that holds `[low, high]` with at most `most` round steps (1, 2, 2.5 or 5 times a power of ten), so that its ticks are numbers
 * that people read. A fixed end stays as it is; `isWhole` allows no step below one. O(steps).
 *
 * @example valueAxis({ low: 0, high: 1, most: 3, isWhole: true }) // ticks 0, 1
 */
export function valueAxis(values: {
  low: number;
  high: number;
  most: number;
  isWhole?: boolean;
  fixedLow?: number | undefined;
  fixedHigh?: number | undefined;
}): ValueAxis {
  const { most, isWhole = false, fixedLow, fixedHigh } = values;
  const low = fixedLow ?? values.low;
  const high = Math.max(fixedHigh ?? values.high, low);
  const step = roundStep((high - low || Math.abs(high) || 1) / most, isWhole);
  const first = fixedLow ?? Math.floor(low / step) * step;
  const last = fixedHigh ?? Math.max(Math.ceil(high / step), Math.floor(low / step) + 1) * step;
  const ticks: number[] = [];
  for (let i = Math.ceil(first / step); i * step <= last * (1 + 1e-9) || i * step <= first; i++) {
    ticks.push(Number((i * step).toPrecision(DIGITS)));
  }
  return {
    ticks,
    domain: [Number(first.toPrecision(DIGITS)), Number(last.toPrecision(DIGITS))],
  };
}

function roundStep(least: number, isWhole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = ROUND.find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  const step = Number((factor * power).toPrecision(DIGITS));
  return isWhole ? Math.max(1, Math.ceil(step)) : step;
}

/** tickDigits returns how many decimals tell the ticks of an axis apart. O(ticks). */
export function tickDigits(ticks: readonly number[]): number {
  const texts = ticks.map((tick) => String(Number(tick.toPrecision(6))));
  if (texts.some((text) => text.includes("e"))) return 3;
  return Math.max(0, ...texts.map((text) => text.split(".")[1]?.length ?? 0));
}
