import { type FeatureProfile, outputName } from "@leeway/core/profile";
import type { Reference, ReferenceFeature } from "@leeway/core/records";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { assembleWindows, windowRow } from "../profiles/profile-row.ts";
import { profileRows } from "../profiles/profile-rows.ts";
import { OUTPUT_FEATURE } from "../profiles/profile-sql.ts";
import type { RowSource } from "../profiles/row-source.ts";
import { type FeatureSummary, featureSummaries } from "./feature-summaries.ts";
import { frequentCategories } from "./frequent-categories.ts";
import { orderStatistics, type SortedColumn } from "./order-statistics.ts";
import { withOutputMeans } from "./output-means.ts";
import { blankFeature, featureTypeOf, type ReferenceIdentity } from "./reference-columns.ts";
import { keepValues, valuesToKeep } from "./reference-values.ts";

/** buildReference freezes what the rows of `source` hold: the bins of every feature, taken from the rows themselves, and what falls into them. */
export async function buildReference(
  client: ClickHouseClient,
  source: RowSource,
  project: string,
  identity: ReferenceIdentity,
  labelledRows: number,
): Promise<Reference> {
  const summaries = await featureSummaries(client, source);
  const kept = { project, referenceId: identity.id };
  // Before anything is counted: what is counted is looked up there.
  const vocabularies = await keepValues(client, source, kept, valuesToKeep(summaries));
  const categories = await frequentCategories(client, source);
  const sorted = await sortedColumns(client, source, summaries);
  const features: ReferenceFeature[] = [];
  let prediction: ReferenceFeature | undefined;
  const outputFeature = outputName(summaries.map(({ feature }) => feature));
  for (const summary of summaries) {
    const name = summary.feature === OUTPUT_FEATURE ? outputFeature : summary.feature;
    const vocabulary = vocabularies.get(summary.feature);
    const feature = {
      ...binned(summary, name, sorted, categories),
      ...(vocabulary === undefined ? {} : { vocabulary }),
    };
    if (summary.feature === OUTPUT_FEATURE) prediction = feature;
    else features.push(feature);
  }
  const blank: Reference = {
    ...identity,
    rows: 0,
    labelled_rows: labelledRows,
    features,
    ...(prediction === undefined ? {} : { prediction }),
  };
  const distinct = new Map(summaries.map(({ feature, distinct_strings }) => [feature, distinct_strings]));
  return withOutputMeans(client, source, await counted(client, source, blank, distinct));
}

/**
 * recountReference returns a reference that counts the rows of `source` alone, on the very bins of `reference`: what was profiled on those stays comparable. Without
 * such rows it has 0 rows and nothing else to be relied upon; `labelled_rows` remain those of the whole.
 */
export async function recountReference(
  client: ClickHouseClient,
  source: RowSource,
  reference: Reference,
): Promise<Reference> {
  const distinct = new Map(reference.features.map(({ name, distinct_count }) => [name, distinct_count ?? 0]));
  return withOutputMeans(client, source, await counted(client, source, { ...reference, rows: 0 }, distinct));
}

async function sortedColumns(
  client: ClickHouseClient,
  source: RowSource,
  summaries: readonly FeatureSummary[],
): Promise<ReadonlyMap<string, ArrayLike<number>>> {
  const columns = summaries.flatMap((summary): SortedColumn[] => {
    const name = summary.feature;
    switch (featureTypeOf(summary)) {
      case "numeric":
        return [{ name, value: name === OUTPUT_FEATURE ? "output" : "number", count: summary.numbers }];
      case "text":
        return [{ name, value: "length", count: summary.strings }];
      default:
        return [];
    }
  });
  const sorted = await orderStatistics(client, source, columns);
  return new Map(columns.map(({ name }, i) => [name, sorted[i]!]));
}

function binned(
  summary: FeatureSummary,
  name: string,
  sorted: ReadonlyMap<string, ArrayLike<number>>,
  categories: ReadonlyMap<string, string[]>,
): ReferenceFeature {
  const type = featureTypeOf(summary);
  switch (type) {
    case "numeric":
    case "text":
      return blankFeature(summary, name, { sorted: sorted.get(summary.feature) ?? [] });
    case "boolean":
      return blankFeature({ ...summary, distinct_strings: 2 }, name, { categories: ["true", "false"] });
    case "categorical":
      return blankFeature(summary, name, { categories: categories.get(summary.feature) ?? [] });
    default:
      return type satisfies never;
  }
}

/** counted returns the reference with its own rows counted in its bins, by the very statement that counts windows. */
async function counted(
  client: ClickHouseClient,
  source: RowSource,
  blank: Reference,
  distinct: ReadonlyMap<string, number>,
): Promise<Reference> {
  const windows = await defineQuery({
    name: "reference_rows_counted",
    sql: `SELECT 0 AS start, count() AS rows, sum(w) AS weight FROM ${source.sql} HAVING rows > 0`,
    row: windowRow,
  })(client, source.parameters);
  const rows = await profileRows(client, blank, source, { name: "reference_profile", start: "0" });
  const [window] = assembleWindows(blank, 0, windows, rows);
  if (window === undefined) return blank;
  const fill = (feature: ReferenceFeature, profile: FeatureProfile) =>
    withCounts(feature, profile, distinct.get(feature.name) ?? 0);
  return {
    ...blank,
    rows: window.rows,
    features: blank.features.map((feature, i) => fill(feature, window.features[i]!)),
    ...(blank.prediction === undefined || window.prediction === undefined
      ? {}
      : { prediction: fill(blank.prediction, window.prediction) }),
  };
}

// Sums of values near 1e308 are infinite, and a record holds numbers only: what is too large is the largest, what cancelled is nothing.
function withinDoubles(x: number): number {
  return Number.isNaN(x) ? 0 : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x));
}

function withCounts(feature: ReferenceFeature, profile: FeatureProfile, distinct: number): ReferenceFeature {
  const counts = {
    count: profile.count,
    null_count: profile.nullCount,
    missing_count: profile.missingCount + profile.wrongTypeCount,
    wrong_type_count: profile.wrongTypeCount,
  };
  if (feature.numeric !== undefined && profile.numeric !== undefined) {
    const { sum, sumSquares } = profile.numeric;
    const mean = profile.count > 0 ? withinDoubles(sum / profile.count) : 0;
    const variance = profile.count > 0 ? Math.max(0, sumSquares / profile.count - mean * mean) : 0;
    return {
      ...feature,
      ...counts,
      numeric: {
        ...feature.numeric,
        counts: profile.numeric.counts,
        mean,
        standard_deviation: withinDoubles(Math.sqrt(variance)),
      },
    };
  }
  const found = profile.categories ?? {};
  const categories = (feature.categories ?? []).map(({ name }) => ({ name, count: found[name] ?? 0 }));
  return {
    ...feature,
    ...counts,
    categories,
    // A profile names the most frequent of the others: in the reference they belong to the rest.
    other_count: Math.max(0, profile.count - categories.reduce((sum, { count }) => sum + count, 0)),
    ...(feature.type === "boolean" ? { distinct_count: 2 } : { distinct_count: distinct }),
  };
}
