import type { Reference, ReferenceFeature } from "../records/index.ts";
import {
  byCodeUnits,
  countOnGrid,
  createNumericGrid,
  mostFrequent,
  quantileSorted,
} from "../statistics/index.ts";
import { outputName } from "./output-name.ts";
import type { FeatureProfile, WindowProfile } from "./window-profile.ts";

/** Column is one feature of a block of rows; null is an explicit null, NaN never occurs. */
export type Column = readonly (number | string | null)[];

/** Rows is a block of rows by column. */
export type Rows = Readonly<Record<string, Column>>;

/** Vocabularies are all values of features that have more of them than a reference names, by feature. */
export type Vocabularies = ReadonlyMap<string, ReadonlySet<string>>;

/** NAMED_CATEGORIES is how many categories a reference names, and UNSEEN_NAMED how many unseen ones a window does; the rest is pooled. */
export const NAMED_CATEGORIES = 200;
export const UNSEEN_NAMED = 50;

const isNumber = (value: number | string | null): value is number => typeof value === "number";
const isText = (value: number | string | null): value is string => typeof value === "string";

/** referenceFromRows returns the reference that the store builds from the same rows, from rows held in memory. O(n log n). */
export function referenceFromRows(
  rows: Rows,
  span: { from: number; to: number },
  prediction?: Column,
): Reference {
  return {
    id: "reference",
    model: "model",
    version: "1",
    source: "upload",
    rows: Object.values(rows)[0]?.length ?? 0,
    ...span,
    labelled_rows: 0,
    features: Object.entries(rows).map(([name, column]) => referenceFeatureFromRows(name, column)),
    ...(prediction === undefined
      ? {}
      : { prediction: referenceFeatureFromRows(outputName(Object.keys(rows)), prediction) }),
    created_at: span.to,
  };
}

/** referenceFeatureFromRows returns one feature of a reference: numeric where most values are numbers, else categorical. O(n log n). */
export function referenceFeatureFromRows(name: string, column: Column): ReferenceFeature {
  const numbers = Float64Array.from(column.filter(isNumber)).sort();
  const texts = column.filter(isText);
  const nulls = column.filter((value) => value === null).length;
  if (numbers.length >= texts.length) {
    const grid = createNumericGrid(numbers);
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
    return {
      name,
      type: "numeric",
      count: numbers.length,
      null_count: nulls,
      missing_count: texts.length,
      wrong_type_count: texts.length,
      numeric: {
        grid,
        counts: Array.from(countOnGrid(grid, numbers)),
        minimum: numbers[0] ?? 0,
        maximum: numbers.at(-1) ?? 0,
        mean,
        standard_deviation: Math.sqrt(variance),
      },
    };
  }
  const counts = countTexts(texts);
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || byCodeUnits(a[0], b[0]));
  const single = ordered.filter(([, count]) => count === 1).length;
  return {
    name,
    type: "categorical",
    count: texts.length,
    null_count: nulls,
    missing_count: numbers.length,
    wrong_type_count: numbers.length,
    categories: ordered.slice(0, NAMED_CATEGORIES).map(([category, count]) => ({ name: category, count })),
    other_count: ordered.slice(NAMED_CATEGORIES).reduce((sum, [, count]) => sum + count, 0),
    distinct_count: ordered.length,
    ...(ordered.length > NAMED_CATEGORIES
      ? { vocabulary: { kept: ordered.length, one_in: 1, rows: texts.length, single_rows: single } }
      : {}),
  };
}

/** profileRows returns the profile that the store loads for a window of the same rows, from rows held in memory. O(n log n). */
export function profileRows(
  reference: Reference,
  rows: Rows,
  span: { start: number; end: number },
  prediction?: Column,
  vocabularies: Vocabularies = new Map(),
): WindowProfile {
  const count = Object.values(rows)[0]?.length ?? 0;
  return {
    ...span,
    count,
    rows: count,
    features: reference.features.map((feature) =>
      profileFeature(feature, rows[feature.name] ?? [], count, vocabularies),
    ),
    ...(prediction === undefined || reference.prediction === undefined
      ? {}
      : { prediction: profileFeature(reference.prediction, prediction, count, vocabularies) }),
    unknownFeatures: {},
  };
}

function profileFeature(
  reference: ReferenceFeature,
  column: Column,
  rows: number,
  vocabularies: Vocabularies,
): FeatureProfile {
  const nullCount = column.filter((value) => value === null).length;
  const base = { name: reference.name, nullCount, missingCount: rows - column.length };
  const numbers = column.filter(isNumber);
  const texts = column.filter(isText);
  if (reference.numeric === undefined) {
    return {
      ...base,
      count: texts.length,
      wrongTypeCount: numbers.length,
      ...countedCategories(reference, texts, vocabularies.get(reference.name)),
    };
  }
  const sorted = Float64Array.from(numbers).sort();
  const { minimum, maximum, grid } = reference.numeric;
  return {
    ...base,
    count: numbers.length,
    wrongTypeCount: texts.length,
    numeric: {
      counts: Array.from(countOnGrid(grid, sorted)),
      minimum: sorted[0] ?? 0,
      maximum: sorted.at(-1) ?? 0,
      sum: sorted.reduce((sum, x) => sum + x, 0),
      sumSquares: sorted.reduce((sum, x) => sum + x * x, 0),
      belowCount: sorted.filter((x) => x < minimum).length,
      aboveCount: sorted.filter((x) => x > maximum).length,
      deciles:
        sorted.length === 0 ? [] : [1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => quantileSorted(sorted, k / 10)),
    },
  };
}

// As the store does: the reference's categories and the most frequent unseen ones by name, the rest pooled.
function countedCategories(
  { categories = [], vocabulary }: ReferenceFeature,
  texts: readonly string[],
  values: ReadonlySet<string> | undefined,
): Pick<FeatureProfile, "categories" | "otherCount" | "lookups"> {
  const named = new Set(categories.map(({ name }) => name));
  const counts = [...countTexts(texts)];
  const known = vocabulary === undefined ? named : values;
  const isUnseen = (name: string) => known !== undefined && !known.has(name);
  const unseen = counts.filter(([name]) => isUnseen(name));
  const kept = [
    ...counts.filter(([name]) => named.has(name)),
    ...mostFrequent(
      unseen.filter(([name]) => !named.has(name)),
      UNSEEN_NAMED,
    ),
  ];
  const unseenRows = unseen.reduce((sum, [, count]) => sum + count, 0);
  return {
    categories: Object.fromEntries(kept),
    otherCount: texts.length - kept.reduce((sum, [, count]) => sum + count, 0),
    ...(vocabulary === undefined || values === undefined
      ? {}
      : { lookups: { known: texts.length - unseenRows, unseen: unseenRows } }),
  };
}

function countTexts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
