import type { InputProblem } from "@leeway/core/errors";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { invalidUpload, quotedBriefly } from "./invalid-upload.ts";
import { ROW_PROBLEMS, type RowProblemKind, rowProblemsSql } from "./row-problems.ts";
import type { UploadMapping } from "./upload-mapping.ts";

const problemRow = z.object({
  kind: z.enum(Object.keys(ROW_PROBLEMS) as [RowProblemKind, ...RowProblemKind[]]),
  name: z.string(),
  rows: z.coerce.number(),
  first_row: z.coerce.number(),
  value: z.string(),
  total: z.coerce.number(),
});

type ProblemRow = z.output<typeof problemRow>;

/** InvalidCells counts the rows of an upload that were left out for what a column of theirs holds. */
export interface InvalidCells {
  column: string;
  rows: number;
  first_row: number;
  message: string;
}

/**
 * findInvalidRows returns what cannot be read in a staged table, per column, as far as the mapping allows it, and throws `invalid_request` where it does not: each problem
 * names its column, the first such row and what stands there.
 */
export async function findInvalidRows(
  client: ClickHouseClient,
  table: string,
  mapping: UploadMapping,
  now: number,
): Promise<InvalidCells[]> {
  const { sql, parameters } = rowProblemsSql(mapping, now);
  const found = await defineQuery({
    name: "reference_invalid_rows",
    sql: `SELECT problem.1 AS kind, problem.2 AS name, count() AS rows, min(place) AS first_row, argMin(problem.3, place) AS value,
        (SELECT count() FROM {table:Identifier}) AS total
      FROM (
        SELECT place, arrayJoin(arrayConcat(${sql}, arrayMap(c -> ('nested', toString(c), ''),
          arrayFilter(c -> NOT has({unread:Array(String)}, c) AND ({takesAll:Bool} OR has({features:Array(String)}, c)), nested)))) AS problem
        FROM {table:Identifier}
      )
      GROUP BY kind, name ORDER BY first_row, kind, name LIMIT 20`,
    row: problemRow,
  })(client, {
    ...parameters,
    table,
    features: mapping.features ?? [],
    takesAll: mapping.features === undefined,
  });
  const { allow_invalid: allowed = 0 } = mapping;
  const refused = found.filter(({ kind, rows, total }) => kind === "nested" || rows > allowed * total);
  if (refused.length > 0) {
    throw invalidUpload(
      refused.map((problem): InputProblem => ({ path: problem.name, message: messageOf(problem, allowed) })),
    );
  }
  return found.map((problem) => ({
    column: problem.name,
    rows: problem.rows,
    first_row: problem.first_row,
    message: ROW_PROBLEMS[problem.kind],
  }));
}

function messageOf({ kind, rows, first_row, value, total }: ProblemRow, allowed: number): string {
  const shown = kind === "nested" || kind === "no_time" ? "" : ` ${quotedBriefly(value)}`;
  const holds =
    kind === "text"
      ? `${ROW_PROBLEMS[kind]}:${shown}`
      : `${shown === "" ? "" : `holds${shown}, which `}${ROW_PROBLEMS[kind]}`;
  const more = rows > 1 ? `, and ${rows - 1} more of ${total} rows` : "";
  const limit = allowed > 0 && kind !== "nested" ? ` (allow_invalid takes a share of ${allowed})` : "";
  return `row ${first_row} ${holds}${more}${limit}`;
}
