const ENCODER = new TextEncoder();

/** ByteBuffer is a growable run of bytes with the few writes that ClickHouse's binary formats need; positions can be rewound. */
export class ByteBuffer {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity = 1_024) {
    this.bytes = new Uint8Array(capacity);
  }

  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  /** zeros writes `count` bytes of zero: as many empty strings. */
  zeros(count: number): void {
    this.reserve(count);
    this.bytes.fill(0, this.length, this.length + count);
    this.length += count;
  }

  /** varint writes an unsigned LEB128 number (below 2^31). */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  /** uint64 writes a non-negative whole number (below 2^53) as eight little-endian bytes. */
  uint64(value: number): void {
    this.reserve(8);
    const { bytes, length } = this;
    const low = value >>> 0;
    const high = Math.floor(value / 0x1_0000_0000) >>> 0;
    bytes[length] = low;
    bytes[length + 1] = low >>> 8;
    bytes[length + 2] = low >>> 16;
    bytes[length + 3] = low >>> 24;
    bytes[length + 4] = high;
    bytes[length + 5] = high >>> 8;
    bytes[length + 6] = high >>> 16;
    bytes[length + 7] = high >>> 24;
    this.length = length + 8;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** text writes a string as its UTF-8 length (varint) and bytes. Lone surrogates become U+FFFD, as everywhere else in UTF-8. */
  text(value: string): void {
    const size = value.length;
    // Identifiers and categories are short ASCII: a loop beats the call into the encoder by far.
    if (size < 64) {
      this.reserve(size + 1);
      const { bytes, length } = this;
      bytes[length] = size;
      let index = 0;
      for (; index < size; index++) {
        const code = value.charCodeAt(index);
        if (code > 0x7f) break;
        bytes[length + 1 + index] = code;
      }
      if (index === size) {
        this.length = length + 1 + size;
        return;
      }
    }
    const encoded = ENCODER.encode(value);
    this.varint(encoded.length);
    this.raw(encoded);
  }

  /** textOf writes `size` bytes of `source` as a string that is UTF-8 already. */
  textOf(source: Uint8Array, start: number, size: number): void {
    this.reserve(size + 5);
    this.varint(size);
    const { bytes, length } = this;
    for (let index = 0; index < size; index++) bytes[length + index] = source[start + index] as number;
    this.length = length + size;
  }

  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}
