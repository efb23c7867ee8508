import type { Batch } from "../buffer/encode-batch.ts";
import { EVENT_KINDS } from "../events/types.ts";
import { crc32 } from "./crc32.ts";

/** "LWS1", by which a reader finds the next record after a damaged one. */
const MAGIC = [0x4c, 0x57, 0x53, 0x31] as const;
const HEADER_BYTES = 18;
const GZIP_FLAG = 0x10;
const KIND_MASK = 0x0f;

/**
 * encodeRecord returns a batch as one record of a spool segment: magic (4 bytes), CRC-32 of all that follows (4), payload
 * length (4), events (4), kind and compression (1), id length (1), id, payload. Numbers are little-endian.
 */
export function encodeRecord(batch: Batch): Uint8Array {
  const encoder = new TextEncoder();
  const id = encoder.encode(batch.id);
  const payload = typeof batch.body === "string" ? encoder.encode(batch.body) : batch.body;
  const record = new Uint8Array(HEADER_BYTES + id.length + payload.length);
  const view = new DataView(record.buffer);
  record.set(MAGIC, 0);
  view.setUint32(8, payload.length, true);
  view.setUint32(12, batch.count, true);
  record[16] = EVENT_KINDS.indexOf(batch.kind) | (batch.isGzip ? GZIP_FLAG : 0);
  record[17] = id.length;
  record.set(id, HEADER_BYTES);
  record.set(payload, HEADER_BYTES + id.length);
  view.setUint32(4, crc32(record.subarray(8)), true);
  return record;
}

/** DecodedRecord is a record that was read back whole. */
export interface DecodedRecord {
  readonly batch: Batch;
  /** length of the record in bytes. */
  readonly length: number;
}

/** decodeRecord returns the record that starts at an offset, or null when there is none that is whole and undamaged. */
export function decodeRecord(bytes: Uint8Array, offset: number): DecodedRecord | null {
  if (offset + HEADER_BYTES > bytes.length || MAGIC.some((byte, index) => bytes[offset + index] !== byte))
    return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  const flags = bytes[offset + 16] as number;
  const idEnd = offset + HEADER_BYTES + (bytes[offset + 17] as number);
  const end = idEnd + view.getUint32(8, true);
  const kind = EVENT_KINDS[flags & KIND_MASK];
  if (end > bytes.length || kind === undefined) return null;
  if (crc32(bytes.subarray(offset + 8, end)) !== view.getUint32(4, true)) return null;
  const id = new TextDecoder().decode(bytes.subarray(offset + HEADER_BYTES, idEnd));
  const count = view.getUint32(12, true);
  const batch = {
    kind,
    id,
    count,
    body: bytes.slice(idEnd, end),
    isGzip: (flags & GZIP_FLAG) !== 0,
    isStored: true,
  };
  return { batch, length: end - offset };
}

/** RecordPlace is where a whole record lies in its segment. */
export interface RecordPlace {
  readonly offset: number;
  readonly length: number;
  readonly kind: Batch["kind"];
  readonly count: number;
}

/** SegmentScan is what a segment holds. */
export interface SegmentScan {
  readonly records: readonly RecordPlace[];
  /** damaged counts stretches that are not a whole record, other than a torn end. */
  readonly damaged: number;
  /** isTorn says that the last record was being written when its writer died: it was never acknowledged to anybody. */
  readonly isTorn: boolean;
}

/** scanSegment finds the whole records of a segment, skipping what is damaged. O(bytes). */
export function scanSegment(bytes: Uint8Array): SegmentScan {
  const records: RecordPlace[] = [];
  let damaged = 0;
  let offset = 0;
  while (offset < bytes.length) {
    const decoded = decodeRecord(bytes, offset);
    if (decoded !== null) {
      records.push({ offset, length: decoded.length, kind: decoded.batch.kind, count: decoded.batch.count });
      offset += decoded.length;
      continue;
    }
    const next = findRecord(bytes, offset + 1);
    if (next === null) return { records, damaged, isTorn: true };
    damaged++;
    offset = next;
  }
  return { records, damaged, isTorn: false };
}

function findRecord(bytes: Uint8Array, from: number): number | null {
  for (
    let offset = bytes.indexOf(MAGIC[0], from);
    offset >= 0;
    offset = bytes.indexOf(MAGIC[0], offset + 1)
  ) {
    if (decodeRecord(bytes, offset) !== null) return offset;
  }
  return null;
}
