import type { Column } from "./column.ts";

/** WideColumn is a column of 64-bit integers (UInt64, Int64, DateTime64) given as two 32-bit halves, because BigInt would cost more than the rest. */
export class WideColumn implements Column {
  readonly name: string;
  readonly type: string;
  private words = new Uint32Array(2_048);
  private length = 0;

  constructor(name: string, type: string) {
    this.name = name;
    this.type = type;
  }

  push(low: number, high: number): void {
    if (this.length === this.words.length) {
      const grown = new Uint32Array(this.length * 2);
      grown.set(this.words);
      this.words = grown;
    }
    this.words[this.length] = low;
    this.words[this.length + 1] = high;
    this.length += 2;
  }

  /** pushNumber appends a non-negative whole number below 2^53, such as epoch milliseconds. */
  pushNumber(value: number): void {
    this.push(value >>> 0, Math.floor(value / 0x1_0000_0000));
  }

  /** fill sets every one of `rows` rows to `value`. */
  fill(value: number, rows: number): void {
    this.clear();
    for (let row = 0; row < rows; row++) this.pushNumber(value);
  }

  rewind(rows: number): void {
    if (this.length > rows * 2) this.length = rows * 2;
  }

  pieces(rows: number): Uint8Array[] {
    return [new Uint8Array(this.words.buffer, 0, rows * 8)];
  }

  clear(): void {
    this.length = 0;
  }

  size(): number {
    return this.length * 4;
  }
}
