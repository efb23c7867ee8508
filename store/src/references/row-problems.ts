import { EARLIEST_MS, FUTURE_LIMIT_MS } from "@leeway/core/wire";
import { finiteNumberSql, isMissingNumberSql, isMissingSql, momentSql } from "./staged-values-sql.ts";
import type { UploadMapping } from "./upload-mapping.ts";

/** ROW_PROBLEMS are what can be wrong with a cell, and what the refusal says was expected. */
export const ROW_PROBLEMS = {
  nested: "holds a list or an object, which is no feature: name the column under embeddings, or ignore it",
  no_time: "holds no time: expected RFC 3339 or epoch milliseconds",
  time: "is no time: expected RFC 3339 (2026-01-31T12:00:00Z) or epoch milliseconds, from the year 2000 to two days ahead",
  weight: "is no weight: expected a number above 0, at most 1,000,000",
  score: "is no score: expected a number from 0 to 1, with a point before the decimals",
  number: "is no number: expected one with a point before the decimals",
  class: "is no class: expected at most 256 characters, no control characters",
  text: "holds bytes that are no UTF-8 text",
} as const;

/** RowProblemKind names one of them. */
export type RowProblemKind = keyof typeof ROW_PROBLEMS;

const SHOWN = 60;
const LONGEST_CLASS = 256;

/** rowsMoments returns the times that rows may have, as those of events. */
export function rowMoments(now: number): { from: number; until: number } {
  return { from: EARLIEST_MS, until: now + FUTURE_LIMIT_MS };
}

/**
 * rowProblemsSql returns the SQL of what is wrong with the cells of a staged row, as a list of (kind, column, what stands there), and the columns that it binds. Missing
 * values are no problem but for times. Lists and objects come last: they belong to the table and not to a row.
 */
export function rowProblemsSql(
  mapping: UploadMapping,
  now: number,
): { sql: string; parameters: Record<string, string | string[]> } {
  const { timestamp, weight, score, predicted_value, label_value, predicted_label, label } = mapping;
  const parameters: Record<string, string | string[]> = { unread: mapping.ignore ?? [] };
  const parts: string[] = [];
  const look = (column: string | undefined, sqlOf: (cell: string, problem: ProblemSql) => string) => {
    if (column === undefined) return;
    const name = `problem${parts.length}`;
    parameters[name] = column;
    const cell = `row[{${name}:String}]`;
    const shown = `toValidUTF8(substring(ifNull(${cell}, ''), 1, ${SHOWN}))`;
    parts.push(sqlOf(cell, (kind) => `[('${kind}', {${name}:String}, ${shown})]`));
  };
  look(timestamp, (cell, problem) => {
    const isNone = `isNull(${momentSql(cell, rowMoments(now))})`;
    return `multiIf(${isMissingSql(cell)}, ${problem("no_time")}, ${isNone}, ${problem("time")}, [])`;
  });
  look(weight, (cell, problem) => {
    const number = `ifNull(${finiteNumberSql(cell)}, 0)`;
    return `if(${isMissingNumberSql(cell)} OR (${number} > 0 AND ${number} <= 1e6), [], ${problem("weight")})`;
  });
  look(score, (cell, problem) => {
    const number = `ifNull(${finiteNumberSql(cell)}, -1)`;
    return `if(${isMissingNumberSql(cell)} OR (${number} >= 0 AND ${number} <= 1), [], ${problem("score")})`;
  });
  for (const column of [predicted_value, label_value]) {
    look(column, (cell, problem) => {
      return `if(${isMissingNumberSql(cell)} OR isNotNull(${finiteNumberSql(cell)}), [], ${problem("number")})`;
    });
  }
  for (const column of [predicted_label, label]) {
    look(column, (cell, problem) => {
      const text = `ifNull(${cell}, '')`;
      return `if(lengthUTF8(${text}) > ${LONGEST_CLASS} OR match(trimBoth(${text}), '[[:cntrl:]]'), ${problem("class")}, [])`;
    });
  }
  const isBroken = "NOT isValidUTF8(ifNull(cell, '')) OR position(ifNull(cell, ''), '\\xEF\\xBF\\xBD') > 0";
  parts.push(`arrayMap(broken -> ('text', broken.1, toValidUTF8(substring(ifNull(broken.2, ''), 1, ${SHOWN}))),
    arrayFilter((pair, cell) -> (${isBroken}) AND NOT has({unread:Array(String)}, pair.1),
      arrayMap((name, cell) -> (toString(name), cell), mapKeys(row), mapValues(row)), mapValues(row)))`);
  return { sql: `arrayConcat(${parts.join(", ")})`, parameters };
}

type ProblemSql = (kind: RowProblemKind) => string;
