import type { BatchCutter } from "../buffer/batch-cutter.ts";
import type { Batch } from "../buffer/encode-batch.ts";
import type { Spool } from "../spool/spool.ts";
import { type BatchSource, noEvents } from "./batch-source.ts";
import { compressBatch } from "./compress.ts";

/** SpoolSource is a source whose batches are on disk before they are sent. */
export interface SpoolSource extends BatchSource {
  /** spool is null until it is open, and when it can't be opened. */
  readonly spool: Spool | null;
  /** saveAtExit writes everything that is in memory to the spool, at once. */
  saveAtExit(): void;
}

/** SpoolSourceDeps are what the source needs. */
export interface SpoolSourceDeps {
  readonly cutter: BatchCutter;
  readonly isCompressed: boolean;
  /** opening resolves with the spool, or with null when there can be none: delivery then goes on from memory. */
  readonly opening: Promise<Spool | null>;
  readonly onFailure: (reason: string) => void;
}

/**
 * createSpoolSource returns a source that stores batches before it hands them out. When the disk fails or is full, one batch
 * is kept in memory and sent from there, and the buffer's own bound and drop policy apply behind it.
 */
export function createSpoolSource({
  cutter,
  isCompressed,
  opening,
  onFailure,
}: SpoolSourceDeps): SpoolSource {
  let spool: Spool | null = null;
  let isOpened = false;
  /** cutBatch is cut from the buffer and not on disk. */
  let cutBatch: Batch | null = null;
  let storing: Promise<void> | null = null;

  async function store(): Promise<void> {
    if (!isOpened) {
      spool = await opening;
      isOpened = true;
    }
    while (spool !== null && (cutBatch !== null || cutter.isReady())) {
      cutBatch ??= cutter.cut();
      if (cutBatch === null) return;
      if (isCompressed) cutBatch = await compressBatch(cutBatch);
      if (!(await isStored(spool, cutBatch))) return;
      cutBatch = null;
    }
  }

  async function isStored(into: Spool, batch: Batch): Promise<boolean> {
    try {
      return (await into.append(batch)) === "spooled";
    } catch (error) {
      onFailure(String(error));
      return false;
    }
  }

  return {
    isDurable: true,
    get spool() {
      return spool;
    },
    get size() {
      return cutter.size + (cutBatch?.count ?? 0);
    },
    stored: () => spool?.waiting() ?? noEvents(),
    hasNext() {
      if (spool?.hasNext()) return true;
      if (storing !== null || !isOpened) return false;
      return cutBatch !== null || (spool === null && cutter.isReady());
    },
    async next() {
      if (spool?.hasNext()) return spool.next();
      if (storing !== null || !isOpened) return null;
      const batch = cutBatch ?? (spool === null ? cutter.cut() : null);
      cutBatch = null;
      return batch !== null && isCompressed ? compressBatch(batch) : batch;
    },
    async settle(batch, settlement) {
      if (settlement !== "held") await spool?.settle(batch.id);
    },
    async prepare() {
      do {
        storing ??= store().finally(() => {
          storing = null;
        });
        await storing;
        // What fell due just as the loop ended is stored too; a batch left over means that the disk takes no more.
      } while (spool !== null && cutBatch === null && cutter.isReady());
    },
    saveAtExit() {
      try {
        cutter.markDue();
        const batches: Batch[] = cutBatch === null ? [] : [cutBatch];
        for (let batch = cutter.cut(); batch !== null; batch = cutter.cut()) batches.push(batch);
        spool?.appendSync(batches);
      } catch (error) {
        // Thrown from an exit listener it would change the host's exit code.
        onFailure(String(error));
      }
    },
  };
}
