import type { BatchCutter } from "../buffer/batch-cutter.ts";
import { type BatchSource, noEvents } from "./batch-source.ts";
import { compressBatch } from "./compress.ts";

/** createMemorySource returns a source that cuts batches from the buffer when there is a slot to send them. */
export function createMemorySource(cutter: BatchCutter, isCompressed: boolean): BatchSource {
  return {
    isDurable: false,
    hasNext: () => cutter.isReady(),
    async next() {
      const batch = cutter.cut();
      return batch !== null && isCompressed ? compressBatch(batch) : batch;
    },
    prepare: () => Promise.resolve(),
    get size() {
      return cutter.size;
    },
    stored: noEvents,
    // The client counts what became of the batch; memory has nothing left to keep.
    settle: () => Promise.resolve(),
  };
}
