import { EVENT_KINDS, type EventKind } from "../events/types.ts";
import { type Batch, encodeBatch, splitBatch } from "./encode-batch.ts";
import { createRing, type DropPolicy } from "./ring.ts";

/** CutterSettings bound the buffer and the batches. */
export interface CutterSettings {
  readonly batchSize: number;
  readonly maxBatchBytes: number;
  readonly bufferCapacity: number;
  readonly maxBufferBytes: number;
  readonly dropPolicy: DropPolicy;
}

/** BatchCutter holds the events that were recorded and cuts them into batches. */
export interface BatchCutter {
  /** push adds an event and returns how many events were dropped to stay within the bounds. */
  push(kind: EventKind, event: unknown): number;
  /** size counts the events held. */
  readonly size: number;
  /** isReady says whether `cut` would return a batch now: one is full, or its events are due. */
  isReady(): boolean;
  /** markDue makes everything held now ready, full batch or not. */
  markDue(): void;
  /** cut returns the next batch, or null. */
  cut(): Batch | null;
}

/** Weight of the newest batch in the running average of bytes per event. */
const SMOOTHING = 0.2;

interface Lane {
  readonly kind: EventKind;
  readonly ring: ReturnType<typeof createRing<unknown>>;
  due: number;
  bytesPerEvent: number;
}

/**
 * createBatchCutter returns an empty cutter. Memory is bounded twice: by the number of events, and by their bytes, reckoned
 * from the size of the batches already cut (measuring each event would cost more than recording it).
 */
export function createBatchCutter(
  settings: CutterSettings,
  nextBatchId: () => string,
  onUnencodable: (kind: EventKind, count: number) => void,
): BatchCutter {
  const lanes = Object.fromEntries(
    EVENT_KINDS.map((kind): [EventKind, Lane] => [
      kind,
      { kind, ring: createRing(settings.bufferCapacity, settings.dropPolicy), due: 0, bytesPerEvent: 0 },
    ]),
  ) as Record<EventKind, Lane>;
  const all = EVENT_KINDS.map((kind) => lanes[kind]);
  const ready: Batch[] = [];

  function batchLimit(lane: Lane): number {
    if (lane.bytesPerEvent === 0) return settings.batchSize;
    return Math.max(1, Math.min(settings.batchSize, Math.floor(settings.maxBatchBytes / lane.bytesPerEvent)));
  }

  function isLaneReady(lane: Lane): boolean {
    return lane.ring.size > 0 && (lane.due > 0 || lane.ring.size >= batchLimit(lane));
  }

  function measure(lane: Lane, batch: Batch): void {
    const size = batch.body.length / batch.count;
    lane.bytesPerEvent =
      lane.bytesPerEvent === 0 ? size : lane.bytesPerEvent + SMOOTHING * (size - lane.bytesPerEvent);
    lane.ring.setLimit(settings.maxBufferBytes / lane.bytesPerEvent);
  }

  function addWithinBytes(batch: Batch): void {
    const halves =
      batch.body.length > settings.maxBatchBytes ? splitBatch(batch, batch.body as string) : null;
    if (halves === null) ready.push(batch);
    else for (const half of halves) addWithinBytes(half);
  }

  function cutLane(lane: Lane): void {
    const events = lane.ring.take(batchLimit(lane));
    lane.due = Math.min(Math.max(0, lane.due - events.length), lane.ring.size);
    const { batch, unencodable } = encodeBatch(lane.kind, nextBatchId(), events);
    if (unencodable > 0) onUnencodable(lane.kind, unencodable);
    if (batch === null) return;
    measure(lane, batch);
    addWithinBytes(batch);
  }

  return {
    push: (kind, event) => lanes[kind].ring.push(event),
    get size() {
      let size = 0;
      for (const lane of all) size += lane.ring.size;
      for (const batch of ready) size += batch.count;
      return size;
    },
    isReady: () => ready.length > 0 || all.some(isLaneReady),
    markDue() {
      for (const lane of all) lane.due = lane.ring.size;
    },
    cut() {
      while (ready.length === 0) {
        const lane = all.find(isLaneReady);
        if (lane === undefined) return null;
        cutLane(lane);
      }
      return ready.shift() as Batch;
    },
  };
}
