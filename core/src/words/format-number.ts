/**
 * formatShare returns a share as a percentage with as many digits as matter: 0.294 is "29.4 %", 0.0004 is "0.04 %", 22.5 is "2,250 %". What is not
 * quite all is never called all: 0.9999 is "99.9 %". O(1).
 */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (Math.abs(percent) > 200) return `${formatNumber(percent)} %`;
  const digits = percent !== 0 && Math.abs(percent) < 1 ? 2 : 1;
  const rounded = percent.toFixed(digits);
  return `${share < 1 && Number(rounded) === 100 ? "99.9" : trimZeros(rounded)} %`;
}

/** formatNumber returns a number with about three significant digits and thousands separators: 1204.33 is "1,204", 0.01234 is "0.0123". O(1). */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  if (size >= 100) return Math.round(value).toLocaleString("en-US");
  return trimZeros(value.toPrecision(3));
}

/** formatPValue returns a p-value in words fit for a sentence: "p = 0.031", "p < 1e-6". O(1). */
export function formatPValue(p: number): string {
  if (p < 1e-6) return "p < 1e-6";
  return `p = ${p < 0.001 ? p.toExponential(1) : trimZeros(p.toPrecision(2))}`;
}

/** formatWindowStart returns a window's name: its start as a UTC date, with the time where it does not begin at midnight. O(1). */
export function formatWindowStart(start: number): string {
  const text = new Date(start).toISOString();
  return start % 86_400_000 === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
