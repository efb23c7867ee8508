import { ByteBuffer } from "./byte-buffer.ts";
import type { Column } from "./column.ts";

/** StringColumn is a column of strings; with `nullable` a null map stands before them. */
export class StringColumn implements Column {
  readonly name: string;
  readonly type: string;
  private readonly text = new ByteBuffer(16_384);
  private readonly nulls: ByteBuffer | undefined;
  private rows = 0;
  private lastStart = 0;
  private present = false;

  constructor(name: string, options: { nullable?: boolean } = {}) {
    this.name = name;
    this.type = options.nullable === true ? "Nullable(String)" : "String";
    this.nulls = options.nullable === true ? new ByteBuffer() : undefined;
  }

  push(value: string): void {
    this.lastStart = this.text.length;
    this.text.text(value);
    if (value !== "") this.present = true;
    this.nulls?.varint(0);
    if (this.nulls !== undefined) this.present = true;
    this.rows++;
  }

  /** pushBytes appends a string that lies as UTF-8 in `source`. */
  pushBytes(source: Uint8Array, start: number, size: number): void {
    this.lastStart = this.text.length;
    this.text.textOf(source, start, size);
    if (size > 0) this.present = true;
    this.nulls?.varint(0);
    if (this.nulls !== undefined) this.present = true;
    this.rows++;
  }

  pushNull(): void {
    this.lastStart = this.text.length;
    this.text.varint(0);
    this.nulls?.varint(1);
    this.rows++;
  }

  rewind(rows: number): void {
    if (this.rows <= rows) return;
    this.rows = rows;
    this.text.length = this.lastStart;
    if (this.nulls !== undefined) this.nulls.length = rows;
  }

  /** Whether any row differs from the column's default (empty, or null). */
  hasValues(): boolean {
    return this.present;
  }

  pieces(): Uint8Array[] {
    return this.nulls === undefined ? [this.text.view()] : [this.nulls.view(), this.text.view()];
  }

  clear(): void {
    this.text.length = 0;
    if (this.nulls !== undefined) this.nulls.length = 0;
    this.rows = 0;
    this.lastStart = 0;
    this.present = false;
  }

  size(): number {
    return this.text.length;
  }
}
