import type { Reference } from "@leeway/core/records";
import { type Segment, segmentKey } from "@leeway/core/segment";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand, defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import type { QueryParameter } from "../client/query-parameter.ts";
import { PROFILE_COLUMNS, PROFILE_SETTINGS, profileStatements } from "./profile-sql.ts";
import { commonLayout, type RowLayout } from "./row-layout.ts";
import { hoursOfVersion, type RowReading, type RowSource, type VersionScope } from "./row-source.ts";

/** ProfileBuild names the hours (starts, epoch milliseconds) of one version to be profiled on one reference in buckets of `bucketMs`. */
export interface ProfileBuild extends VersionScope {
  reference: Reference;
  hours: readonly number[];
  bucketMs: number;
  segment: Segment;
  computedAt: number;
}

const KEY = `{project:String} AS project, {referenceId:String} AS reference_id, {model:String} AS model, {version:String} AS version,
  {environment:String} AS environment, {segment:String} AS segment, {bucketMs:UInt32} AS bucket_ms`;
const KEY_COLUMNS = "project, reference_id, model, version, environment, segment, bucket_ms";
const COMPUTED_AT = "fromUnixTimestamp64Milli({computedAt:Int64}, 'UTC') AS computed_at";

/** buildProfiles recomputes the given hours from the raw predictions and replaces what the roll-up held of them. No row leaves the engine. */
export async function buildProfiles(
  client: ClickHouseClient,
  project: string,
  build: ProfileBuild,
): Promise<void> {
  const { reference, hours, bucketMs, segment, computedAt } = build;
  if (hours.length === 0) return;
  const sourceOf = (reading: RowReading) => hoursOfVersion(project, build, hours, bucketMs, segment, reading);
  // Counted before the features are: rows that come meanwhile are seen by the features alone, and no feature looks as if it were missing.
  const plain = await countBuckets(client, sourceOf("plain"));
  const hasRepeatedRows = plain.some(({ rows, ids }) => rows !== ids);
  const source = sourceOf(hasRepeatedRows ? "merged" : "plain");
  const buckets = hasRepeatedRows ? await countBuckets(client, source) : plain;
  const layout = await layoutOf(client, source, buckets);
  for (const { sql, parameters } of profileStatements(reference, source, { layout, buckets })) {
    await defineCommand({
      name: "profiles_build",
      sql: `INSERT INTO feature_profiles (${KEY_COLUMNS}, ${PROFILE_COLUMNS}, computed_at)
        SELECT ${KEY}, ${PROFILE_COLUMNS}, ${COMPUTED_AT} FROM (${sql})`,
      settings: { ...PROFILE_SETTINGS, insert_deduplicate: 0 },
    })(client, { ...parameters, referenceId: reference.id, segment: segmentKey(segment), computedAt });
  }
  // The buckets are stored last: a window exists once its features do.
  await insertRows(
    client,
    "profile_buckets",
    buckets.map(({ bucket, rows, weight }) => ({
      project,
      reference_id: reference.id,
      model: build.model,
      version: build.version,
      environment: build.environment,
      segment: segmentKey(segment),
      bucket_ms: bucketMs,
      bucket,
      rows,
      weight,
      computed_at: toDateTime64(computedAt),
    })),
  );
}

// Of few rows, names are looked up sooner than a layout is found.
const ENOUGH_ROWS = 20_000;

async function layoutOf(
  client: ClickHouseClient,
  source: RowSource,
  buckets: readonly { rows: number }[],
): Promise<RowLayout | undefined> {
  const rows = buckets.reduce((sum, bucket) => sum + bucket.rows, 0);
  return rows < ENOUGH_ROWS ? undefined : commonLayout(client, source);
}

const bucketRow = z.object({
  bucket: z.coerce.number(),
  rows: z.coerce.number(),
  ids: z.coerce.number(),
  weight: z.number(),
});

// Ids that collide in the hash look repeated, and cost a slower reading; ids that are repeated never look single.
function countBuckets(client: ClickHouseClient, source: RowSource): Promise<z.output<typeof bucketRow>[]> {
  return defineQuery<Record<string, QueryParameter>, typeof bucketRow>({
    name: "profiles_bucket_counts",
    sql: `SELECT toUnixTimestamp(bucket) AS bucket, count() AS rows, uniqExact(sipHash64(id)) AS ids, sum(w) AS weight
      FROM ${source.sql} GROUP BY bucket`,
    row: bucketRow,
  })(client, source.parameters);
}
