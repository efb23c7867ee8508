import { ByteBuffer } from "./byte-buffer.ts";
import type { Column } from "./column.ts";

/** RareTextColumn is a column of strings of which hardly a row has any: appending a row costs it nothing. */
export class RareTextColumn implements Column {
  readonly name: string;
  readonly type = "String";
  private readonly texts: { row: number; text: string }[] = [];
  private bytes = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** set gives a text to `row`, which is later than every row that has one. */
  set(row: number, text: string): void {
    this.texts.push({ row, text });
    this.bytes += text.length;
  }

  rewind(rows: number): void {
    for (let last = this.texts.at(-1); last !== undefined && last.row >= rows; last = this.texts.at(-1)) {
      this.bytes -= last.text.length;
      this.texts.pop();
    }
  }

  hasValues(): boolean {
    return this.texts.length > 0;
  }

  pieces(rows: number): Uint8Array[] {
    const out = new ByteBuffer(rows + this.bytes);
    let row = 0;
    for (const { row: at, text } of this.texts) {
      out.zeros(at - row);
      out.text(text);
      row = at + 1;
    }
    out.zeros(rows - row);
    return [out.view()];
  }

  clear(): void {
    this.texts.length = 0;
    this.bytes = 0;
  }

  size(): number {
    return this.bytes;
  }
}
