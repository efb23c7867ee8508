import type { Batch } from "../buffer/encode-batch.ts";
import type { EventKind } from "../events/types.ts";

/** KindCounts are events by kind. */
export type KindCounts = Record<EventKind, number>;

/** noEvents returns zeroes. */
export function noEvents(): KindCounts {
  return { predictions: 0, labels: 0, samples: 0 };
}

/** Settlement is how a batch ended, from its source's point of view. */
export type Settlement =
  /** delivered: the server has answered for every event in it. */
  | "delivered"
  /** discarded: it will never be accepted and was given up. */
  | "discarded"
  /** held: it was not delivered and delivery has stopped; a durable source keeps it. */
  | "held";

/** BatchSource hands out batches in order: the rings in memory, or the spool on disk. */
export interface BatchSource {
  /** hasNext says whether `next` would find anything now. */
  hasNext(): boolean;
  /** next returns the next batch, or null when there is none after all. */
  next(): Promise<Batch | null>;
  /** settle tells the source that it need not (or must) keep the batch. */
  settle(batch: Batch, settlement: Settlement): Promise<void>;
  /** prepare gets ready what is due: a spool writes it to disk first. */
  prepare(): Promise<void>;
  /** size counts the events in memory, on no disk yet. */
  readonly size: number;
  /** stored counts the events on disk that are not settled. */
  stored(): KindCounts;
  /** isDurable says whether a batch that is not settled outlives the process. */
  readonly isDurable: boolean;
}
