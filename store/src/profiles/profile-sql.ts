import type { Reference, ReferenceFeature } from "@leeway/core/records";
import type { QueryParameter } from "../client/query-parameter.ts";
import { categoriesSql, categoryParameters } from "./category-sql.ts";
import { type GriddedFeature, gridSql } from "./grid-sql.ts";
import type { BucketSize } from "./quantile-sql.ts";
import { HAS_LAYOUT, type RowLayout } from "./row-layout.ts";
import type { RowSource } from "./row-source.ts";
import { identifiersSql, vocabularyParameters } from "./vocabulary-sql.ts";

/** ProfileStatement is the SELECT that profiles the rows of a source on a reference's bins, one row per bucket and feature. */
export interface ProfileStatement {
  sql: string;
  parameters: Record<string, QueryParameter>;
}

/** OUTPUT_FEATURE is the name under which the model's output stands: no feature can have it. */
export const OUTPUT_FEATURE = "";

/** PROFILE_COLUMNS are the columns that a ProfileStatement yields, in order. */
export const PROFILE_COLUMNS = `bucket, feature, number_count, string_count, boolean_count, null_count,
  minimum, maximum, sum, sum_squares, grid_counts, quantiles, categories, other_count, known_count, unseen_count`;

/**
 * PROFILE_SETTINGS are what a ProfileStatement runs with: a map is only asked whether it holds a name where the value does not tell.
 */
export const PROFILE_SETTINGS = {
  short_circuit_function_evaluation: "force_enable",
} as const;

// What branches yield that count neither.
const NO_MOMENTS = "0. AS minimum, 0. AS maximum, 0. AS sum, 0. AS sum_squares";
const NO_GRID = "emptyArrayFloat64() AS grid_counts, emptyArrayFloat64() AS quantiles";
const NO_NAMES = "CAST(map(), 'Map(String, Float64)') AS categories, 0. AS other_count";
const NO_CATEGORIES = `${NO_NAMES}, 0. AS known_count, 0. AS unseen_count`;
const NO_COUNTS = "0. AS number_count, 0. AS string_count, 0. AS boolean_count, 0. AS null_count";

/** Features that one statement counts: planning takes more than its share where there are many. */
const FEATURES_AT_ONCE = 200;

interface ProfileOptions {
  layout?: RowLayout | undefined;
  buckets?: readonly BucketSize[];
}

/** Which names a statement speaks of: those `here`, or all but those `elsewhere`, so that unknown features are counted once. */
type Names = { here: readonly string[] } | { elsewhere: readonly string[] };

/** profileStatements returns the statements that together profile `source` on the bins of `reference`: each yields rows of features of its own. */
export function profileStatements(
  reference: Reference,
  source: RowSource,
  options: ProfileOptions = {},
): ProfileStatement[] {
  const features = featuresOf(reference);
  const isLabel = reference.prediction?.type === "categorical";
  const statements: ProfileStatement[] = [];
  for (let at = 0; at === 0 || at < features.length; at += FEATURES_AT_ONCE) {
    const part = features.slice(at, at + FEATURES_AT_ONCE);
    const namesOf = (some: readonly ReferenceFeature[]) => some.map(({ name }) => name);
    const names =
      at === 0 ? { elsewhere: namesOf(features.slice(FEATURES_AT_ONCE)) } : { here: namesOf(part) };
    statements.push(profileStatement(part, names, { isLabel, referenceId: reference.id }, source, options));
  }
  return statements;
}

/**
 * profileStatement returns the SELECT that profiles `source` on the bins of some features. Rows are scanned in the engine and never leave it: one pass
 * looks every gridded value up, one counts categories, and the rest read names only. Of rows that share a layout, numbers are found by place instead of by
 * name; a row of another layout, come since that was found out, is left out: its hour is to be counted again anyway. Where the sizes of the buckets are given,
 * it yields quantiles of numbers as well; the rows must then have a `draw`.
 */
function profileStatement(
  features: readonly ReferenceFeature[],
  names: Names,
  { isLabel, referenceId }: { isLabel: boolean; referenceId: string },
  source: RowSource,
  { layout, buckets }: ProfileOptions,
): ProfileStatement {
  const gridded = griddedFeatures(features);
  const rows = layout === undefined ? source.sql : `(SELECT * FROM ${source.sql} WHERE ${HAS_LAYOUT})`;
  const grids = gridded.length === 0 ? undefined : gridSql(rows, gridded, { layout, buckets });
  const countedNumbers = features.filter(({ type }) => type === "numeric").map(({ name }) => name);
  const isSpokenOf = (name: string) =>
    "here" in names ? names.here.includes(name) : !names.elsewhere.includes(name);
  const otherNumbers = layout?.filter((name) => !countedNumbers.includes(name) && isSpokenOf(name));
  const branches = [
    ...(grids === undefined
      ? []
      : [
          `SELECT bucket, feature, number_count, string_count, 0. AS boolean_count, 0. AS null_count,
            minimum, maximum, sum, sum_squares, grid_counts, quantiles, ${NO_CATEGORIES} FROM (${grids.sql})`,
        ]),
    ...categoriesSql(source.sql, features).map(
      (sql) => `SELECT bucket, feature, 0. AS number_count, string_count, boolean_count, 0. AS null_count,
      ${NO_MOMENTS}, ${NO_GRID}, categories, other_count, known_count, unseen_count FROM (${sql})`,
    ),
    ...identifiersSql(source.sql, features).map(
      (sql) => `SELECT bucket, feature, ${NO_COUNTS},
      ${NO_MOMENTS}, ${NO_GRID}, ${NO_NAMES}, known_count, unseen_count FROM (${sql})`,
    ),
    ...otherSightingsSql(source.sql, isLabel, otherNumbers, names).map(
      (sql) => `SELECT bucket, feature, number_count, string_count, boolean_count, null_count,
      ${NO_MOMENTS}, ${NO_GRID}, ${NO_CATEGORIES} FROM (${sql})`,
    ),
  ];
  const counted = {
    countedNumbers,
    ...names,
    ...(otherNumbers === undefined ? {} : { otherNumbers }),
    countedStrings: features
      .filter(({ type }) => type === "categorical" || type === "text")
      .map(({ name }) => name),
  };
  const categories = categoryParameters(features);
  return {
    // Every column is filled by one branch only, but for counts of values of different types.
    sql: `SELECT bucket, feature, sum(b.number_count) AS number_count, sum(b.string_count) AS string_count,
        sum(b.boolean_count) AS boolean_count, sum(b.null_count) AS null_count,
        sum(b.minimum) AS minimum, sum(b.maximum) AS maximum, sum(b.sum) AS sum, sum(b.sum_squares) AS sum_squares,
        sumForEach(b.grid_counts) AS grid_counts, sumForEach(b.quantiles) AS quantiles, sumMap(b.categories) AS categories, sum(b.other_count) AS other_count,
        sum(b.known_count) AS known_count, sum(b.unseen_count) AS unseen_count
      FROM (${branches.join(" UNION ALL ")}) AS b
      GROUP BY bucket, feature`,
    parameters: {
      ...source.parameters,
      ...grids?.parameters,
      ...categories,
      ...vocabularyParameters(referenceId, features),
      ...counted,
      ...(layout === undefined ? {} : { layout }),
    },
  };
}

function featuresOf(reference: Reference): ReferenceFeature[] {
  const output = reference.prediction;
  return [...reference.features, ...(output === undefined ? [] : [{ ...output, name: OUTPUT_FEATURE }])];
}

function griddedFeatures(features: readonly ReferenceFeature[]): GriddedFeature[] {
  return features.flatMap(({ name, type, numeric }) => {
    if (numeric === undefined) return [];
    const value = name === OUTPUT_FEATURE ? "output" : type === "text" ? "length" : "number";
    return [{ name, value, grid: numeric.grid }];
  });
}

// Values that no other pass counts: of a type that the reference does not have for the feature, of unknown features, and nulls. Names only, and those of a
// layout once for all rows. A row may carry both a score and a label: it counts once, in the form the reference's output has, so that the other is no wrong type.
// All in one read of the rows, since each costs the engine some time to plan, however few they are.
function otherSightingsSql(
  rows: string,
  isLabel: boolean,
  otherNumbers: readonly string[] | undefined,
  names: Names,
): string[] {
  const named = (names: string, kind: number) => `arrayMap(name -> (toString(name), ${kind}), ${names})`;
  const others = (names: string, counted: string) =>
    `arrayFilter(name -> name NOT IN {${counted}:Array(String)}, ${names})`;
  const oddOutput = isLabel
    ? `if(isNotNull(output) AND isNull(output_label), [('${OUTPUT_FEATURE}', 1)], [])`
    : `if(isNotNull(output_label) AND isNull(output), [('${OUTPUT_FEATURE}', 2)], [])`;
  const sightings = [
    ...(otherNumbers === undefined ? [named(others("number_names", "countedNumbers"), 1)] : []),
    named(others("string_names", "countedStrings"), 2),
    named(others("boolean_names", "booleanFeatures"), 3),
    named("nulls", 4),
    oddOutput,
  ];
  return [
    `SELECT bucket, sighting.1 AS feature, sumIf(w, sighting.2 = 1) AS number_count, sumIf(w, sighting.2 = 2) AS string_count,
      sumIf(w, sighting.2 = 3) AS boolean_count, sumIf(w, sighting.2 = 4) AS null_count
    FROM (SELECT bucket, w, arrayJoin(arrayConcat(${sightings.join(", ")})) AS sighting FROM ${rows})
    WHERE sighting.1 ${"here" in names ? "IN {here:Array(String)}" : "NOT IN {elsewhere:Array(String)}"}
    GROUP BY bucket, feature`,
    ...(otherNumbers === undefined || otherNumbers.length === 0
      ? []
      : [
          `SELECT bucket, arrayJoin({otherNumbers:Array(String)}) AS feature, number_count, 0. AS string_count, 0. AS boolean_count, 0. AS null_count
          FROM (SELECT bucket, sum(w) AS number_count FROM ${rows} GROUP BY bucket)`,
        ]),
  ];
}
