import type { Reference } from "@leeway/core/records";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand } from "../client/define-query.ts";
import { PROFILE_COLUMNS, profileStatement } from "./profile-sql.ts";
import { hoursOfVersion, type Segment, segmentKey, type VersionScope } from "./row-source.ts";

/** ProfileBuild names the hours (starts, epoch milliseconds) of one version to be profiled on one reference in buckets of `bucketMs`. */
export interface ProfileBuild extends VersionScope {
  reference: Reference;
  hours: readonly number[];
  bucketMs: number;
  segment: Segment;
  computedAt: number;
}

// Boundaries of hundreds of features travel as parameters: the statement may be long.
const SETTINGS = { max_query_size: "67108864", insert_deduplicate: 0 } as const;

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
  const source = hoursOfVersion(project, build, hours, bucketMs, segment);
  const key = { referenceId: reference.id, segment: segmentKey(segment), computedAt };
  const { sql, parameters } = profileStatement(reference, source);
  await defineCommand({
    name: "profiles_build",
    sql: `INSERT INTO feature_profiles (${KEY_COLUMNS}, ${PROFILE_COLUMNS}, computed_at)
      SELECT ${KEY}, ${PROFILE_COLUMNS}, ${COMPUTED_AT} FROM (${sql})`,
    settings: SETTINGS,
  })(client, { ...parameters, ...key });
  // The buckets come last: a window exists once its features do.
  await defineCommand({
    name: "profiles_build_buckets",
    sql: `INSERT INTO profile_buckets (${KEY_COLUMNS}, bucket, rows, weight, computed_at)
      SELECT ${KEY}, bucket, count(), sum(w), ${COMPUTED_AT} FROM ${source.sql} GROUP BY bucket`,
    settings: SETTINGS,
  })(client, { ...source.parameters, ...key });
}
