import type { SerialisedBlock } from "../groups/group-writer.ts";
import type { Column } from "./column.ts";
import { nativeBlock } from "./native-block.ts";
import { WideColumn } from "./wide-column.ts";

/** ColumnBlock gathers rows as columns of one table; the last row appended can be taken back. Its users append. */
export abstract class ColumnBlock {
  rows = 0;
  /** The columns that every row has a value in. */
  protected abstract readonly always: readonly Column[];
  /** Columns that are left to their defaults where no row has a value. */
  protected readonly optional: readonly (Column & { hasValues(): boolean })[] = [];
  private readonly receivedAt = new WideColumn("received_at", "DateTime64(3, 'UTC')");

  /** dropLast takes the row appended last back out. */
  dropLast(): void {
    this.rows--;
    this.rewind();
  }

  /** rewind takes out what was appended since the last whole row. */
  protected rewind(): void {
    for (const column of this.always) column.rewind(this.rows);
    for (const column of this.optional) column.rewind(this.rows);
  }

  /** serialise returns the block in Native format, every row received at `receivedAt`. */
  serialise(receivedAt: number): SerialisedBlock {
    this.receivedAt.fill(receivedAt, this.rows);
    const columns = [
      ...this.always,
      this.receivedAt,
      ...this.optional.filter((column) => column.hasValues()),
    ];
    return {
      columns: columns.map((column) => column.name),
      body: nativeBlock(columns, this.rows),
      rows: this.rows,
    };
  }

  clear(): void {
    this.rows = 0;
    for (const column of this.always) column.clear();
    for (const column of this.optional) column.clear();
    this.receivedAt.clear();
  }

  size(): number {
    let size = 0;
    for (const column of this.always) size += column.size();
    for (const column of this.optional) size += column.size();
    return size;
  }
}
