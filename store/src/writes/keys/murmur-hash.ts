const ENCODER = new TextEncoder();

/**
 * murmurHash3 returns MurmurHash3 (x86, 32 bit, seed 0) of the UTF-8 bytes of `text` as a signed 32-bit integer: the same number, bit for
 * bit, as ClickHouse's `murmurHash3_32`, so that keys hashed in SQL and here meet. O(length).
 */
export function murmurHash3(text: string): number {
  const size = text.length;
  let hash = 0;
  let index = 0;
  for (; index + 4 <= size; index += 4) {
    const a = text.charCodeAt(index);
    const b = text.charCodeAt(index + 1);
    const c = text.charCodeAt(index + 2);
    const d = text.charCodeAt(index + 3);
    if ((a | b | c | d) > 0x7f) return hashEncoded(text);
    hash = mixBlock(hash, a | (b << 8) | (c << 16) | (d << 24));
  }
  let tail = 0;
  for (let rest = size - index; rest > 0; rest--) {
    const code = text.charCodeAt(index + rest - 1);
    if (code > 0x7f) return hashEncoded(text);
    tail = (tail << 8) | code;
  }
  return finish(hash ^ scramble(tail), size);
}

function hashEncoded(text: string): number {
  const bytes = ENCODER.encode(text);
  return murmurHash3OfBytes(bytes, 0, bytes.length);
}

/** murmurHash3OfBytes returns what `murmurHash3` does of a text that lies as UTF-8 in `size` bytes from `start`. */
export function murmurHash3OfBytes(bytes: Uint8Array, start: number, size: number): number {
  const end = start + size;
  let hash = 0;
  let index = start;
  for (; index + 4 <= end; index += 4) {
    hash = mixBlock(
      hash,
      (bytes[index] as number) |
        ((bytes[index + 1] as number) << 8) |
        ((bytes[index + 2] as number) << 16) |
        ((bytes[index + 3] as number) << 24),
    );
  }
  let tail = 0;
  for (let rest = end - index; rest > 0; rest--) tail = (tail << 8) | (bytes[index + rest - 1] as number);
  return finish(hash ^ scramble(tail), size);
}

function scramble(block: number): number {
  const spread = Math.imul(block, 0xcc9e2d51);
  return Math.imul((spread << 15) | (spread >>> 17), 0x1b873593);
}

function mixBlock(hash: number, block: number): number {
  const mixed = hash ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, size: number): number {
  let mixed = hash ^ size;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
