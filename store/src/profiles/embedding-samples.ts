import type { EmbeddedRow } from "@leeway/core/profile";
import { z } from "zod";
import { anyNumber } from "../client/any-number.ts";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { SampleQuery } from "./row-samples.ts";
import { drawnRows, type RowSource } from "./row-source.ts";

const embeddedRow = z.object({
  time: z.coerce.number(),
  embeddings: z.record(z.string(), z.array(anyNumber)),
});

// Drawn a little more often than needed, so that the limit and not chance decides how many come.
const MARGIN = 1.5;

/** sampleEmbeddings returns the embeddings of a bounded sample of rows, always the same ones: those with the smallest hashes of their ids. */
export async function sampleEmbeddings(
  client: ClickHouseClient,
  source: RowSource,
  { rows, limit, span }: SampleQuery,
): Promise<EmbeddedRow[]> {
  const drawn = drawnRows(source, rows / (MARGIN * limit));
  const inSpan =
    span === undefined
      ? ""
      : "WHERE timestamp >= fromUnixTimestamp64Milli({spanFrom:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({spanTo:Int64}, 'UTC')";
  return defineQuery({
    name: "profile_embedding_sample",
    sql: `SELECT toUnixTimestamp64Milli(timestamp) AS time, embeddings
      FROM ${drawn.sql} ${inSpan} ORDER BY draw LIMIT {sampled:UInt32}`,
    row: embeddedRow,
  })(client, {
    ...drawn.parameters,
    sampled: limit,
    ...(span === undefined ? {} : { spanFrom: span.from, spanTo: span.to }),
  });
}
