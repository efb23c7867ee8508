import { LARGEST_VALUE } from "@leeway/core/performance";
import type { FeatureProfile } from "@leeway/core/profile";
import type { Reference, ReferenceFeature } from "@leeway/core/records";
import { decileCounts } from "@leeway/core/statistics";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { assembleWindows, windowRow } from "../profiles/profile-row.ts";
import { profileRows } from "../profiles/profile-rows.ts";
import type { RowSource } from "../profiles/row-source.ts";

/**
 * withOutputMeans returns the reference with the mean output of the model in every PSI bin of every feature, counted by the statement that counts
 * windows with each row weighing what the model said of it. Models without a number for an output have none.
 */
export async function withOutputMeans(
  client: ClickHouseClient,
  source: RowSource,
  reference: Reference,
): Promise<Reference> {
  const { minimum: lowest, maximum: highest } = reference.prediction?.numeric ?? {};
  // Beyond this sums of them say nothing.
  if (lowest === undefined || highest === undefined || !(highest - lowest <= LARGEST_VALUE)) return reference;
  // A weight must not be negative: outputs count from the lowest one.
  const [mass, rows] = await Promise.all([
    profileOf(client, weighed(source, "w * (assumeNotNull(output) - {lowest:Float64})", lowest), reference),
    profileOf(client, weighed(source, "w", lowest), reference),
  ]);
  if (mass === undefined || rows === undefined) return reference;
  return {
    ...reference,
    features: reference.features.map((feature, i) => {
      const sums = binsOf(feature, mass[i]);
      const counts = binsOf(feature, rows[i]);
      const means = sums.map((sum, bin) => (counts[bin]! > 0 ? lowest + sum / counts[bin]! : null));
      return { ...feature, prediction_means: means };
    }),
  };
}

function weighed(source: RowSource, weight: string, lowest: number): RowSource {
  return {
    sql: `(SELECT bucket, ${weight} AS w, numbers, strings, booleans, number_names, string_names, boolean_names, nulls, output, output_label
      FROM (SELECT * FROM ${source.sql} WHERE isFinite(ifNull(output, nan))))`,
    parameters: { ...source.parameters, lowest },
  };
}

async function profileOf(
  client: ClickHouseClient,
  source: RowSource,
  reference: Reference,
): Promise<FeatureProfile[] | undefined> {
  const [total, features] = await Promise.all([
    defineQuery({
      name: "reference_output_total",
      sql: `SELECT 0 AS start, count() AS rows, sum(w) AS weight FROM ${source.sql} HAVING rows > 0`,
      row: windowRow,
    })(client, source.parameters),
    profileRows(client, reference, source, { name: "reference_output_means", start: "0" }),
  ]);
  return assembleWindows(reference, 0, total, features)[0]?.features;
}

// The PSI bins in their order (categories and then the rest of them), then missing values and those of another type.
function binsOf(feature: ReferenceFeature, profile: FeatureProfile | undefined): number[] {
  if (profile === undefined) return [];
  const absent = profile.nullCount + profile.missingCount + profile.wrongTypeCount;
  if (feature.numeric !== undefined) {
    return [...decileCounts(feature.numeric.grid, profile.numeric?.counts ?? []), absent];
  }
  const found = profile.categories ?? {};
  const named = (feature.categories ?? []).map(({ name }) => found[name] ?? 0);
  const rest = profile.count - named.reduce((sum, count) => sum + count, 0);
  return [...named, Math.max(0, rest), absent];
}
