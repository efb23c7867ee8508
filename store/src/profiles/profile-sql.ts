import type { Reference, ReferenceFeature } from "@leeway/core/records";
import type { QueryParameter } from "../client/define-query.ts";
import { gridBoundaries } from "./grid-boundaries.ts";
import type { RowSource } from "./row-source.ts";

/** ProfileStatement is the SELECT that profiles the rows of a source on a reference's bins, one row per bucket and feature. */
export interface ProfileStatement {
  sql: string;
  parameters: Record<string, QueryParameter>;
}

/** Unseen categories named per bucket; the rest is pooled. */
const UNSEEN_NAMED = 50;

/** OUTPUT_FEATURE is the name under which the model's output stands: no feature can have it. */
export const OUTPUT_FEATURE = "";

/** PROFILE_COLUMNS are the columns that a ProfileStatement yields, in order. */
export const PROFILE_COLUMNS = `bucket, feature, number_count, string_count, boolean_count, null_count,
  minimum, maximum, sum, sum_squares, grid_counts, categories, other_count`;

/** profileStatement returns the SELECT that profiles `source` on the bins of `reference`. Rows are scanned in the engine and never leave it. */
export function profileStatement(reference: Reference, source: RowSource): ProfileStatement {
  const features = featuresOf(reference);
  const gridded = features.filter(({ numeric }) => numeric !== undefined);
  const grids = gridParameters(gridded);
  return {
    sql: `SELECT s.bucket AS bucket, s.feature AS feature, number_count, string_count, boolean_count, null_count,
        minimum, maximum, sum, sum_squares, g.grid_counts AS grid_counts, c.categories AS categories, c.other_count AS other_count
      FROM (${sightingsSql(source.sql)}) AS s
      LEFT JOIN (${gridSql(source.sql, gridded)}) AS g ON g.bucket = s.bucket AND g.feature = s.feature
      LEFT JOIN (${categoriesSql(source.sql)}) AS c ON c.bucket = s.bucket AND c.feature = s.feature`,
    parameters: { ...source.parameters, ...grids, ...categoryParameters(features) },
  };
}

function featuresOf(reference: Reference): ReferenceFeature[] {
  const output = reference.prediction;
  return [...reference.features, ...(output === undefined ? [] : [{ ...output, name: OUTPUT_FEATURE }])];
}

// A row may carry both a score and a label: it counts once, in the form the reference's output has, so that the other is no wrong type.
const OUTPUT_IS_A_LABEL = `('${OUTPUT_FEATURE}' IN {categoricalFeatures:Array(String)})`;

// Which features rows hold, as values of which type, and the moments of the numbers (of the lengths, for free text).
function sightingsSql(rows: string): string {
  const moments = (condition: string) =>
    `minIf(x, ${condition}) AS minimum, maxIf(x, ${condition}) AS maximum, sumIf(w * x, ${condition}) AS sum, sumIf(w * x * x, ${condition}) AS sum_squares`;
  return `SELECT bucket, toString(feature) AS feature, sumIf(w, kind = 1) AS number_count, sumIf(w, kind = 2) AS string_count,
      sumIf(w, kind = 3) AS boolean_count, sumIf(w, kind = 4) AS null_count,
      ${moments("kind = if(feature IN {textFeatures:Array(String)}, 2, 1)")}
    FROM (
      SELECT bucket, w, feature, 1 AS kind, x FROM ${rows} ARRAY JOIN mapKeys(numbers) AS feature, mapValues(numbers) AS x
      UNION ALL
      SELECT bucket, w, feature, 2, toFloat64(lengthUTF8(value)) FROM ${rows} ARRAY JOIN mapKeys(strings) AS feature, mapValues(strings) AS value
      UNION ALL
      SELECT bucket, w, feature, 3, 0. FROM ${rows} ARRAY JOIN mapKeys(booleans) AS feature
      UNION ALL
      SELECT bucket, w, feature, 4, 0. FROM ${rows} ARRAY JOIN nulls AS feature
      UNION ALL
      SELECT bucket, w, toLowCardinality('${OUTPUT_FEATURE}'), 1, assumeNotNull(output) FROM ${rows}
        WHERE isNotNull(output) AND (isNull(output_label) OR NOT ${OUTPUT_IS_A_LABEL})
      UNION ALL
      SELECT bucket, w, toLowCardinality('${OUTPUT_FEATURE}'), 2, 0. FROM ${rows}
        WHERE isNotNull(output_label) AND (isNull(output) OR ${OUTPUT_IS_A_LABEL})
    )
    GROUP BY bucket, feature`;
}

// One pass over the rows: each feature's value is rounded down to the boundary at which its bin begins, by binary search, and the
// boundaries are counted. NaN stands for an absent value.
function gridSql(rows: string, gridded: readonly ReferenceFeature[]): string {
  if (gridded.length === 0) {
    return "SELECT toDateTime(0, 'UTC') AS bucket, '' AS feature, emptyArrayFloat64() AS grid_counts WHERE 0";
  }
  const size = Math.max(...gridded.map(({ numeric }) => gridBoundaries(numeric!.grid).length + 1));
  const values = gridded.map((feature, i) => {
    const name = `{gridFeatures:Array(String)}[${i + 1}]`;
    const down = (value: string) => `roundDown(${value}, {boundaries${i}:Array(Float64)})`;
    if (feature.name === OUTPUT_FEATURE)
      return `(toUInt16(${i}), if(isNull(output), nan, ${down("assumeNotNull(output)")}))`;
    const [column, value] =
      feature.type === "text"
        ? ["strings", `toFloat64(lengthUTF8(strings[${name}]))`]
        : ["numbers", `numbers[${name}]`];
    return `(toUInt16(${i}), if(mapContains(${column}, ${name}), ${down(value)}, nan))`;
  });
  const bins = gridded.map(
    (_, i) => `SELECT toUInt16(${i}) AS f, b, max(position) - 1 AS bin
        FROM (SELECT {boundaries${i}:Array(Float64)} AS all) ARRAY JOIN all AS b, arrayEnumerate(all) AS position GROUP BY b`,
  );
  return `SELECT bucket, {gridFeatures:Array(String)}[f + 1] AS feature, groupArrayInsertAt(0., ${size})(n, toUInt32(bin)) AS grid_counts
    FROM (
      SELECT bucket, value.1 AS f, value.2 AS b, sum(w) AS n
      FROM (SELECT bucket, w, arrayJoin([${values.join(",\n")}]) AS value FROM ${rows})
      WHERE NOT isNaN(b)
      GROUP BY bucket, f, b
    ) AS counted
    INNER JOIN (${bins.join(" UNION ALL ")}) AS bins USING (f, b)
    GROUP BY bucket, f`;
}

// Counts of the reference's categories, of the most frequent unseen ones, and of the rest.
function categoriesSql(rows: string): string {
  return `SELECT bucket, toString(feature) AS feature,
      groupArrayIf((category, n), is_known) AS known,
      arraySlice(arrayReverseSort(pair -> pair.2, groupArrayIf((category, n), NOT is_known)), 1, ${UNSEEN_NAMED}) AS unseen,
      arrayConcat(known, unseen) AS named,
      mapFromArrays(arrayMap(pair -> pair.1, named), arrayMap(pair -> pair.2, named)) AS categories,
      greatest(0, sum(n) - arraySum(arrayMap(pair -> pair.2, named))) AS other_count
    FROM (
      SELECT bucket, feature, category, sum(w) AS n,
        (feature, category) IN (SELECT arrayJoin(arrayZip({knownFeatures:Array(String)}, {knownCategories:Array(String)}))) AS is_known
      FROM (
        SELECT bucket, w, feature, category FROM ${rows} ARRAY JOIN mapKeys(strings) AS feature, mapValues(strings) AS category
        WHERE feature IN {categoricalFeatures:Array(String)}
        UNION ALL
        SELECT bucket, w, feature, if(value, 'true', 'false') FROM ${rows} ARRAY JOIN mapKeys(booleans) AS feature, mapValues(booleans) AS value
        WHERE feature IN {booleanFeatures:Array(String)}
        UNION ALL
        SELECT bucket, w, toLowCardinality('${OUTPUT_FEATURE}'), toString(assumeNotNull(output_label)) FROM ${rows}
        WHERE isNotNull(output_label) AND '${OUTPUT_FEATURE}' IN {categoricalFeatures:Array(String)}
      )
      GROUP BY bucket, feature, category
    )
    GROUP BY bucket, feature`;
}

function gridParameters(gridded: readonly ReferenceFeature[]): Record<string, QueryParameter> {
  const parameters: Record<string, QueryParameter> = { gridFeatures: gridded.map(({ name }) => name) };
  gridded.forEach(({ numeric }, i) => {
    // Rounding down leaves what lies below the first boundary at the first: it needs one below everything.
    parameters[`boundaries${i}`] = [Number.NEGATIVE_INFINITY, ...gridBoundaries(numeric!.grid)];
  });
  return parameters;
}

function categoryParameters(features: readonly ReferenceFeature[]): Record<string, QueryParameter> {
  const names = (type: ReferenceFeature["type"]) =>
    features.filter((feature) => feature.type === type).map(({ name }) => name);
  const known = features.flatMap(({ name, categories }) =>
    (categories ?? []).map((category) => [name, category.name] as const),
  );
  return {
    textFeatures: names("text"),
    categoricalFeatures: names("categorical"),
    booleanFeatures: names("boolean"),
    knownFeatures: known.map(([name]) => name),
    knownCategories: known.map(([, category]) => category),
  };
}
