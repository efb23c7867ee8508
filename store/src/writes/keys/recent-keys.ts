/** What RecentKeys knows of a key: nothing, or with which payload and by which group it came. */
export type KeyState = "absent" | "same" | "other";

const FREED = 0xffff_ffff;

interface Generation {
  /** Per slot: key low, key high, payload low, payload high, group (0: empty, FREED: given back). */
  slots: Uint32Array;
  used: number;
}

/**
 * RecentKeys remembers the latest keys exactly: between `capacity` and twice as many, in open-addressed typed arrays. After a `find` that
 * was not "absent", `group` is the group the key was reserved for.
 */
export class RecentKeys {
  group = 0;
  private readonly mask: number;
  private readonly capacity: number;
  private current: Generation;
  private previous: Generation;

  /** `capacity` is rounded up to a power of two. */
  constructor(capacity: number) {
    let slots = 2;
    while (slots < capacity * 2) slots *= 2;
    this.mask = slots - 1;
    this.capacity = slots / 2;
    this.current = { slots: new Uint32Array(slots * 5), used: 0 };
    this.previous = { slots: new Uint32Array(slots * 5), used: 0 };
  }

  find(low: number, high: number, payloadLow: number, payloadHigh: number): KeyState {
    let generation = this.current;
    let at = this.locate(generation, low >>> 0, high >>> 0);
    if (!this.holds(generation, at)) {
      generation = this.previous;
      at = this.locate(generation, low >>> 0, high >>> 0);
      if (!this.holds(generation, at)) return "absent";
    }
    this.group = generation.slots[at + 4] as number;
    const isSame =
      generation.slots[at + 2] === payloadLow >>> 0 && generation.slots[at + 3] === payloadHigh >>> 0;
    return isSame ? "same" : "other";
  }

  /** put remembers a key for `group` (a whole number from 1 to 2^32 − 2). */
  put(low: number, high: number, payloadLow: number, payloadHigh: number, group: number): void {
    if (this.current.used >= this.capacity) {
      const emptied = this.previous;
      emptied.slots.fill(0);
      emptied.used = 0;
      this.previous = this.current;
      this.current = emptied;
    }
    const at = this.locate(this.current, low >>> 0, high >>> 0);
    const { slots } = this.current;
    if (slots[at + 4] === 0) this.current.used++;
    slots[at] = low;
    slots[at + 1] = high;
    slots[at + 2] = payloadLow;
    slots[at + 3] = payloadHigh;
    slots[at + 4] = group;
  }

  /** free forgets every key of `group`: its rows did not become durable. O(capacity), for failures only. */
  free(group: number): void {
    for (const { slots } of [this.current, this.previous]) {
      for (let at = 4; at < slots.length; at += 5) if (slots[at] === group) slots[at] = FREED;
    }
  }

  private holds(generation: Generation, at: number): boolean {
    const group = generation.slots[at + 4];
    return group !== 0 && group !== FREED;
  }

  private locate({ slots }: Generation, low: number, high: number): number {
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & this.mask;
    for (;;) {
      const at = slot * 5;
      if (slots[at + 4] === 0 || (slots[at] === low && slots[at + 1] === high)) return at;
      slot = (slot + 1) & this.mask;
    }
  }
}
