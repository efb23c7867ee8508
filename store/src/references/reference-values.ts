import { NAMED_CATEGORIES } from "@leeway/core/profile";
import type { ReferenceFeature } from "@leeway/core/records";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineCommand, defineQuery } from "../client/define-query.ts";
import { OUTPUT_FEATURE } from "../profiles/profile-sql.ts";
import type { RowSource } from "../profiles/row-source.ts";
import { IS_LOOKED_UP, ONE_IN, VALUE_HASH } from "../profiles/vocabulary-sql.ts";
import type { FeatureSummary } from "./feature-summaries.ts";
import { featureTypeOf, stringKindOf } from "./reference-columns.ts";

/** Vocabulary is what a reference record says of the values kept of a feature. */
export type Vocabulary = NonNullable<ReferenceFeature["vocabulary"]>;

// Values kept of one feature, and of all features of a reference: each is a row of some twenty bytes, and is read whenever hours are counted.
const MOST_OF_A_FEATURE = 250_000;
const MOST_OF_A_REFERENCE = 2_000_000;
// Of identifiers that hardly repeat nearly all are new in every window: nothing could be concluded from that.
const FEWEST_ROWS_A_VALUE = 1.1;

/** valuesToKeep returns of which features the values are kept, and of how many values one is: a power of two, 1 where all fit. O(features). */
export function valuesToKeep(summaries: readonly FeatureSummary[]): ReadonlyMap<string, number> {
  const features = summaries.filter(hasValuesToKeep);
  const most = Math.min(MOST_OF_A_FEATURE, Math.floor(MOST_OF_A_REFERENCE / Math.max(1, features.length)));
  return new Map(
    features.map(({ feature, distinct_strings }) => [
      feature,
      2 ** Math.max(0, Math.ceil(Math.log2(distinct_strings / most))),
    ]),
  );
}

function hasValuesToKeep(summary: FeatureSummary): boolean {
  const { distinct_strings, strings } = summary;
  switch (featureTypeOf(summary)) {
    case "categorical":
      return distinct_strings > NAMED_CATEGORIES;
    case "text":
      return stringKindOf(summary) === "identifier" && strings >= FEWEST_ROWS_A_VALUE * distinct_strings;
    default:
      return false;
  }
}

const keptRow = z.object({
  feature: z.string(),
  kept: z.coerce.number(),
  rows: z.number(),
  single_rows: z.number(),
});

/**
 * keepValues stores the hashes of the values of some features with when each first and last came, and returns what the record says of them. Whoever makes
 * the same reference again writes the same rows again.
 */
export async function keepValues(
  client: ClickHouseClient,
  source: RowSource,
  { project, referenceId }: { project: string; referenceId: string },
  oneIn: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Vocabulary>> {
  if (oneIn.size === 0) return new Map();
  const bound = {
    project,
    vocabularyReferenceId: referenceId,
    vocabularyFeatures: [...oneIn.keys()],
    vocabularyOneIn: [...oneIn.values()],
  };
  const isOfOne = "name IN {vocabularyFeatures:Array(String)}";
  await defineCommand({
    name: "reference_values_keep",
    sql: `INSERT INTO reference_values (project, reference_id, feature, value_hash, first, last, rows, weight)
      SELECT {project:String}, {vocabularyReferenceId:String}, toString(name), value_hash, min(timestamp), max(timestamp), count(), sum(w)
      FROM (
        SELECT timestamp, w, name, ${VALUE_HASH("text")} AS value_hash FROM (
          SELECT timestamp, w, toString(name) AS name, text FROM ${source.sql} ARRAY JOIN mapKeys(strings) AS name, mapValues(strings) AS text
          WHERE ${isOfOne}
          UNION ALL
          SELECT timestamp, w, '${OUTPUT_FEATURE}' AS name, assumeNotNull(toString(output_label)) AS text FROM ${source.sql}
          WHERE isNotNull(output_label) AND ${isOfOne}
        )
        WHERE ${IS_LOOKED_UP("value_hash", ONE_IN("name"))}
      )
      GROUP BY name, value_hash`,
    settings: { insert_deduplicate: 0 },
  })(client, { ...source.parameters, ...bound });
  const rows = await defineQuery({
    name: "reference_values_kept",
    sql: `SELECT toString(v.feature) AS feature, count() AS kept, sum(v.weight) AS rows, sumIf(v.weight, v.rows = 1) AS single_rows
      FROM reference_values AS v FINAL
      WHERE project = {project:String} AND reference_id = {vocabularyReferenceId:String} AND feature IN {vocabularyFeatures:Array(String)}
      GROUP BY v.feature`,
    row: keptRow,
  })(client, bound);
  return new Map(rows.map(({ feature, ...kept }) => [feature, { ...kept, one_in: oneIn.get(feature) ?? 1 }]));
}
