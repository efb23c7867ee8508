/**
 * lowerBound returns how many elements of an ascending array lie below x, which is where x would be inserted first.
 *
 * Argument: ascending numbers without NaN. Range 0 … length. O(log n).
 *
 * @example lowerBound([1, 2, 2, 3], 2); // 1
 */
export function lowerBound(ascending: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * upperBound returns how many elements of an ascending array are at most x, which is where x would be inserted last.
 *
 * Argument: ascending numbers without NaN. Range 0 … length. O(log n).
 *
 * @example upperBound([1, 2, 2, 3], 2); // 3
 */
export function upperBound(ascending: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
