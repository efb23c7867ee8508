const POWERS = Float64Array.from({ length: 23 }, (_unused, exponent) => Number(`1e${exponent}`));
const LARGEST_POWER = 22;
/** Decimal digits that each half of a mantissa takes; two halves hold every number that JavaScript or Python writes. */
const HALF_DIGITS = 9;
const SPLITTER = 2 ** 27 + 1;
/** Far wider than the error of the correction in `divideExactly`, far narrower than what moves a result that is not in doubt. */
const DOUBT = 2 ** -45;

const POINT = 0x2e;
const MINUS = 0x2d;
const PLUS = 0x2b;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * scanNumber reads the JSON number at `at`, writes to `into[index]` the double that `JSON.parse` makes of it, and returns where it ends; -1
 * where no JSON number stands there. Mantissas of up to 18 digits with a decimal exponent from -22 to 22 take no detour through text. O(digits).
 */
export function scanNumber(bytes: Uint8Array, at: number, into: Float64Array, index: number): number {
  let position = at;
  const isNegative = bytes[position] === MINUS;
  if (isNegative) position++;
  let byte = bytes[position] as number;
  if (!(byte >= ZERO && byte <= NINE)) return -1;
  let head = 0;
  let tail = 0;
  let digits = 0;
  if (byte === ZERO) {
    byte = bytes[++position] as number;
  } else {
    do {
      if (digits < HALF_DIGITS) head = (head * 10 + byte - ZERO) | 0;
      else if (digits < 2 * HALF_DIGITS) tail = (tail * 10 + byte - ZERO) | 0;
      digits++;
      byte = bytes[++position] as number;
    } while (byte >= ZERO && byte <= NINE);
  }
  let scale = 0;
  if (byte === POINT) {
    const start = ++position;
    byte = bytes[position] as number;
    while (byte >= ZERO && byte <= NINE) {
      if (digits < HALF_DIGITS) head = (head * 10 + byte - ZERO) | 0;
      else if (digits < 2 * HALF_DIGITS) tail = (tail * 10 + byte - ZERO) | 0;
      // Zeros before the first other digit are no digits of the mantissa.
      if (digits > 0 || byte !== ZERO) digits++;
      byte = bytes[++position] as number;
    }
    if (position === start) return -1;
    scale = position - start;
  }
  // The letter e in either case.
  if ((byte | 0x20) === 0x65) {
    const end = skipExponent(bytes, position);
    if (end === -1) return -1;
    scale -= Number(textOf(bytes, position + 1, end));
    position = end;
  }
  const magnitude = magnitudeOf(head, tail, digits, scale);
  if (Number.isNaN(magnitude)) into[index] = Number(textOf(bytes, at, position));
  else into[index] = isNegative ? -magnitude : magnitude;
  return position;
}

function skipExponent(bytes: Uint8Array, at: number): number {
  let position = at + 1;
  if (bytes[position] === PLUS || bytes[position] === MINUS) position++;
  const start = position;
  while ((bytes[position] as number) >= ZERO && (bytes[position] as number) <= NINE) position++;
  return position === start ? -1 : position;
}

/** The double nearest to (head, tail as 9 more digits) / 10^scale, or NaN where that takes more than two doubles. */
function magnitudeOf(head: number, tail: number, digits: number, scale: number): number {
  if (digits > 2 * HALF_DIGITS || scale > LARGEST_POWER || scale < -LARGEST_POWER) return Number.NaN;
  // 5^9 times a head below 2^30 has fewer than 53 bits, so the shifted head is exact.
  const shifted = digits <= HALF_DIGITS ? head : head * (POWERS[digits - HALF_DIGITS] as number);
  const mantissa = shifted + tail;
  // Clinger: both sides are exact doubles, so the one rounding is the right one.
  if (digits <= 15 || scale === 0) {
    return scale >= 0 ? mantissa / (POWERS[scale] as number) : mantissa * (POWERS[-scale] as number);
  }
  return scale < 0
    ? Number.NaN
    : divideExactly(mantissa, tail - (mantissa - shifted), POWERS[scale] as number);
}

/**
 * The double nearest to (mantissa + rest) / divisor, or NaN where it is too close to call. The division's remainder is a double (as for every
 * correctly rounded division), so the correction is known to some 2^-51 of itself; where moving it by more changes nothing, it is right.
 */
function divideExactly(mantissa: number, rest: number, divisor: number): number {
  const quotient = mantissa / divisor;
  const product = quotient * divisor;
  // Dekker's product: quotient × divisor = product + error, exactly.
  const quotientHigh = SPLITTER * quotient - (SPLITTER * quotient - quotient);
  const quotientLow = quotient - quotientHigh;
  const divisorHigh = SPLITTER * divisor - (SPLITTER * divisor - divisor);
  const divisorLow = divisor - divisorHigh;
  const error =
    quotientLow * divisorLow -
    (product - quotientHigh * divisorHigh - quotientLow * divisorHigh - quotientHigh * divisorLow);
  const correction = (mantissa - product - error + rest) / divisor;
  const result = quotient + correction * (1 - DOUBT);
  return result === quotient + correction * (1 + DOUBT) ? result : Number.NaN;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}
