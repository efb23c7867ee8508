import type { Column } from "./column.ts";
import { WideColumn } from "./wide-column.ts";

/** NumberListColumn is an `Array(Float64)` column: numbers are put one by one and `endRow` closes the row. */
export class NumberListColumn implements Column {
  readonly name: string;
  readonly type = "Array(Float64)";
  private numbers = new Float64Array(1_024);
  private length = 0;
  private readonly offsets = new WideColumn("offsets", "UInt64");
  private rowEnd = 0;
  private previousRowEnd = 0;
  private rows = 0;

  constructor(name: string) {
    this.name = name;
  }

  put(value: number): void {
    if (this.length === this.numbers.length) {
      const grown = new Float64Array(this.length * 2);
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[this.length++] = value;
  }

  endRow(): void {
    this.previousRowEnd = this.rowEnd;
    this.rowEnd = this.length;
    this.offsets.pushNumber(this.rowEnd);
    this.rows++;
  }

  rewind(rows: number): void {
    if (this.rows > rows) {
      this.rows = rows;
      this.rowEnd = this.previousRowEnd;
    }
    this.length = this.rowEnd;
    this.offsets.rewind(rows);
  }

  pieces(rows: number): Uint8Array[] {
    return [...this.offsets.pieces(rows), new Uint8Array(this.numbers.buffer, 0, this.rowEnd * 8)];
  }

  clear(): void {
    this.length = 0;
    this.offsets.clear();
    this.rowEnd = 0;
    this.previousRowEnd = 0;
    this.rows = 0;
  }

  size(): number {
    return this.length * 8 + this.offsets.size();
  }
}
