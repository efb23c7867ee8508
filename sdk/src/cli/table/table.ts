/** Cell is a value of a table: CSV gives texts (null where empty), Parquet also numbers, booleans and times. */
export type Cell = string | number | boolean | Date | null;

/** TableRow is one row and where it lies, so that reading can go on behind it. */
export interface TableRow {
  readonly cells: Readonly<Record<string, Cell>>;
  /** number counts the rows from 1; a header is none. */
  readonly number: number;
  /** end is the position behind the row: bytes of text in CSV, rows in Parquet. */
  readonly end: number;
}

/** Table is a file of rows. */
export interface Table {
  readonly columns: readonly string[];
  /** size is the position behind the last row; null when it isn't known before reading (a compressed CSV). */
  readonly size: number | null;
  /** rows yields the rows from a position on, in order, some at a time. */
  rows(from: number): AsyncIterable<readonly TableRow[]>;
}

/** TABLE_START is the position of the first row. */
export const TABLE_START = 0;
