import type { Rejection } from "@leeway/core/wire";
import type { BatchRecord } from "../batches/batch-block.ts";
import type { Block, Group, GroupWriter } from "../groups/group-writer.ts";
import type { KeyIndex } from "../keys/key-index.ts";

/** The 64-bit key and payload of an event, as signed or unsigned 32-bit halves. */
export interface EventKey {
  low: number;
  high: number;
  payloadLow: number;
  payloadHigh: number;
}

/** EventKind is what differs between kinds of events: how one is appended to a block, and how the database is asked for its key. */
export interface EventKind<B extends Block, E> {
  /** Appends the event and sets `key`, or returns why it is refused (nothing of it then stays in the block). */
  append(block: B, event: E, key: EventKey): { code: string; path: string; message: string } | undefined;
  dropLast(block: B): void;
  /** Lets the record of a batch ride on the row appended last; absent where rows have no place for it. */
  carry?(block: B, record: BatchRecord): void;
  timestampOf(event: E): number;
  /** Says for each event (all of one project) whether the database holds its key: with the same payload, another, or not at all. */
  existing(events: readonly E[]): Promise<("same" | "other" | "absent")[]>;
  /** What a caller is answered when the key is taken by another payload. */
  conflictMessage(event: E): string;
  /** Learns of events that are refused here, as evidence of the data's quality. */
  onRefused?(event: E, code: string, message: string): void;
}

interface Doubtful<E> {
  index: number;
  event: E;
}

/**
 * BatchWriter writes the events of one request exactly once: `add` each, then `finish`, which resolves when everything accepted is durable
 * and everything doubtful was looked up. If it rejects, nothing may be acknowledged; sending the same events again is safe.
 */
export class BatchWriter<B extends Block, E> {
  accepted = 0;
  duplicate = 0;
  readonly rejected: Rejection[] = [];
  private readonly writer: GroupWriter<B>;
  private readonly index: KeyIndex;
  private readonly kind: EventKind<B, E>;
  private readonly waits = new Set<Promise<void>>();
  private doubtful: Doubtful<E>[] = [];
  private readonly key: EventKey = { low: 0, high: 0, payloadLow: 0, payloadHigh: 0 };
  private lastSerial = 0;
  private lastSent: Promise<void> = Promise.resolve();

  constructor(writer: GroupWriter<B>, index: KeyIndex, kind: EventKind<B, E>) {
    this.writer = writer;
    this.index = index;
    this.kind = kind;
  }

  reject(index: number, code: string, message: string): void {
    this.rejected.push({ index, code, message });
  }

  /** add takes the event at `index` of the request: it is accepted, counted as duplicate, refused, or kept to be looked up. */
  add(index: number, event: E): void {
    this.place(index, event, false);
  }

  /** flush lets what was added so far go out, and resolves when it is durable; for streams that must not gather without bound. */
  async flush(): Promise<void> {
    this.writer.commit();
    const waits = [...this.waits];
    await Promise.all(waits);
    for (const wait of waits) this.waits.delete(wait);
  }

  /** Whether nothing has to be looked up: the counts are then final, though nothing is durable yet. */
  get isDecided(): boolean {
    return this.doubtful.length === 0;
  }

  /**
   * carry lets the record of the batch go out with its last row, and says whether it could: to be called in the turn in which the events were added, and
   * not possible where none of them goes out with the group that gathers now.
   */
  carry(record: BatchRecord): boolean {
    const { kind, writer } = this;
    const group = writer.current();
    if (kind.carry === undefined || group === undefined || group.serial !== this.lastSerial) return false;
    kind.carry(group.block, record);
    return true;
  }

  /** commit lets what was added so far go out, and resolves when the last of it does. */
  commit(): Promise<void> {
    this.writer.commit();
    return this.lastSent;
  }

  async finish(): Promise<void> {
    await this.flush();
    // Looked-up events may meet others that were accepted meanwhile, and those may fail: hence a loop, which ends because
    // every pass places what the database does not hold.
    while (this.doubtful.length > 0) {
      const doubtful = this.doubtful;
      this.doubtful = [];
      const states = await this.kind.existing(doubtful.map(({ event }) => event));
      for (const [position, { index, event }] of doubtful.entries()) {
        switch (states[position]) {
          case "same":
            this.duplicate++;
            break;
          case "other":
            this.refuse(index, event, "conflict", this.kind.conflictMessage(event));
            break;
          default:
            this.place(index, event, true);
        }
      }
      await this.flush();
    }
  }

  private place(index: number, event: E, isLookedUp: boolean): void {
    const { writer, kind, key } = this;
    const group = writer.open();
    const problem = kind.append(group.block, event, key);
    if (problem !== undefined) {
      this.refuse(index, event, problem.code, `${problem.path}: ${problem.message}`);
      return;
    }
    const timestamp = kind.timestampOf(event);
    const verdict = this.index.judge(key.low, key.high, key.payloadLow, key.payloadHigh, timestamp);
    switch (verdict) {
      case "new":
        this.accept(group, timestamp);
        return;
      case "maybe":
        if (isLookedUp) {
          this.accept(group, timestamp);
          return;
        }
        kind.dropLast(group.block);
        this.doubtful.push({ index, event });
        return;
      case "same":
        kind.dropLast(group.block);
        this.duplicate++;
        // It counts only once the rows it repeats are durable themselves.
        this.waitFor(this.index.group);
        return;
      case "other":
        kind.dropLast(group.block);
        this.waitFor(this.index.group);
        this.doubtful.push({ index, event });
        return;
      default:
        verdict satisfies never;
    }
  }

  private refuse(index: number, event: E, code: string, message: string): void {
    this.reject(index, code, message);
    this.kind.onRefused?.(event, code, message);
  }

  private accept(group: Group<B>, timestamp: number): void {
    const { low, high, payloadLow, payloadHigh } = this.key;
    this.index.reserve(low, high, payloadLow, payloadHigh, timestamp, group.serial);
    this.accepted++;
    if (group.serial !== this.lastSerial) {
      this.lastSerial = group.serial;
      this.lastSent = group.sent;
      this.waits.add(group.done);
    }
  }

  private waitFor(serial: number): void {
    const done = this.writer.pending(serial);
    if (done !== undefined) this.waits.add(done);
  }
}
