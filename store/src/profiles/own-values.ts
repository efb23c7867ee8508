import type { FeatureProfile, WindowProfile } from "@leeway/core/profile";
import type { Reference } from "@leeway/core/records";
import { type Segment, segmentKey } from "@leeway/core/segment";
import { windowStart } from "@leeway/core/window";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { OUTPUT_FEATURE } from "./profile-sql.ts";
import { referenceRowSource } from "./reference-row-source.ts";
import { VALUE_HASH } from "./vocabulary-sql.ts";

const ownRow = z.object({ start: z.coerce.number(), feature: z.string(), rows: z.number() });

const startOf = (moment: string) =>
  `intDiv(toUnixTimestamp64Milli(${moment}) - {origin:Int64}, {windowMs:Int64}) * {windowMs:Int64} + {origin:Int64}`;

// Values that one window of the reference has alone.
const OWN_VALUES = `SELECT ${startOf("v.first")} AS start, toString(v.feature) AS feature, v.value_hash AS value_hash, v.weight AS weight
    FROM reference_values AS v FINAL
    WHERE project = {project:String} AND reference_id = {vocabularyReferenceId:String} AND start = ${startOf("v.last")}`;

/**
 * withOwnValues returns a reference's own windows with the rows of values that no other of its windows has as unseen: what is new in each, compared with all
 * others. Windows of a segment are compared with the whole reference, as those that are judged later are.
 */
export async function withOwnValues(
  client: ClickHouseClient,
  project: string,
  reference: Reference,
  windows: WindowProfile[],
  { windowMs, segment }: { windowMs: number; segment: Segment },
): Promise<WindowProfile[]> {
  const { features, prediction } = reference;
  const hasValues = [...features, ...(prediction === undefined ? [] : [prediction])].some(
    ({ vocabulary }) => vocabulary !== undefined,
  );
  if (!hasValues) return windows;
  const bound = { project, vocabularyReferenceId: reference.id, windowMs, origin: windowStart(0, windowMs) };
  const source = referenceRowSource(project, reference, segment);
  const query =
    segmentKey(segment) === segmentKey({})
      ? `SELECT start, feature, sum(weight) AS rows FROM (${OWN_VALUES}) GROUP BY start, feature`
      : `SELECT start, feature, sum(w) AS rows FROM (
          SELECT ${startOf("timestamp")} AS start, w, toString(name) AS feature, text FROM ${source.sql}
            ARRAY JOIN mapKeys(strings) AS name, mapValues(strings) AS text
          UNION ALL
          SELECT ${startOf("timestamp")} AS start, w, '${OUTPUT_FEATURE}' AS feature, assumeNotNull(toString(output_label)) AS text FROM ${source.sql}
          WHERE isNotNull(output_label)
        )
        WHERE (start, feature, ${VALUE_HASH("text")}) IN (SELECT start, feature, value_hash FROM (${OWN_VALUES}))
        GROUP BY start, feature`;
  const rows = await defineQuery({ name: "reference_own_values", sql: query, row: ownRow })(client, {
    ...source.parameters,
    ...bound,
  });
  const own = new Map(rows.map((row) => [JSON.stringify([row.start, row.feature]), row.rows]));
  return windows.map((window) => {
    const compared = (profile: FeatureProfile, name: string) =>
      withoutOwn(profile, own.get(JSON.stringify([window.start, name])) ?? 0);
    return {
      ...window,
      features: window.features.map((profile) => compared(profile, profile.name)),
      ...(window.prediction === undefined ? {} : { prediction: compared(window.prediction, OUTPUT_FEATURE) }),
    };
  });
}

function withoutOwn(profile: FeatureProfile, own: number): FeatureProfile {
  const { lookups } = profile;
  if (lookups === undefined || own === 0) return profile;
  return { ...profile, lookups: { known: Math.max(0, lookups.known - own), unseen: lookups.unseen + own } };
}
