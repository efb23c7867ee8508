import { GrowingFilter } from "./growing-filter.ts";
import { type KeyState, RecentKeys } from "./recent-keys.ts";

/**
 * What the index can say of a key: `new` (surely never stored), `same` or `other` (stored or on its way, with the same or another payload),
 * or `maybe` (only the database knows).
 */
export type KeyVerdict = "new" | "same" | "other" | "maybe";

// No group has this serial: the key's row is durable.
const STORED = 0xffff_fffe;

/**
 * KeyIndex tells new keys from repeated ones without asking the database: recent keys exactly, all others by a filter that never misses a
 * stored key. One process writes through one index; what other processes write it learns a moment later.
 */
export class KeyIndex {
  private readonly recent: RecentKeys;
  private readonly filter: GrowingFilter;

  constructor(options: { recentKeys: number; filterKeys: number }) {
    this.recent = new RecentKeys(options.recentKeys);
    this.filter = new GrowingFilter(options.filterKeys);
  }

  /** judge says what is known of a key; after `same` and `other`, `group` is the group it was reserved for. */
  judge(low: number, high: number, payloadLow: number, payloadHigh: number, timestamp: number): KeyVerdict {
    // A filter that has forgotten nothing holds the recent keys, too: for a new key, which most are, it alone is asked.
    const mayHave = this.filter.mayHave(low, high, timestamp);
    if (!mayHave && !this.filter.hasForgotten) return "new";
    const state = this.recent.find(low, high, payloadLow, payloadHigh);
    if (state !== "absent") return state;
    return mayHave ? "maybe" : "new";
  }

  get group(): number {
    return this.recent.group;
  }

  /** reserve marks a key as on its way with `group`; the filter keeps it even if the group fails, since the outcome may be unknown. */
  reserve(
    low: number,
    high: number,
    payloadLow: number,
    payloadHigh: number,
    timestamp: number,
    group: number,
  ): void {
    this.recent.put(low, high, payloadLow, payloadHigh, group);
    this.filter.add(low, high, timestamp);
  }

  /** release forgets what was reserved for a group that did not become durable. */
  release(group: number): void {
    this.recent.free(group);
  }

  /** load adds a key found in the database at start. */
  load(low: number, high: number, timestamp: number): void {
    this.filter.add(low, high, timestamp);
  }

  /**
   * learn adds a key that lies in the database, whoever wrote it, and says whether this process knows it with another payload: two processes
   * then took it at once.
   */
  learn(low: number, high: number, payloadLow: number, payloadHigh: number, timestamp: number): KeyState {
    const state = this.recent.find(low, high, payloadLow, payloadHigh);
    if (state === "absent" && !this.filter.mayHave(low, high, timestamp))
      this.filter.add(low, high, timestamp);
    return state;
  }

  /** correct says with which payload a known key is stored. */
  correct(low: number, high: number, payloadLow: number, payloadHigh: number): void {
    this.recent.put(low, high, payloadLow, payloadHigh, STORED);
  }

  /** forgetUntil says that keys up to this event time were not all loaded. */
  forgetUntil(timestamp: number): void {
    this.filter.forgottenUntil = Math.max(this.filter.forgottenUntil, timestamp);
  }

  get keys(): number {
    return this.filter.count;
  }

  get bytes(): number {
    return this.filter.bytes;
  }
}
