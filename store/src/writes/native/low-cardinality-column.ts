import type { Column } from "./column.ts";
import { Dictionary } from "./dictionary.ts";

/** LowCardinalityColumn is a `LowCardinality(String)` column. */
export class LowCardinalityColumn implements Column {
  readonly name: string;
  readonly type = "LowCardinality(String)";
  private readonly dictionary = new Dictionary();

  constructor(name: string) {
    this.name = name;
  }

  push(value: string): void {
    this.dictionary.push(this.dictionary.indexOf(value));
  }

  rewind(rows: number): void {
    if (this.dictionary.length > rows) this.dictionary.length = rows;
  }

  pieces(): Uint8Array[] {
    return [Dictionary.prefix(), ...this.dictionary.pieces()];
  }

  clear(): void {
    this.dictionary.clear();
  }

  size(): number {
    return this.dictionary.size();
  }
}
