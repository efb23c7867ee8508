/** DueEvent is something that happens at a time. */
export interface DueEvent {
  readonly timestamp: number;
}

/** DueQueue gives back events in order of time. */
export interface DueQueue<T extends DueEvent> {
  readonly size: number;
  /** nextAt is the time of the earliest event, Infinity when there is none. */
  readonly nextAt: number;
  add(event: T): void;
  /** take removes the earliest event. */
  take(): T | undefined;
}

/** createDueQueue returns an empty queue over a binary heap: `add` and `take` are O(log n). */
export function createDueQueue<T extends DueEvent>(): DueQueue<T> {
  const heap: T[] = [];
  const timeAt = (index: number): number => heap[index]?.timestamp ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b] as T, heap[a] as T];
  };
  return {
    get size() {
      return heap.length;
    },
    get nextAt() {
      return timeAt(0);
    },
    add(event) {
      let index = heap.push(event) - 1;
      for (
        let parent = (index - 1) >> 1;
        index > 0 && timeAt(index) < timeAt(parent);
        parent = (index - 1) >> 1
      ) {
        swap(index, parent);
        index = parent;
      }
    },
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length === 0 || last === undefined) return first;
      heap[0] = last;
      for (let index = 0; ; ) {
        const left = 2 * index + 1;
        const child = timeAt(left + 1) < timeAt(left) ? left + 1 : left;
        if (timeAt(child) >= timeAt(index)) return first;
        swap(index, child);
        index = child;
      }
    },
  };
}
