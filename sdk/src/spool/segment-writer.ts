import type * as NodeFs from "node:fs";
import type { Batch } from "../buffer/encode-batch.ts";
import { encodeRecord } from "./record.ts";
import type { Segment, SegmentQueue } from "./segment-queue.ts";

/** SegmentWriterOptions say where segments go and how they are kept. */
export interface SegmentWriterOptions {
  readonly folder: string;
  /** segmentBytes after which the next segment is begun. */
  readonly segmentBytes: number;
  /** isSynced: each record is flushed to the disk (fdatasync) before it counts as spooled. */
  readonly isSynced: boolean;
}

/** SegmentWriter appends records to the folder's newest segment. One call at a time. */
export interface SegmentWriter {
  append(record: Uint8Array, batch: Batch): Promise<void>;
  /** rotate closes the open segment, so that it may be dropped; the next record begins another. */
  rotate(): Promise<void>;
  /** appendSync writes batches into a segment of their own at once: the process is ending. */
  appendSync(batches: readonly Batch[]): void;
}

/** createSegmentWriter returns a writer whose segments join the queue. */
export function createSegmentWriter(
  fs: typeof NodeFs,
  queue: SegmentQueue,
  options: SegmentWriterOptions,
): SegmentWriter {
  let open: { readonly segment: Segment; readonly file: NodeFs.promises.FileHandle } | null = null;
  let lastNumber = 0;

  function nextSegment(): Segment {
    lastNumber++;
    const name = `${String(lastNumber).padStart(8, "0")}.seg`;
    return { folder: options.folder, name, bytes: 0, isOpen: true, pending: [], handedOut: [] };
  }

  async function rotate(): Promise<void> {
    if (open === null) return;
    const { segment, file } = open;
    open = null;
    await file.close();
    await queue.seal(segment);
  }

  async function openSegment(): Promise<NonNullable<typeof open>> {
    if (open !== null) return open;
    const segment = nextSegment();
    const file = await fs.promises.open(`${segment.folder}/${segment.name}`, "ax");
    queue.add(segment);
    open = { segment, file };
    return open;
  }

  return {
    async append(record, batch) {
      const { segment, file } = await openSegment();
      try {
        await file.appendFile(record);
        if (options.isSynced) await file.datasync();
      } catch (error) {
        // Half a record may be on the disk: what follows it in the same file could not be trusted to be found.
        await file.truncate(segment.bytes).catch(() => undefined);
        await rotate();
        throw error;
      }
      queue.append(
        segment,
        { offset: segment.bytes, length: record.length, kind: batch.kind, count: batch.count },
        batch,
      );
      segment.bytes += record.length;
      if (segment.bytes >= options.segmentBytes) await rotate();
    },
    rotate,
    appendSync(batches) {
      if (batches.length === 0) return;
      const file = fs.openSync(`${options.folder}/${nextSegment().name}`, "ax");
      try {
        for (const batch of batches) fs.writeFileSync(file, encodeRecord(batch));
        if (options.isSynced) fs.fdatasyncSync(file);
      } finally {
        fs.closeSync(file);
      }
    },
  };
}
