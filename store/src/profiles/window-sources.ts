import type { WindowProfile } from "@leeway/core/profile";
import type { Reference } from "@leeway/core/records";
import type { Segment } from "@leeway/core/segment";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { assembleWindows, windowRow } from "./profile-row.ts";
import { profileRows } from "./profile-rows.ts";
import { referenceRowSource } from "./reference-row-source.ts";
import { drawnRows, type RowSource, rangeOfVersion, type VersionScope } from "./row-source.ts";
import { bySource, type TagPair } from "./source-rows.ts";

/** SourceQuery names a window of `rows` predictions and the features (`prediction`: the output) that are to be broken down by source. */
export interface SourceQuery extends VersionScope {
  reference: Reference;
  start: number;
  end: number;
  rows: number;
  segment?: Segment | undefined;
  features: readonly string[];
  isOutputWanted: boolean;
}

/** SourceWindow is what one value of a tag sent in a window, and in the reference, where that has it. */
export interface SourceWindow extends TagPair {
  window: WindowProfile;
  baseline: WindowProfile | undefined;
}

// Enough to tell eight sources apart; larger windows are drawn from.
const ENOUGH_ROWS = 100_000;
// A tag with more values than this tells requests apart, not sources.
const MOST_VALUES = 50;
const VALUES_PER_TAG = 8;
const MOST_SOURCES = 40;

/** Baselines are kept for as many questions as this. */
const MOST_KEPT = 100;

/** WindowSources returns the most frequent values of each tag in a window with profiles of the given features, and the same of the reference's rows. */
export type WindowSources = (project: string, query: SourceQuery) => Promise<SourceWindow[]>;

const pairRow = z.object({ tag: z.string(), value: z.string() });

/** createWindowSources returns windowSources with what it has read of references: their rows don't change, and drifted windows of a row ask the same of them. */
export function createWindowSources(client: ClickHouseClient): WindowSources {
  const kept = new Map<string, ReadonlyMap<number, WindowProfile>>();
  return (project, query) =>
    windowSources(client, project, query, async (key, read) => {
      const known = kept.get(key);
      if (known !== undefined) return known;
      const profiles = await read();
      const oldest = kept.keys().next();
      if (kept.size >= MOST_KEPT && oldest.done !== true) kept.delete(oldest.value);
      kept.set(key, profiles);
      return profiles;
    });
}

type Keep = (
  key: string,
  read: () => Promise<ReadonlyMap<number, WindowProfile>>,
) => Promise<ReadonlyMap<number, WindowProfile>>;

async function windowSources(
  client: ClickHouseClient,
  project: string,
  query: SourceQuery,
  keep: Keep,
): Promise<SourceWindow[]> {
  const { reference, start, end, rows, features, isOutputWanted } = query;
  const range = rangeOfVersion(project, query, { from: start, to: end }, query.segment ?? {});
  const drawn = drawnRows(range, rows / ENOUGH_ROWS);
  const pairs = await tagPairs(client, drawn);
  if (pairs.length === 0) return [];
  const { prediction, ...inputs } = reference;
  const wanted: Reference = {
    ...inputs,
    features: reference.features.filter(({ name }) => features.includes(name)),
    ...(isOutputWanted && prediction !== undefined ? { prediction } : {}),
  };
  const held = drawnRows(referenceRowSource(project, reference, query.segment), reference.rows / ENOUGH_ROWS);
  const [windows, baselines] = await Promise.all([
    profilesBySource(client, wanted, drawn, pairs),
    keep(
      JSON.stringify([project, reference.id, reference.rows, query.segment, features, isOutputWanted, pairs]),
      () => profilesBySource(client, wanted, held, pairs),
    ),
  ]);
  return pairs.flatMap((pair, i) => {
    const window = windows.get(i + 1);
    if (window === undefined) return [];
    return [{ ...pair, window: { ...window, start, end }, baseline: baselines.get(i + 1) }];
  });
}

function tagPairs(client: ClickHouseClient, rows: RowSource): Promise<TagPair[]> {
  return defineQuery({
    name: "profile_window_tags",
    sql: `SELECT toString(tag) AS tag, value FROM (
        SELECT pair.1 AS tag, pair.2 AS value, count() AS n, count() OVER (PARTITION BY tag) AS values
        FROM (SELECT arrayJoin(arrayZip(mapKeys(tags), mapValues(tags))) AS pair FROM ${rows.sql})
        GROUP BY tag, value
      )
      WHERE values BETWEEN 2 AND ${MOST_VALUES}
      ORDER BY n DESC, tag, value LIMIT ${VALUES_PER_TAG} BY tag LIMIT ${MOST_SOURCES}`,
    row: pairRow,
  })(client, rows.parameters);
}

async function profilesBySource(
  client: ClickHouseClient,
  reference: Reference,
  rows: RowSource,
  pairs: readonly TagPair[],
): Promise<ReadonlyMap<number, WindowProfile>> {
  const source = bySource(rows, pairs);
  const [counts, profiles] = await Promise.all([
    defineQuery({
      name: "profile_source_rows",
      sql: `SELECT bucket AS start, count() AS rows, sum(w) AS weight FROM ${source.sql} GROUP BY bucket`,
      row: windowRow,
    })(client, source.parameters),
    profileRows(client, reference, source, { name: "profile_source_features", start: "p.bucket" }),
  ]);
  return new Map(assembleWindows(reference, 0, counts, profiles).map((window) => [window.start, window]));
}
