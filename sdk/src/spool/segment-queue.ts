import type * as NodeFs from "node:fs";
import type { Batch } from "../buffer/encode-batch.ts";
import { type KindCounts, noEvents } from "../delivery/batch-source.ts";
import { decodeRecord, type RecordPlace } from "./record.ts";

/** Segment is one append-only file of records, and what of it is still to be delivered. */
export interface Segment {
  readonly folder: string;
  readonly name: string;
  bytes: number;
  /** isOpen says that records are still being appended. */
  isOpen: boolean;
  /** pending records are not handed out yet, oldest first. */
  readonly pending: PendingRecord[];
  /** handedOut records are on their way, oldest first. */
  readonly handedOut: HandedOut[];
}

/** PendingRecord is a record to be delivered. */
export interface PendingRecord extends RecordPlace {
  /** batch is the record's content while it is fresh and there is memory for it, else null: it is read back then. */
  readonly batch: Batch | null;
}

/** HandedOut is a record on its way. */
export interface HandedOut {
  readonly place: RecordPlace;
  batchId: string | null;
  isSettled: boolean;
}

/** SegmentQueue hands out the records of all segments, oldest first, and deletes segments that are done. */
export interface SegmentQueue {
  readonly bytes: number;
  /** waiting counts the events that are not settled yet. */
  waiting(): KindCounts;
  add(segment: Segment): void;
  /** append adds a record just written to its segment, and keeps its content in memory if there is room. */
  append(segment: Segment, place: RecordPlace, batch: Batch): void;
  hasNext(): boolean;
  next(): Promise<Batch | null>;
  settle(batchId: string): Promise<void>;
  /** seal says that nothing more will be appended to a segment. */
  seal(segment: Segment): Promise<void>;
  /** dropOldest deletes the oldest segment and returns the events in it that had not been handed out; null if there is none. */
  dropOldest(): Promise<KindCounts | null>;
}

/** CURSOR_FILE tells, in each folder, up to where its oldest segment is delivered. */
export const CURSOR_FILE = "cursor";

/**
 * createSegmentQueue returns an empty queue. A record whose bytes have rotted since they were written is skipped and passed
 * to `onDamaged`.
 *
 * @param mostHeldBytes records up to this size in all stay in memory too, so that in good times nothing is read back
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a factory: what it returns shares the state above it
export function createSegmentQueue(
  fs: typeof NodeFs,
  mostHeldBytes: number,
  onDamaged: (record: RecordPlace) => void,
): SegmentQueue {
  const segments: Segment[] = [];
  let heldBytes = 0;
  const sent = new Map<string, Segment>();
  let cursorWrite: Promise<void> = Promise.resolve();

  function release({ batch, length }: PendingRecord): void {
    if (batch !== null) heldBytes -= length;
  }

  const pathOf = (segment: Segment): string => `${segment.folder}/${segment.name}`;

  async function read(segment: Segment, place: RecordPlace): Promise<Batch | null> {
    const file = await fs.promises.open(pathOf(segment), "r");
    try {
      const bytes = new Uint8Array(place.length);
      await file.read(bytes, 0, place.length, place.offset);
      return decodeRecord(bytes, 0)?.batch ?? null;
    } finally {
      await file.close();
    }
  }

  async function remove(segment: Segment): Promise<void> {
    segments.splice(segments.indexOf(segment), 1);
    await fs.promises.rm(pathOf(segment), { force: true });
  }

  async function removeIfDone(segment: Segment): Promise<void> {
    const isDone = !segment.isOpen && segment.pending.length === 0 && segment.handedOut.length === 0;
    if (isDone && segments.includes(segment)) await remove(segment);
  }

  function writeCursor(segment: Segment, offset: number): Promise<void> {
    const path = `${segment.folder}/${CURSOR_FILE}`;
    // A cursor that can't be written means only that batches are sent again under their old ids, which changes nothing.
    cursorWrite = cursorWrite
      .then(() => replaceFile(path, JSON.stringify({ segment: segment.name, offset })))
      .catch(() => undefined);
    return cursorWrite;
  }

  async function replaceFile(path: string, text: string): Promise<void> {
    await fs.promises.writeFile(`${path}.new`, text);
    await fs.promises.rename(`${path}.new`, path);
  }

  return {
    get bytes() {
      return segments.reduce((sum, segment) => sum + segment.bytes, 0);
    },
    waiting() {
      const counts = noEvents();
      for (const { pending, handedOut } of segments) {
        for (const { kind, count } of pending) counts[kind] += count;
        for (const { place, isSettled } of handedOut) if (!isSettled) counts[place.kind] += place.count;
      }
      return counts;
    },
    add(segment) {
      segments.push(segment);
    },
    append(segment, place, batch) {
      const isFresh = heldBytes + place.length <= mostHeldBytes;
      if (isFresh) heldBytes += place.length;
      segment.pending.push({ ...place, batch: isFresh ? { ...batch, isStored: true } : null });
    },
    hasNext: () => segments.some((segment) => segment.pending.length > 0),
    async next() {
      for (;;) {
        const segment = segments.find((candidate) => candidate.pending.length > 0);
        const place = segment?.pending.shift();
        if (segment === undefined || place === undefined) return null;
        release(place);
        const handedOut: HandedOut = { place, batchId: null, isSettled: false };
        segment.handedOut.push(handedOut);
        const batch = place.batch ?? (await read(segment, place).catch(() => null));
        if (batch !== null) {
          handedOut.batchId = batch.id;
          sent.set(batch.id, segment);
          return batch;
        }
        segment.handedOut.splice(segment.handedOut.indexOf(handedOut), 1);
        onDamaged(place);
        await removeIfDone(segment);
      }
    },
    async settle(batchId) {
      const segment = sent.get(batchId);
      sent.delete(batchId);
      const settled = segment?.handedOut.find((record) => record.batchId === batchId);
      if (segment === undefined || settled === undefined) return;
      settled.isSettled = true;
      let end: number | null = null;
      for (let first = segment.handedOut[0]; first?.isSettled; first = segment.handedOut[0]) {
        end = first.place.offset + first.place.length;
        segment.handedOut.shift();
      }
      if (end === null || !segments.includes(segment)) return;
      await writeCursor(segment, end);
      await removeIfDone(segment);
    },
    async seal(segment) {
      segment.isOpen = false;
      await removeIfDone(segment);
    },
    async dropOldest() {
      const oldest = segments.find((segment) => !segment.isOpen);
      if (oldest === undefined) return null;
      const dropped = noEvents();
      for (const record of oldest.pending) {
        dropped[record.kind] += record.count;
        release(record);
      }
      oldest.pending.length = 0;
      await remove(oldest);
      return dropped;
    },
  };
}
