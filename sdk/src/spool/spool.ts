import type { Batch } from "../buffer/encode-batch.ts";
import type { KindCounts } from "../delivery/batch-source.ts";

/** Spool keeps batches on disk until they are settled. */
export interface Spool {
  readonly bytes: number;
  readonly damagedRecords: number;
  /** waiting counts the events that are not settled yet. */
  waiting(): KindCounts;
  /** append resolves with `spooled` once the batch is on disk, `full` when it has no room; it rejects when the disk fails. */
  append(batch: Batch): Promise<"spooled" | "full">;
  /** appendSync writes batches as the process ends. */
  appendSync(batches: readonly Batch[]): void;
  hasNext(): boolean;
  next(): Promise<Batch | null>;
  settle(batchId: string): Promise<void>;
  /** adoptOrphans takes over the folders of processes that are gone. */
  adoptOrphans(): Promise<void>;
  /** close leaves what is not settled to the next process. */
  close(): Promise<void>;
}

/** SpoolEvents tells the client what happened to events on disk. */
export interface SpoolEvents {
  /** recovered events were left by an earlier process. */
  recovered(counts: KindCounts): void;
  /** dropped events had to make room. */
  dropped(counts: KindCounts): void;
  /** damaged tells of a record that could not be read back; its events are lost where the count is known. */
  damaged(counts: KindCounts): void;
}
