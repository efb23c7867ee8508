import type { FeatureType, Reference, ReferenceFeature } from "@leeway/core/records";
import { classifyStringColumn, createNumericGrid } from "@leeway/core/statistics";
import { OUTPUT_FEATURE } from "../profiles/profile-sql.ts";
import type { FeatureSummary } from "./feature-summaries.ts";

/** ReferenceIdentity is what a reference is before its rows have been looked at. */
export type ReferenceIdentity = Pick<
  Reference,
  "id" | "model" | "version" | "environment" | "source" | "from" | "to" | "created_at"
>;

/** featureTypeOf decides the type of a feature: that of most of its values; texts that hardly repeat and have words are free text. */
export function featureTypeOf(summary: FeatureSummary): FeatureType {
  const { numbers, strings, booleans } = summary;
  // The model's output is its score or value wherever it has one: the class only follows from it.
  if (summary.feature === OUTPUT_FEATURE) return numbers > 0 ? "numeric" : "categorical";
  if (numbers >= strings && numbers >= booleans) return "numeric";
  if (booleans >= strings) return "boolean";
  const kind = stringKindOf(summary);
  // Like free text, identifiers are watched by their length.
  return kind === "free_text" || kind === "identifier" ? "text" : "categorical";
}

/** stringKindOf decides what the texts of a feature are: categories, free text, identifiers, or too few to tell. */
export function stringKindOf(summary: FeatureSummary): ReturnType<typeof classifyStringColumn>["outcome"] {
  return classifyStringColumn({
    rows: summary.strings,
    distinct: summary.distinct_strings,
    meanLength: summary.mean_length,
    meanWords: summary.mean_words,
  }).outcome;
}

/** blankFeature returns a feature of a reference with its bins or categories, and nothing counted in them yet. */
export function blankFeature(
  summary: FeatureSummary,
  name: string,
  values: { sorted?: ArrayLike<number> | undefined; categories?: readonly string[] | undefined },
): ReferenceFeature {
  const { sorted, categories } = values;
  return {
    name,
    type: featureTypeOf(summary),
    count: 0,
    null_count: 0,
    missing_count: 0,
    wrong_type_count: 0,
    ...(sorted === undefined
      ? {}
      : {
          numeric: {
            grid: createNumericGrid(sorted),
            counts: [],
            minimum: sorted[0] ?? 0,
            maximum: sorted[sorted.length - 1] ?? 0,
            mean: 0,
            standard_deviation: 0,
          },
        }),
    ...(categories === undefined
      ? {}
      : {
          categories: categories.map((name) => ({ name, count: 0 })),
          other_count: 0,
          distinct_count: summary.distinct_strings,
        }),
  };
}
