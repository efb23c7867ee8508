import { type InputProblem, LeewayError } from "@leeway/core/errors";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { finiteNumberSql, momentSql } from "./staged-values-sql.ts";
import type { UploadMapping } from "./upload-mapping.ts";

const KINDS = {
  not_an_object: "is no JSON object (NaN and Infinity are no JSON: write null)",
  nested: "holds a list or an object, which is no feature: name the column under embeddings, or ignore it",
  time: "holds no time: RFC 3339, or epoch milliseconds",
  weight: "holds no weight: a number above 0, at most 1,000,000",
};
const problemRow = z.object({
  kind: z.enum(Object.keys(KINDS) as [keyof typeof KINDS, ...(keyof typeof KINDS)[]]),
  name: z.string(),
  rows: z.coerce.number(),
  first_place: z.coerce.number(),
});

/**
 * refuseUnreadableRows throws `invalid_request` where rows of a staged table are no JSON objects, hold a list or an object that would be a feature, or a
 * time or weight that is none. Each problem names its column and the first such row.
 */
export async function refuseUnreadableRows(
  client: ClickHouseClient,
  table: string,
  { ignore = [], features, timestamp = "", weight = "" }: UploadMapping,
): Promise<void> {
  const found = await unreadableRows(client, {
    table,
    ignored: ignore,
    features: features ?? [],
    takesAll: features === undefined,
    timestamp,
    weight,
  });
  const problems = found.map(({ kind, name, rows, first_place }): InputProblem => {
    const more = rows > 1 ? `, and ${rows - 1} more` : "";
    return { path: name === "" ? "body" : name, message: `row ${first_place} ${KINDS[kind]}${more}` };
  });
  const [first] = problems;
  if (first !== undefined)
    throw new LeewayError("invalid_request", `${first.path}: ${first.message}`, { problems });
}

const unreadableRows = defineQuery<
  Record<"table" | "timestamp" | "weight", string> &
    Record<"ignored" | "features", string[]> & { takesAll: boolean },
  typeof problemRow
>({
  name: "reference_unreadable_rows",
  sql: `SELECT problem.1 AS kind, problem.2 AS name, count() AS rows, min(place) AS first_place
    FROM (
      SELECT place, arrayJoin(arrayConcat(
        if(is_object, [], [('not_an_object', '')]),
        arrayMap(c -> ('nested', toString(c)),
          arrayFilter(c -> NOT has({ignored:Array(String)}, c) AND ({takesAll:Bool} OR has({features:Array(String)}, c)), nested)),
        if({timestamp:String} != '' AND isNotNull(row[{timestamp:String}]) AND isNull(${momentSql("row[{timestamp:String}]")}), [('time', {timestamp:String})], []),
        if({weight:String} != '' AND isNotNull(row[{weight:String}]) AND NOT (ifNull(${finiteNumberSql("row[{weight:String}]")}, 0) > 0 AND ifNull(${finiteNumberSql("row[{weight:String}]")}, 0) <= 1e6), [('weight', {weight:String})], [])
      )) AS problem
      FROM {table:Identifier}
    )
    GROUP BY kind, name ORDER BY kind, name LIMIT 20`,
  row: problemRow,
});
