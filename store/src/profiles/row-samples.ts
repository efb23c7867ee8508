import type { SampledRow } from "@leeway/core/profile";
import type { Segment } from "@leeway/core/segment";
import { z } from "zod";
import { anyNumber } from "../client/any-number.ts";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import { drawnRows, type RowSource } from "./row-source.ts";

/** SampleQuery asks for at most `limit` of about `rows` rows, in `[from, to)` of event time where that is given, of a segment where one is. */
export interface SampleQuery {
  rows: number;
  limit: number;
  span?: { from: number; to: number } | undefined;
  segment?: Segment | undefined;
}

const sampledRow = z.object({
  time: z.coerce.number(),
  numbers: z.record(z.string(), anyNumber),
  strings: z.record(z.string(), z.string()),
  booleans: z.record(z.string(), z.boolean()),
  embedded: z.array(z.string()),
});

// Drawn a little more often than needed, so that the limit and not chance decides how many come.
const MARGIN = 1.5;

/** sampleRows returns a bounded sample of rows, always the same ones: those with the smallest hashes of their ids. */
export async function sampleRows(
  client: ClickHouseClient,
  source: RowSource,
  { rows, limit, span }: SampleQuery,
): Promise<SampledRow[]> {
  const drawn = drawnRows(source, rows / (MARGIN * limit));
  const inSpan =
    span === undefined
      ? ""
      : "WHERE timestamp >= fromUnixTimestamp64Milli({spanFrom:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({spanTo:Int64}, 'UTC')";
  const parameters: Record<string, QueryParameter> = {
    ...drawn.parameters,
    sampled: limit,
    ...(span === undefined ? {} : { spanFrom: span.from, spanTo: span.to }),
  };
  return defineQuery({
    name: "profile_row_sample",
    sql: `SELECT toUnixTimestamp64Milli(timestamp) AS time, numbers,
        mapApply((name, text) -> (name, substringUTF8(text, 1, 1000)), strings) AS strings, booleans, mapKeys(embeddings) AS embedded
      FROM ${drawn.sql} ${inSpan} ORDER BY draw LIMIT {sampled:UInt32}`,
    row: sampledRow,
  })(client, parameters);
}
