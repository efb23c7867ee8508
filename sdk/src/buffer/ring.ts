/** DropPolicy says which event goes when a buffer is full. */
export type DropPolicy = "drop_newest" | "drop_oldest";

/** Ring is a bounded first-in first-out buffer. */
export interface Ring<T> {
  /** size is the number of items held. */
  readonly size: number;
  /** push adds an item and returns how many items were dropped to keep the bound (0, or 1 and more after `setLimit`). */
  push(item: T): number;
  /** take removes and returns up to `most` of the oldest items. */
  take(most: number): T[];
  /** setLimit lowers or restores the bound, never above the capacity; it takes effect with the next push. */
  setLimit(limit: number): void;
}

/**
 * createRing returns a ring of references in one array of fixed capacity. `push` is O(1) and allocates nothing.
 *
 * @example
 * const ring = createRing<number>(2, "drop_oldest");
 * ring.push(1); ring.push(2); ring.push(3); // the last returns 1
 * ring.take(10); // [2, 3]
 */
export function createRing<T>(capacity: number, policy: DropPolicy): Ring<T> {
  const slots: (T | undefined)[] = new Array(capacity).fill(undefined);
  let head = 0;
  let size = 0;
  let limit = capacity;

  function removeOldest(): T {
    const item = slots[head] as T;
    slots[head] = undefined;
    head = head + 1 === capacity ? 0 : head + 1;
    size--;
    return item;
  }

  return {
    get size() {
      return size;
    },
    push(item) {
      let dropped = 0;
      if (size >= limit) {
        if (policy === "drop_newest") return 1;
        while (size >= limit) {
          removeOldest();
          dropped++;
        }
      }
      const tail = head + size;
      slots[tail >= capacity ? tail - capacity : tail] = item;
      size++;
      return dropped;
    },
    take(most) {
      const items: T[] = [];
      while (size > 0 && items.length < most) items.push(removeOldest());
      return items;
    },
    setLimit(next) {
      limit = Math.max(1, Math.min(capacity, Math.floor(next)));
    },
  };
}
