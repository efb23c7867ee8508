/** BufferPool lends buffers for bodies, and takes them back: fresh ones for each body keep the garbage collector busier than the bodies keep us. */
export interface BufferPool {
  /** Returns a buffer of exactly `size` bytes, their content undefined. */
  take(size: number): Buffer;
  /** Gives a buffer back; nothing may look at it any more. */
  give(buffer: Buffer): void;
}

const SMALLEST = 64 * 1024;

/** createBufferPool returns a pool that keeps at most `keptBytes`. Small buffers are not worth keeping: they come out of the runtime's own pool. */
export function createBufferPool(keptBytes = 48 * 1024 * 1024): BufferPool {
  const free = new Map<number, ArrayBuffer[]>();
  let kept = 0;
  return {
    take(size) {
      if (size < SMALLEST) return Buffer.allocUnsafe(size);
      const capacity = capacityFor(size);
      const known = free.get(capacity)?.pop();
      if (known === undefined) return Buffer.from(new ArrayBuffer(capacity), 0, size);
      kept -= capacity;
      return Buffer.from(known, 0, size);
    },
    give({ buffer }) {
      const capacity = buffer.byteLength;
      if (!(buffer instanceof ArrayBuffer) || capacity < SMALLEST || capacity !== capacityFor(capacity))
        return;
      if (kept + capacity > keptBytes) return;
      kept += capacity;
      const list = free.get(capacity);
      if (list === undefined) free.set(capacity, [buffer]);
      else list.push(buffer);
    },
  };
}

function capacityFor(size: number): number {
  return 2 ** Math.ceil(Math.log2(size));
}
