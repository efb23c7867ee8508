/** NumberRange is the numbers above `above` and up to `upTo`; an end that is infinite is open. */
export interface NumberRange {
  above: number;
  upTo: number;
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const RANGE = new RegExp(`^(${NUMBER})?\\.\\.(${NUMBER})?$`);

/**
 * numberRange returns the range that a segment's value names for a number (`..300` up to 300, `300..700` above 300 and up to 700, `700..` above
 * 700), or undefined where it names none. Ranges that share an end therefore never share a row. O(1).
 *
 * @example numberRange("300..700"); // { above: 300, upTo: 700 }
 */
export function numberRange(value: string): NumberRange | undefined {
  const match = RANGE.exec(value);
  if (match === null || (match[1] === undefined && match[2] === undefined)) return undefined;
  const above = match[1] === undefined ? Number.NEGATIVE_INFINITY : Number(match[1]);
  const upTo = match[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]);
  return above < upTo ? { above, upTo } : undefined;
}

/**
 * numberRanges returns the ranges that ascending `cuts` divide all numbers into, as a segment writes them. O(cuts).
 *
 * @example numberRanges([300, 700]); // ["..300", "300..700", "700.."]
 */
export function numberRanges(cuts: readonly number[]): string[] {
  return Array.from({ length: cuts.length + 1 }, (_, i) => `${cuts[i - 1] ?? ""}..${cuts[i] ?? ""}`);
}
