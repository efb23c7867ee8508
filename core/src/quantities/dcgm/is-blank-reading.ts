// DCGM's "blank" and three kinds of it, as numbers that look like readings: of floats, of 32 and of 64 bits.
const BLANKS = [2 ** 47, 0x7ffffff0, 2 ** 63];

/** isBlankReading decides whether a number stands for "no value" at DCGM. O(1). */
export function isBlankReading(value: number): boolean {
  return BLANKS.some((blank) => value >= blank && value <= blank + 3);
}
