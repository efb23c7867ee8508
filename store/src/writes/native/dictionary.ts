import { ByteBuffer } from "./byte-buffer.ts";

const SHARED_DICTIONARIES_WITH_ADDITIONAL_KEYS = 1;
const HAS_ADDITIONAL_KEYS = 0x200;
const NEEDS_DICTIONARY_UPDATE = 0x400;

/**
 * Dictionary is the body of a `LowCardinality(String)` column inside one block: its distinct strings once, then an index per element.
 * ClickHouse writes the version of this layout before the column it stands in (`prefix`), the rest in place (`pieces`).
 */
export class Dictionary {
  private readonly indexes = new Map<string, number>();
  private readonly keys = new ByteBuffer();
  private elements = new Uint32Array(4_096);
  length = 0;
  /** Changes whenever indexes are forgotten, so that callers may remember an index themselves. */
  generation = 1;

  /** indexOf returns the index of `key` in this block's dictionary, adding it where it is new. */
  indexOf(key: string): number {
    const known = this.indexes.get(key);
    if (known !== undefined) return known;
    const index = this.indexes.size;
    this.indexes.set(key, index);
    this.keys.text(key);
    return index;
  }

  push(index: number): void {
    if (this.length === this.elements.length) {
      const grown = new Uint32Array(this.length * 2);
      grown.set(this.elements);
      this.elements = grown;
    }
    this.elements[this.length++] = index;
  }

  static prefix(): Uint8Array {
    const prefix = new ByteBuffer(8);
    prefix.uint64(SHARED_DICTIONARIES_WITH_ADDITIONAL_KEYS);
    return prefix.view();
  }

  pieces(): Uint8Array[] {
    // A column without elements (every map empty) has no body at all.
    if (this.length === 0) return [];
    const size = this.indexes.size;
    const width = size <= 0x100 ? 0 : size <= 0x1_0000 ? 1 : 2;
    const head = new ByteBuffer(16);
    head.uint64(width + HAS_ADDITIONAL_KEYS + NEEDS_DICTIONARY_UPDATE);
    head.uint64(size);
    const middle = new ByteBuffer(8);
    middle.uint64(this.length);
    return [head.view(), this.keys.view(), middle.view(), this.narrowed(width)];
  }

  private narrowed(width: 0 | 1 | 2): Uint8Array {
    const used = this.elements.subarray(0, this.length);
    if (width === 0) return new Uint8Array(used);
    if (width === 1) return new Uint8Array(new Uint16Array(used).buffer);
    return new Uint8Array(used.buffer, 0, this.length * 4);
  }

  clear(): void {
    this.indexes.clear();
    this.keys.length = 0;
    this.length = 0;
    this.generation++;
  }

  size(): number {
    return this.keys.length + this.length * 4;
  }
}
