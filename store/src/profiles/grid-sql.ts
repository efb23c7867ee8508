import type { NumericGrid } from "@leeway/core/statistics";
import type { QueryParameter } from "../client/define-query.ts";
import { gridBoundaries } from "./grid-boundaries.ts";

/** GriddedFeature is a feature counted on a grid: its numbers, the lengths of its texts, or the model's output. */
export interface GriddedFeature {
  name: string;
  value: "number" | "length" | "output";
  grid: Pick<NumericGrid, "edges" | "atomEdges">;
}

/**
 * gridSql returns the SELECT of moments and dense grid counts per bucket and feature. One pass: each value is rounded down to the boundary at
 * which its bin begins (binary search), the boundary is turned into the bin's number, and the row's weight is added to that bin of an array.
 */
export function gridSql(rows: string, gridded: readonly GriddedFeature[]): string {
  const aggregates = gridded.map((feature, i) => {
    const { value, isThere } = valueExpressions(feature, i);
    const bin = `transform(roundDown(${value}, {boundaries${i}:Array(Float64)}), {starts${i}:Array(Float64)}, {bins${i}:Array(UInt16)}, toUInt16(0))`;
    const bins = gridBoundaries(feature.grid).length + 1;
    return `tuple(
      sumIf(w, ${isThere}), minIf(${value}, ${isThere}), maxIf(${value}, ${isThere}),
      sumIf(w * ${value}, ${isThere}), sumIf(w * ${value} * ${value}, ${isThere}),
      sumResampleIf(0, ${bins}, 1)(w, ${bin}, ${isThere})) AS aggregate${i}`;
  });
  const numbered = gridded.map((feature, i) => {
    const kind = feature.value === "length" ? 2 : 1;
    return `tuple({gridFeatures:Array(String)}[${i + 1}], ${kind}, aggregate${i})`;
  });
  return `SELECT bucket, pair.1 AS feature, if(pair.2 = 1, pair.3.1, 0.) AS number_count, if(pair.2 = 2, pair.3.1, 0.) AS string_count,
      pair.3.2 AS minimum, pair.3.3 AS maximum, pair.3.4 AS sum, pair.3.5 AS sum_squares, pair.3.6 AS grid_counts
    FROM (
      SELECT bucket, arrayJoin([${numbered.join(", ")}]) AS pair
      FROM (SELECT bucket, ${aggregates.join(",\n")} FROM ${rows} GROUP BY bucket)
    )
    WHERE pair.3.1 > 0`;
}

/** gridParameters returns what a gridSql statement binds. */
export function gridParameters(gridded: readonly GriddedFeature[]): Record<string, QueryParameter> {
  const parameters: Record<string, QueryParameter> = { gridFeatures: gridded.map(({ name }) => name) };
  gridded.forEach(({ grid }, i) => {
    // Rounding down leaves what lies below the first boundary at the first: it needs one below everything.
    const boundaries = [Number.NEGATIVE_INFINITY, ...gridBoundaries(grid)];
    // An atom beside the next double gives the same boundary twice; a value there lies in the later bin.
    const bins = new Map(boundaries.map((boundary, bin) => [boundary, bin]));
    parameters[`boundaries${i}`] = [...bins.keys()];
    parameters[`starts${i}`] = [...bins.keys()];
    parameters[`bins${i}`] = [...bins.values()];
  });
  return parameters;
}

/**
 * valueExpressions returns the SQL of the i-th feature's value (of those named in `gridFeatures`) and of whether the row has one. A map answers 0
 * or an empty text for a name it does not hold: only then does it have to be asked again.
 */
export function valueExpressions(
  feature: Pick<GriddedFeature, "value">,
  i: number,
): { value: string; isThere: string } {
  const name = `{gridFeatures:Array(String)}[${i + 1}]`;
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
