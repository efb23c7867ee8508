/** Column is one column of a block in ClickHouse's Native format. Rows are appended one by one; the last, unfinished one can be dropped. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** Forgets everything after row `rows`, which is at most one (possibly unfinished) row. */
  rewind(rows: number): void;
  /** The serialised column for `rows` rows, in pieces that stay valid until the next append. */
  pieces(rows: number): Uint8Array[];
  clear(): void;
  /** Bytes held, for back-pressure. */
  size(): number;
}
