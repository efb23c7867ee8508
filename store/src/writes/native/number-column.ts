import type { Column } from "./column.ts";

type Numbers = Float64Array | Float32Array | Uint32Array | Uint8Array;

/** NumberColumn is a column of fixed-width numbers that JavaScript has a typed array for. */
export class NumberColumn<T extends Numbers> implements Column {
  readonly name: string;
  readonly type: string;
  private values: T;
  private readonly create: (length: number) => T;
  private length = 0;

  constructor(name: string, type: string, create: (length: number) => T) {
    this.name = name;
    this.type = type;
    this.create = create;
    this.values = create(1_024);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = this.create(this.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }

  rewind(rows: number): void {
    if (this.length > rows) this.length = rows;
  }

  pieces(rows: number): Uint8Array[] {
    return [new Uint8Array(this.values.buffer, 0, rows * this.values.BYTES_PER_ELEMENT)];
  }

  clear(): void {
    this.length = 0;
  }

  size(): number {
    return this.length * this.values.BYTES_PER_ELEMENT;
  }
}

export const float64Column = (name: string) =>
  new NumberColumn(name, "Float64", (length) => new Float64Array(length));
export const float32Column = (name: string) =>
  new NumberColumn(name, "Float32", (length) => new Float32Array(length));
export const uint8Column = (name: string) =>
  new NumberColumn(name, "UInt8", (length) => new Uint8Array(length));
export const uint32Column = (name: string) =>
  new NumberColumn(name, "UInt32", (length) => new Uint32Array(length));
