import { retainedBytes } from "./retained-bytes.ts";

/** ByteCache keeps what was made under a key, the longest unused forgotten first. A key belongs to one type of value. */
export type ByteCache = <Value>(key: readonly unknown[], make: () => Promise<Value>) => Promise<Value>;

/** createByteCache returns an empty cache of about `capacity` bytes at most. What is undefined, or larger than all of it, is not kept. */
export function createByteCache(capacity: number): ByteCache {
  const entries = new Map<string, { value: unknown; bytes: number }>();
  let held = 0;
  return async <Value>(key: readonly unknown[], make: () => Promise<Value>): Promise<Value> => {
    const name = JSON.stringify(key);
    const known = entries.get(name);
    if (known !== undefined) {
      entries.delete(name);
      entries.set(name, known);
      return known.value as Value;
    }
    const value = await make();
    if (value === undefined) return value;
    const bytes = retainedBytes(value) + retainedBytes(name);
    if (bytes > capacity) return value;
    // Somebody else may have made the same meanwhile.
    held += bytes - (entries.get(name)?.bytes ?? 0);
    entries.delete(name);
    entries.set(name, { value, bytes });
    for (const [oldest, entry] of entries) {
      if (held <= capacity) break;
      entries.delete(oldest);
      held -= entry.bytes;
    }
    return value;
  };
}
