import { toEpochMs } from "../table/cell-values.ts";
import { TABLE_START, type Table, type TableRow } from "../table/table.ts";

/** TimeSurvey is what a first pass over a table's times tells. */
export interface TimeSurvey {
  readonly rows: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly isOrdered: boolean;
  /** unreadable counts rows without a time. */
  readonly unreadable: number;
  /** sample holds the first rows, by which columns are judged. */
  readonly sample: readonly TableRow[];
}

const SAMPLE_ROWS = 2_000;

/** surveyTimes reads a table once, keeping nothing but the first rows. O(rows). */
export async function surveyTimes(table: Table, timeColumn: string): Promise<TimeSurvey> {
  let rows = 0;
  let unreadable = 0;
  let firstAt = Number.POSITIVE_INFINITY;
  let lastAt = Number.NEGATIVE_INFINITY;
  let isOrdered = true;
  const sample: TableRow[] = [];
  for await (const some of table.rows(TABLE_START)) {
    for (const row of some) {
      rows++;
      if (sample.length < SAMPLE_ROWS) sample.push(row);
      const at = toEpochMs(row.cells[timeColumn] ?? null);
      if (at === null) {
        unreadable++;
        continue;
      }
      if (at < lastAt) isOrdered = false;
      firstAt = Math.min(firstAt, at);
      lastAt = Math.max(lastAt, at);
    }
  }
  return { rows, firstAt, lastAt, isOrdered, unreadable, sample };
}

/** NumberedRow is a row and its place in the file. */
export interface NumberedRow {
  readonly row: TableRow;
  readonly number: number;
}

/** rowsInOrder yields a table's rows by time: as they come when they are in order, else sorted in memory (stable). */
export async function* rowsInOrder(
  table: Table,
  timeColumn: string,
  isOrdered: boolean,
): AsyncIterable<readonly NumberedRow[]> {
  let number = 0;
  if (isOrdered) {
    for await (const some of table.rows(TABLE_START)) yield some.map((row) => ({ row, number: number++ }));
    return;
  }
  const all: { readonly at: number; readonly numbered: NumberedRow }[] = [];
  for await (const some of table.rows(TABLE_START)) {
    for (const row of some) {
      const at = toEpochMs(row.cells[timeColumn] ?? null) ?? Number.NEGATIVE_INFINITY;
      all.push({ at, numbered: { row, number: number++ } });
    }
  }
  all.sort((a, b) => a.at - b.at);
  yield all.map(({ numbered }) => numbered);
}
