import type { WindowProfile } from "@leeway/core/profile";
import type { Reference } from "@leeway/core/records";
import { type Segment, segmentKey } from "@leeway/core/segment";
import { windowStart } from "@leeway/core/window";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { assembleWindows, profileRow, windowRow } from "./profile-row.ts";
import { decilesSql } from "./quantile-sql.ts";
import type { VersionScope } from "./row-source.ts";

/** ProfileFilter names windows of `windowMs` in `[from, to)`, epoch milliseconds, of one version compared with one reference. */
export interface ProfileFilter extends VersionScope {
  reference: Reference;
  from: number;
  to: number;
  windowMs: number;
  segment?: Segment | undefined;
}

type Parameters = Record<
  "project" | "referenceId" | "model" | "version" | "environment" | "segment",
  string
> &
  Record<"bucketMs" | "from" | "to" | "windowMs" | "origin", number>;

const HOUR_MS = 3_600_000;

/** WINDOW_START is the SQL of the window that a bucket lies in; it binds `windowMs` and `origin`. */
export const WINDOW_START = `intDiv(toUnixTimestamp(bucket) * 1000 - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64}`;

const MATCHING = `project = {project:String} AND model = {model:String} AND reference_id = {referenceId:String}
    AND segment = {segment:String} AND bucket_ms = {bucketMs:UInt32} AND version = {version:String}
    AND environment = {environment:String}
    AND bucket >= toDateTime(intDiv({from:Int64}, 1000), 'UTC') AND bucket < toDateTime(intDiv({to:Int64}, 1000), 'UTC')`;

// What branches without values say of minimum and maximum counts for nothing.
const HAS_MOMENTS = "arrayExists(n -> n > 0, p.grid_counts)";

const features = defineQuery<Parameters, typeof profileRow>({
  name: "profile_features",
  sql: `SELECT ${WINDOW_START} AS start, toString(p.feature) AS feature,
      sum(p.number_count) AS number_count, sum(p.string_count) AS string_count, sum(p.boolean_count) AS boolean_count, sum(p.null_count) AS null_count,
      minIf(p.minimum, ${HAS_MOMENTS}) AS minimum, maxIf(p.maximum, ${HAS_MOMENTS}) AS maximum,
      sum(p.sum) AS sum, sum(p.sum_squares) AS sum_squares,
      sumForEach(p.grid_counts) AS grid_counts, sumMap(p.categories) AS categories, sum(p.other_count) AS other_count,
      sum(p.known_count) AS known_count, sum(p.unseen_count) AS unseen_count,
      ${decilesSql(HAS_MOMENTS)} AS deciles
    FROM feature_profiles AS p FINAL WHERE ${MATCHING}
    GROUP BY start, p.feature`,
  row: profileRow,
});

const windows = defineQuery<Parameters, typeof windowRow>({
  name: "profile_windows",
  sql: `SELECT ${WINDOW_START} AS start, sum(b.rows) AS rows, sum(b.weight) AS weight
    FROM profile_buckets AS b FINAL WHERE ${MATCHING}
    GROUP BY start HAVING rows > 0 ORDER BY start`,
  row: windowRow,
});

/** bucketLength returns the longest bucket of whole seconds, at most an hour, that windows of `windowMs` can be summed from. */
export function bucketLength(windowMs: number): number {
  let a = windowMs;
  let b = HOUR_MS;
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/** loadProfiles returns the profiles of the windows that hold predictions, in order, summed from the roll-up alone. */
export async function loadProfiles(
  client: ClickHouseClient,
  project: string,
  filter: ProfileFilter,
): Promise<WindowProfile[]> {
  const { reference, windowMs } = filter;
  const parameters: Parameters = {
    project,
    referenceId: reference.id,
    model: filter.model,
    version: filter.version,
    environment: filter.environment,
    segment: segmentKey(filter.segment),
    bucketMs: bucketLength(windowMs),
    from: filter.from,
    to: filter.to,
    windowMs,
    origin: windowStart(0, windowMs),
  };
  const [windowRows, featureRows] = await Promise.all([
    windows(client, parameters),
    features(client, parameters),
  ]);
  return assembleWindows(reference, windowMs, windowRows, featureRows);
}
