const SLOTS_PER_KEY = 4 / 3;
const EMPTY = 0;

/**
 * FingerprintTable answers "surely not" or "maybe" for 64-bit keys given as two 32-bit halves: one half says where a key lies, the other is kept
 * there. About two in a billion unseen keys read "maybe", at 5.3 bytes a key and one or two cache misses a look.
 *
 * A Bloom filter of a third of that size errs once in a thousand keys, and then every other batch of 500 events waits for the database.
 */
export class FingerprintTable {
  readonly capacity: number;
  count = 0;
  /** The newest event time among the keys added, for whoever must know what is forgotten with this table. */
  newest = 0;
  private readonly slots: Int32Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.slots = new Int32Array(Math.ceil(capacity * SLOTS_PER_KEY) + 1);
  }

  /** add puts a key in, at most `capacity` different ones. */
  add(low: number, high: number): void {
    const at = this.find(low, high);
    if (this.slots[at] !== EMPTY) return;
    this.slots[at] = fingerprint(low);
    this.count++;
  }

  has(low: number, high: number): boolean {
    return this.slots[this.find(low, high)] !== EMPTY;
  }

  get bytes(): number {
    return this.slots.byteLength;
  }

  // The slot that holds the key, or the empty one where it would be put. A quarter of the slots stays empty, so the search ends.
  private find(low: number, high: number): number {
    const { slots } = this;
    const wanted = fingerprint(low);
    // Lemire's multiply-shift would need 64 bits; a float product of two 32-bit numbers keeps enough of them.
    let at = Math.floor(((high >>> 0) / 0x1_0000_0000) * slots.length);
    for (;;) {
      const found = slots[at] as number;
      if (found === wanted || found === EMPTY) return at;
      at = at + 1 === slots.length ? 0 : at + 1;
    }
  }
}

function fingerprint(low: number): number {
  return (low | 0) === EMPTY ? 1 : low | 0;
}
