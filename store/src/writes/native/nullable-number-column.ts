import type { Column } from "./column.ts";
import { float64Column, uint8Column } from "./number-column.ts";

/** NullableNumberColumn is a `Nullable(Float64)` column. */
export class NullableNumberColumn implements Column {
  readonly name: string;
  readonly type = "Nullable(Float64)";
  private readonly nulls = uint8Column("nulls");
  private readonly values = float64Column("values");
  private present = false;

  constructor(name: string) {
    this.name = name;
  }

  push(value: number | undefined): void {
    this.nulls.push(value === undefined ? 1 : 0);
    this.values.push(value ?? 0);
    if (value !== undefined) this.present = true;
  }

  rewind(rows: number): void {
    this.nulls.rewind(rows);
    this.values.rewind(rows);
  }

  /** Whether any row holds a number. */
  hasValues(): boolean {
    return this.present;
  }

  pieces(rows: number): Uint8Array[] {
    return [...this.nulls.pieces(rows), ...this.values.pieces(rows)];
  }

  clear(): void {
    this.nulls.clear();
    this.values.clear();
    this.present = false;
  }

  size(): number {
    return this.nulls.size() + this.values.size();
  }
}
