const ENCODER = new TextEncoder();
const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;

const scratch = new Uint8Array(1_024);

/**
 * xxHash returns xxHash32 (seed 0) of the UTF-8 bytes of `text` as a signed 32-bit integer, equal to ClickHouse's `xxHash32`: the second,
 * independent half of a key. O(length).
 */
export function xxHash(text: string): number {
  const size = text.length;
  if (size > scratch.length) return hashEncoded(text);
  for (let index = 0; index < size; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return hashEncoded(text);
    scratch[index] = code;
  }
  return xxHashOfBytes(scratch, 0, size);
}

function hashEncoded(text: string): number {
  const bytes = ENCODER.encode(text);
  return xxHashOfBytes(bytes, 0, bytes.length);
}

/** xxHashOfBytes returns what `xxHash` does of a text that lies as UTF-8 in `size` bytes from `start`. */
export function xxHashOfBytes(bytes: Uint8Array, start: number, size: number): number {
  const end = start + size;
  let index = start;
  let hash: number;
  if (size >= 16) {
    let a = (PRIME_1 + PRIME_2) | 0;
    let b = PRIME_2 | 0;
    let c = 0;
    let d = -PRIME_1 | 0;
    for (; index + 16 <= end; index += 16) {
      a = round(a, word(bytes, index));
      b = round(b, word(bytes, index + 4));
      c = round(c, word(bytes, index + 8));
      d = round(d, word(bytes, index + 12));
    }
    hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  } else {
    hash = PRIME_5 | 0;
  }
  hash = (hash + size) | 0;
  for (; index + 4 <= end; index += 4) {
    hash = Math.imul(rotate((hash + Math.imul(word(bytes, index), PRIME_3)) | 0, 17), PRIME_4);
  }
  for (; index < end; index++) {
    hash = Math.imul(rotate((hash + Math.imul(bytes[index] as number, PRIME_5)) | 0, 11), PRIME_1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2);
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3);
  return hash ^ (hash >>> 16);
}

function word(bytes: Uint8Array, index: number): number {
  return (
    (bytes[index] as number) |
    ((bytes[index + 1] as number) << 8) |
    ((bytes[index + 2] as number) << 16) |
    ((bytes[index + 3] as number) << 24)
  );
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function round(accumulator: number, input: number): number {
  return Math.imul(rotate((accumulator + Math.imul(input, PRIME_2)) | 0, 13), PRIME_1);
}
