import type { RowSource } from "./row-source.ts";

/** TagPair is one value of a tag: one source of the traffic. */
export interface TagPair {
  tag: string;
  value: string;
}

/**
 * bySource returns the same rows with the number of their source (its place among `pairs`) in place of the bucket; a row counts once for each tag.
 * The rows must yield `tags`.
 */
export function bySource(rows: RowSource, pairs: readonly TagPair[]): RowSource {
  const sources = "arrayZip({sourceTags:Array(String)}, {sourceValues:Array(String)})";
  const mine = "arrayMap((tag, value) -> (toString(tag), value), mapKeys(tags), mapValues(tags))";
  return {
    sql: `(SELECT source AS bucket, w, numbers, strings, booleans, number_names, string_names, boolean_names, nulls, output, output_label
      FROM ${rows.sql} ARRAY JOIN arrayFilter(i -> i > 0, arrayMap(pair -> indexOf(${sources}, pair), ${mine})) AS source)`,
    parameters: {
      ...rows.parameters,
      sourceTags: pairs.map(({ tag }) => tag),
      sourceValues: pairs.map(({ value }) => value),
    },
  };
}
