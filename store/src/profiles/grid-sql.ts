import type { NumericGrid } from "@leeway/core/statistics";
import type { QueryParameter } from "../client/query-parameter.ts";
import { binLookups } from "./bin-sql.ts";
import { type BucketSize, drawingOf } from "./quantile-sql.ts";
import type { RowLayout } from "./row-layout.ts";

/** GriddedFeature is a feature counted on a grid: its numbers, the lengths of its texts, or the model's output. */
export interface GriddedFeature {
  name: string;
  value: "number" | "length" | "output";
  grid: NumericGrid;
}

/**
 * gridSql returns the SELECT of moments and dense grid counts per bucket and feature, and what it binds. One pass finds each value's bin and adds the row's
 * weight to that bin of an array. Rows of a known layout hold each of its numbers at a known place; numbers that it lacks are left out. Quantiles of numbers
 * are there where the sizes of the buckets are given.
 */
export function gridSql(
  rows: string,
  gridded: readonly GriddedFeature[],
  { layout, buckets }: { layout?: RowLayout | undefined; buckets?: readonly BucketSize[] | undefined } = {},
): { sql: string; parameters: Record<string, QueryParameter> } {
  const drawing = buckets === undefined ? undefined : drawingOf(buckets);
  const { tables, lookups } = binLookups(gridded.map(({ grid }) => grid));
  const counted = gridded.flatMap((feature, i) => {
    const found = layout === undefined ? valueExpressions(feature, i) : placedExpressions(feature, i, layout);
    return found === undefined ? [] : [{ i, feature, lookup: lookups[i]!, ...found }];
  });
  const columns = [
    ...(drawing?.columns ?? []),
    ...counted.flatMap(({ i, value, isThere }) => [
      `${value} AS value${i}`,
      ...(isThere === undefined ? [] : [`${isThere} AS is_there${i}`]),
    ]),
  ];
  const aggregates = counted.map(({ i, feature, lookup, isThere }) => {
    const [suffix, condition] = isThere === undefined ? ["", ""] : ["If", `, is_there${i}`];
    const value = `value${i}`;
    return `tuple(
      sum${suffix}(w${condition}), min${suffix}(${value}${condition}), max${suffix}(${value}${condition}),
      sum${suffix}(w * ${value}${condition}), sum${suffix}(w * ${value} * ${value}${condition}),
      sumResample${suffix}(0, ${lookup.bins}, 1)(w, ${lookup.sql(value)}${condition}),
      ${drawing === undefined || feature.value !== "number" ? "emptyArrayFloat64()" : drawing.quantiles(value, isThere === undefined ? undefined : `is_there${i}`)}) AS aggregate${i}`;
  });
  const numbered = counted.map(({ i, feature }) => {
    const kind = feature.value === "length" ? 2 : 1;
    return `tuple({gridFeature${i}:String}, ${kind}, aggregate${i})`;
  });
  return {
    sql: `SELECT bucket, pair.1 AS feature, if(pair.2 = 1, pair.3.1, 0.) AS number_count, if(pair.2 = 2, pair.3.1, 0.) AS string_count,
      pair.3.2 AS minimum, pair.3.3 AS maximum, pair.3.4 AS sum, pair.3.5 AS sum_squares, pair.3.6 AS grid_counts, pair.3.7 AS quantiles
    FROM (
      SELECT bucket, arrayJoin([${numbered.join(", ")}]) AS pair
      FROM (${tables} SELECT bucket, ${aggregates.join(",\n")} FROM (SELECT ${["bucket", "w", ...columns].join(", ")} FROM ${rows}) GROUP BY bucket)
    )
    WHERE pair.3.1 > 0`,
    parameters: Object.assign(
      {},
      ...counted.map(({ i, feature }) => ({ [`gridFeature${i}`]: feature.name })),
      ...lookups.map(({ parameters }) => parameters),
      drawing?.parameters,
    ),
  };
}

/**
 * valueExpressions returns the SQL of the i-th feature's value (its name is bound as `gridFeature` with that number) and of whether the row has one. A map answers 0
 * or an empty text for a name it does not hold: only then does it have to be asked again.
 */
export function valueExpressions(
  feature: Pick<GriddedFeature, "value">,
  i: number,
): { value: string; isThere: string } {
  const name = `{gridFeature${i}:String}`;
  switch (feature.value) {
    case "number":
      return {
        value: `numbers[${name}]`,
        isThere: `(numbers[${name}] != 0 OR mapContains(numbers, ${name}))`,
      };
    case "length":
      return {
        value: `toFloat64(lengthUTF8(strings[${name}]))`,
        isThere: `(strings[${name}] != '' OR mapContains(strings, ${name}))`,
      };
    case "output":
      return { value: "ifNull(output, 0)", isThere: "isNotNull(output)" };
    default:
      return feature.value satisfies never;
  }
}

function placedExpressions(
  feature: GriddedFeature,
  i: number,
  layout: RowLayout,
): { value: string; isThere?: string } | undefined {
  if (feature.value !== "number") return valueExpressions(feature, i);
  const place = layout.indexOf(feature.name) + 1;
  return place === 0 ? undefined : { value: `number_values[${place}]` };
}
