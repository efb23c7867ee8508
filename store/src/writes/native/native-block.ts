import { ByteBuffer } from "./byte-buffer.ts";
import type { Column } from "./column.ts";

/** nativeBlock returns `rows` rows of `columns` as one block of ClickHouse's Native format, copied, so that the columns may be reused. */
export function nativeBlock(columns: readonly Column[], rows: number): Buffer {
  const pieces: Uint8Array[] = [];
  const head = new ByteBuffer(16);
  head.varint(columns.length);
  head.varint(rows);
  pieces.push(head.view());
  for (const column of columns) {
    const title = new ByteBuffer(64);
    title.text(column.name);
    title.text(column.type);
    pieces.push(title.view(), ...column.pieces(rows));
  }
  return Buffer.concat(pieces);
}
