import type { FeatureProfile, WindowProfile } from "@leeway/core/profile";
import type { ReferenceFeature } from "@leeway/core/records";
import { windowStart } from "@leeway/core/window";
import { z } from "zod";
import { anyNumber } from "../client/any-number.ts";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { bucketLength, type ProfileFilter, WINDOW_START } from "./load-profiles.ts";
import { hoursOfVersion, type RowReading } from "./row-source.ts";

// A distribution function that differs by this much somewhere is looked at more closely: does a unit change explain it?
const MOVED = 0.05;
/** Deciles need no more rows than this (a rank is then known to 0.3 %); larger windows are read in evenly spread hours, or in a part of one. */
const ENOUGH_ROWS = 25_000;
const HOUR_MS = 3_600_000;

const decileRow = z.object({ start: z.coerce.number(), feature: z.string(), deciles: z.array(anyNumber) });

/**
 * addMovedDeciles returns the windows with the deciles of numeric features whose distribution moved away from the reference: grid counts can't
 * tell where values went that left the reference's range. Read from the raw rows, so only where it matters.
 */
export async function addMovedDeciles(
  client: ClickHouseClient,
  project: string,
  filter: ProfileFilter,
  windows: readonly WindowProfile[],
): Promise<WindowProfile[]> {
  const references = new Map(filter.reference.features.map((feature) => [feature.name, feature]));
  const moved = new Map<number, string[]>();
  for (const { start, features } of windows) {
    const names = features.filter((profile) => hasMoved(references.get(profile.name), profile));
    if (names.length > 0)
      moved.set(
        start,
        names.map(({ name }) => name),
      );
  }
  if (moved.size === 0) return [...windows];
  const wanted = windows.filter(({ start }) => moved.has(start));
  const isSmall = ({ rows }: WindowProfile) => rows <= ENOUGH_ROWS;
  const groups = [wanted.filter(isSmall), ...wanted.filter((one) => !isSmall(one)).map((one) => [one])];
  const rows = (
    await Promise.all(
      groups
        .filter((group) => group.length > 0)
        .map((group) =>
          rawDeciles(client, project, filter, {
            windows: group,
            features: [...new Set(group.flatMap(({ start }) => moved.get(start) ?? []))],
          }),
        ),
    )
  ).flat();
  const deciles = new Map(rows.map((row) => [`${row.start} ${row.feature}`, row.deciles]));
  return windows.map((window) => ({
    ...window,
    features: window.features.map((profile) =>
      withDeciles(profile, deciles.get(`${window.start} ${profile.name}`)),
    ),
  }));
}

/** hasMoved decides whether the distribution functions of a window and its reference differ by more than 0.05 at a grid edge. */
export function hasMoved(reference: ReferenceFeature | undefined, profile: FeatureProfile): boolean {
  if (reference?.type !== "numeric" || reference.numeric === undefined || profile.numeric === undefined)
    return false;
  const expected = reference.numeric.counts;
  const observed = profile.numeric.counts;
  const expectedTotal = expected.reduce((sum, n) => sum + n, 0);
  const observedTotal = observed.reduce((sum, n) => sum + n, 0);
  if (expectedTotal === 0 || observedTotal === 0) return false;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (expected[i] ?? 0) / expectedTotal - (observed[i] ?? 0) / observedTotal;
    if (Math.abs(difference) > MOVED) return true;
  }
  return false;
}

function rawDeciles(
  client: ClickHouseClient,
  project: string,
  filter: ProfileFilter,
  moved: { windows: readonly WindowProfile[]; features: readonly string[] },
): Promise<z.output<typeof decileRow>[]> {
  const hours = [...new Set(moved.windows.flatMap(spreadHours))];
  const bucketMs = bucketLength(filter.windowMs);
  // Of a large window a part of the rows is enough, in one thread always the same part; that a few of them may be there twice costs less than merging.
  const isWhole = moved.windows.every(({ rows }) => rows <= ENOUGH_ROWS);
  const reading: RowReading = isWhole ? "merged" : "plain";
  const source = hoursOfVersion(project, filter, hours, bucketMs, filter.segment ?? {}, reading);
  return defineQuery({
    name: "profile_moved_deciles",
    sql: `SELECT ${WINDOW_START} AS start, feature,
        quantilesExactInclusive(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)(x) AS deciles
      FROM ${isWhole ? source.sql : `(SELECT bucket, numbers FROM ${source.sql} LIMIT {most:UInt32})`}
      ARRAY JOIN mapKeys(numbers) AS feature, mapValues(numbers) AS x
      WHERE feature IN {moved:Array(String)} AND start IN {starts:Array(Int64)}
      GROUP BY start, feature
      ${isWhole ? "" : "SETTINGS max_threads = 1"}`,
    row: decileRow,
  })(client, {
    ...source.parameters,
    windowMs: filter.windowMs,
    origin: windowStart(0, filter.windowMs),
    starts: moved.windows.map(({ start }) => start),
    moved: moved.features,
    ...(isWhole ? {} : { most: 2 * ENOUGH_ROWS }),
  });
}

/** spreadHours returns the hours of a window, or as many of them, evenly spread, as hold enough rows. */
function spreadHours(window: WindowProfile): number[] {
  const hours: number[] = [];
  for (let hour = Math.floor(window.start / HOUR_MS) * HOUR_MS; hour < window.end; hour += HOUR_MS) {
    hours.push(hour);
  }
  const step = Math.max(1, Math.floor(window.rows / ENOUGH_ROWS));
  return step >= hours.length ? hours.slice(0, 1) : hours.filter((_, i) => i % step === 0);
}

function withDeciles(profile: FeatureProfile, deciles: number[] | undefined): FeatureProfile {
  if (deciles === undefined || profile.numeric === undefined) return profile;
  return { ...profile, numeric: { ...profile.numeric, deciles } };
}
