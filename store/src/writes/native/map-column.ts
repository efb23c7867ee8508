import type { Column } from "./column.ts";
import type { MapValues } from "./map-values.ts";
import { NameListColumn } from "./name-list-column.ts";

/** MapColumn is a `Map(LowCardinality(String), V)` column: entries are put one by one and `endRow` closes the row. */
export class MapColumn<T> implements Column {
  readonly name: string;
  readonly type: string;
  private readonly names: NameListColumn;
  private readonly values: MapValues<T>;

  constructor(name: string, values: MapValues<T>) {
    this.name = name;
    this.type = `Map(LowCardinality(String), ${values.type})`;
    this.names = new NameListColumn(name);
    this.values = values;
  }

  get keys() {
    return this.names.keys;
  }

  put(keyIndex: number, value: T): void {
    this.names.put(keyIndex);
    this.values.push(value);
  }

  /** putKey adds an entry whose value the caller pushes to the values itself. */
  putKey(keyIndex: number): void {
    this.names.put(keyIndex);
  }

  endRow(): void {
    this.names.endRow();
  }

  rewind(rows: number): void {
    this.names.rewind(rows);
    this.values.rewind(this.names.keys.length);
  }

  /** Whether any row has an entry. */
  hasValues(): boolean {
    return this.names.hasValues();
  }

  pieces(rows: number): Uint8Array[] {
    return [...this.names.pieces(rows), ...this.values.pieces(this.names.keys.length)];
  }

  clear(): void {
    this.names.clear();
    this.values.clear();
  }

  size(): number {
    return this.names.size() + this.values.size();
  }
}
