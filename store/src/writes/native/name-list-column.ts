import type { Column } from "./column.ts";
import { Dictionary } from "./dictionary.ts";
import { WideColumn } from "./wide-column.ts";

/** NameListColumn is an `Array(LowCardinality(String))` column: names are put one by one and `endRow` closes the row. */
export class NameListColumn implements Column {
  readonly name: string;
  readonly type = "Array(LowCardinality(String))";
  readonly keys = new Dictionary();
  private readonly offsets = new WideColumn("offsets", "UInt64");
  private rowEnd = 0;
  private previousRowEnd = 0;
  private rows = 0;

  constructor(name: string) {
    this.name = name;
  }

  put(keyIndex: number): void {
    this.keys.push(keyIndex);
  }

  endRow(): void {
    this.previousRowEnd = this.rowEnd;
    this.rowEnd = this.keys.length;
    this.offsets.pushNumber(this.rowEnd);
    this.rows++;
  }

  rewind(rows: number): void {
    if (this.rows > rows) {
      this.rows = rows;
      this.rowEnd = this.previousRowEnd;
    }
    this.keys.length = this.rowEnd;
    this.offsets.rewind(rows);
  }

  /** Whether any row has a name. */
  hasValues(): boolean {
    return this.rowEnd > 0;
  }

  pieces(rows: number): Uint8Array[] {
    return [Dictionary.prefix(), ...this.offsets.pieces(rows), ...this.keys.pieces()];
  }

  clear(): void {
    this.keys.clear();
    this.offsets.clear();
    this.rowEnd = 0;
    this.previousRowEnd = 0;
    this.rows = 0;
  }

  size(): number {
    return this.keys.size() + this.offsets.size();
  }
}
