import type { EventKind } from "../events/types.ts";

/** Batch is one request body and the number of events in it; its id stays the same on every attempt. */
export interface Batch {
  readonly kind: EventKind;
  readonly id: string;
  readonly count: number;
  readonly body: string | Uint8Array;
  readonly isGzip: boolean;
  /** isStored says that the events are also on disk. */
  readonly isStored: boolean;
}

/** EncodedBatch is the text of a batch and what had to be left out of it. */
export interface EncodedBatch {
  readonly batch: Batch | null;
  /** unencodable counts events that no JSON can hold (a bigint, a cycle). */
  readonly unencodable: number;
}

/**
 * encodeBatch returns one JSON body for all events. An event that cannot be written as JSON is left out and counted: it
 * never sinks the others. O(bytes).
 */
export function encodeBatch(kind: EventKind, id: string, events: readonly unknown[]): EncodedBatch {
  try {
    return { batch: textBatch(kind, id, events.length, JSON.stringify(events)), unencodable: 0 };
  } catch {
    const texts = events.map(encodeEvent).filter((text) => text !== null);
    const unencodable = events.length - texts.length;
    if (texts.length === 0) return { batch: null, unencodable };
    return { batch: textBatch(kind, id, texts.length, `[${texts.join(",")}]`), unencodable };
  }
}

/**
 * splitBatch returns the two halves of a batch's body, with ids derived from its own so that a repeated split makes the
 * same batches; null when it holds a single event.
 */
export function splitBatch(batch: Batch, text: string): readonly [Batch, Batch] | null {
  if (batch.count < 2) return null;
  const events = (JSON.parse(text) as Record<EventKind, unknown[]>)[batch.kind];
  const middle = Math.ceil(events.length / 2);
  const half = (suffix: string, part: unknown[]): Batch => ({
    ...textBatch(batch.kind, `${batch.id}.${suffix}`, part.length, JSON.stringify(part)),
    isStored: batch.isStored,
  });
  return [half("0", events.slice(0, middle)), half("1", events.slice(middle))];
}

function textBatch(kind: EventKind, id: string, count: number, events: string): Batch {
  const body = `{"batch_id":${JSON.stringify(id)},"${kind}":${events}}`;
  return { kind, id, count, body, isGzip: false, isStored: false };
}

function encodeEvent(event: unknown): string | null {
  try {
    return JSON.stringify(event);
  } catch {
    return null;
  }
}
