const GROUPED = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** A percent sign never stands alone at the beginning of a line. */
const PERCENT = "\u00a0%";

/** ABSENT stands where there is no number: a page never shows a zero for something that was not measured. */
export const ABSENT = "–";

/** formatCount returns a whole number with thousands separators (`1,612`), or a dash where there is none. */
export function formatCount(value: number | null | undefined): string {
  return isNumber(value) ? GROUPED.format(value) : ABSENT;
}

/** formatCompact returns a short count for tight places (`12.4K`), or a dash where there is none. */
export function formatCompact(value: number | null | undefined): string {
  return isNumber(value) ? COMPACT.format(value) : ABSENT;
}

/** formatPercent returns a share as a percentage with `digits` decimals (`29.4 %`), or a dash where there is none. */
export function formatPercent(share: number | null | undefined, digits = 1): string {
  if (!isNumber(share)) return ABSENT;
  const percent = share * 100;
  // 99.96 % must not read as 100.0 %, nor 0.04 % as 0.0 %: a rounded extreme would claim what was not measured.
  if (percent > 0 && percent < 0.5 * 10 ** -digits) return `< ${(10 ** -digits).toFixed(digits)}${PERCENT}`;
  if (percent < 100 && percent > 100 - 0.5 * 10 ** -digits)
    return `> ${(100 - 10 ** -digits).toFixed(digits)}${PERCENT}`;
  return `${percent.toFixed(percent === 100 || percent === 0 ? 0 : digits)}${PERCENT}`;
}

/** formatMetric returns a metric with three significant decimals (`0.403`, `12.3`, `1,204`), or a dash where there is none. */
export function formatMetric(value: number | null | undefined): string {
  if (!isNumber(value)) return ABSENT;
  const size = Math.abs(value);
  if (size >= 1_000) return GROUPED.format(value);
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  if (size >= 0.001 || size === 0) return value.toFixed(3);
  return value.toExponential(1);
}

/** formatPValue returns a p-value as people read it (`0.031`, `< 0.001`), or a dash where there is none. */
export function formatPValue(value: number | null | undefined): string {
  if (!isNumber(value)) return ABSENT;
  if (value < 1e-12) return "< 1e-12";
  return value < 0.001 ? value.toExponential(1) : value.toFixed(3);
}

/** formatMilliseconds returns a latency in the unit that reads best (`0.8 ms`, `210 ms`, `1.42 s`), or a dash where there is none. */
export function formatMilliseconds(value: number | null | undefined): string {
  if (!isNumber(value)) return ABSENT;
  if (value >= 10_000) return `${(value / 1_000).toFixed(1)} s`;
  if (value >= 1_000) return `${(value / 1_000).toFixed(2)} s`;
  if (value >= 100) return `${value.toFixed(0)} ms`;
  if (value >= 10) return `${value.toFixed(1)} ms`;
  if (value === 0) return "0 ms";
  return `${value.toFixed(2)} ms`;
}

/** formatTickMilliseconds returns a tick of a latency axis with as many decimals as tell it from the others. */
export function formatTickMilliseconds(value: number, digits: number): string {
  return value >= 1_000 ? `${Number((value / 1_000).toFixed(2))} s` : `${value.toFixed(digits)} ms`;
}

/** drawnNumber returns a number with the six digits that a chart can show, so that a page does not carry the others. */
export function drawnNumber(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}

function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}
