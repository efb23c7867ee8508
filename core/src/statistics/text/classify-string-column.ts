import { insufficientData, type NotComputable } from "../outcome.ts";

/** StringColumn is what must be known of a string column to say what it is; all of it can be computed by a query. */
export type StringColumn = {
  /** Non-missing values. */
  rows: number;
  distinct: number;
  /** Mean length in characters. */
  meanLength: number;
  /** Mean number of runs without white space. */
  meanWords: number;
};

/** StringColumnKind says how a string column is to be monitored. */
export type StringColumnKind =
  | { readonly outcome: "categorical" | "free_text" | "identifier"; readonly reason: string }
  | NotComputable;

/** Below this many values nothing can be said of how often they repeat. */
const MINIMUM_ROWS = 20;

/** MOST_CATEGORIES is how many distinct values a column of categories may have; with more it holds identifiers. */
export const MOST_CATEGORIES = 100_000;

/**
 * classifyStringColumn decides whether a string column holds categories, free text or identifiers, with the reason.
 *
 * Categories repeat; free text rarely does and has words; identifiers rarely do and have none. Columns that repeat are categories
 * however long their values are, up to 100,000 of them. Smallest sample: 20 values (`insufficient_data`). O(1).
 *
 * @example classifyStringColumn({ rows: 1000, distinct: 4, meanLength: 6, meanWords: 1 }).outcome; // "categorical"
 */
export function classifyStringColumn(column: StringColumn): StringColumnKind {
  const { rows, distinct, meanLength, meanWords } = column;
  if (rows < MINIMUM_ROWS) return insufficientData(`${rows} values; ${MINIMUM_ROWS} are needed`);
  const perValue = rows / distinct;
  const facts = `${distinct} distinct values in ${rows} rows, ${meanLength.toFixed(1)} characters and ${meanWords.toFixed(1)} words on average`;
  const isMany = distinct > MOST_CATEGORIES;
  if ((perValue >= 5 && !isMany) || distinct <= 20)
    return { outcome: "categorical", reason: `values repeat: ${facts}` };
  if (meanWords >= 3 || (meanWords >= 2 && meanLength >= 40)) {
    return { outcome: "free_text", reason: `values have words and rarely repeat: ${facts}` };
  }
  if (isMany) return { outcome: "identifier", reason: `too many values for categories: ${facts}` };
  if (perValue < 1.5) return { outcome: "identifier", reason: `nearly every value is its own: ${facts}` };
  return { outcome: "categorical", reason: `short values that repeat: ${facts}` };
}

/**
 * describeStrings returns what `classifyStringColumn` needs to know of a column; null is missing.
 *
 * O(total length).
 *
 * @example describeStrings(["a b", null, "c"]); // { rows: 2, distinct: 2, meanLength: 2, meanWords: 1.5 }
 */
export function describeStrings(values: readonly (string | null)[]): StringColumn {
  const distinct = new Set<string>();
  let rows = 0;
  let length = 0;
  let words = 0;
  for (const value of values) {
    if (value === null) continue;
    rows++;
    distinct.add(value);
    length += value.length;
    words += value.match(/\S+/gu)?.length ?? 0;
  }
  const mean = (sum: number) => (rows === 0 ? 0 : sum / rows);
  return { rows, distinct: distinct.size, meanLength: mean(length), meanWords: mean(words) };
}
