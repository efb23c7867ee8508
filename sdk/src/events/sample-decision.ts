const UINT32 = 0x100000000;

/**
 * hashId returns a 32-bit hash of an id, uniform over ids that differ in any character (FNV-1a over UTF-16 units with
 * MurmurHash3's finaliser). O(length).
 */
export function hashId(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * isSampled decides from the id alone whether an event is kept, so that a prediction and its label, recorded by different
 * processes with the same rate, are kept or left out together.
 *
 * @param sampleRate share of ids to keep, in (0, 1]
 */
export function isSampled(id: string, sampleRate: number): boolean {
  return sampleRate >= 1 || hashId(id) < sampleRate * UINT32;
}
