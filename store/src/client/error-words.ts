import type { QueryParameter } from "./query-parameter.ts";

const LONGEST = 1_000;
// What an engine quotes of a statement stands behind these words, with every value that it was given.
const QUOTED_STATEMENT = /:? ?\(?(?:In scope|[Ww]hile (?:processing|executing)|Maybe you meant)\b[\s\S]*$/;

/**
 * errorWords returns what an engine says of a failure without the values that it quotes: texts and lists may be somebody's data, and megabytes long. Of them the
 * length is left, and of the statement nothing.
 *
 * @example errorWords("Cannot parse 'Jane Doe' as Float64: In scope SELECT 1") // "Cannot parse '8 characters' as Float64"
 */
export function errorWords(message: string): string {
  const told = message
    .slice(0, 100 * LONGEST)
    .replace(QUOTED_STATEMENT, "")
    .replace(/'((?:[^'\\]|\\[\s\S])*)(?:'|$)/g, (_, text: string) => `'${text.length} characters'`)
    .replace(/\[[^[\]]{40,}\]/g, (list) => `[${list.split(",").length} values]`);
  return told.length > LONGEST ? `${told.slice(0, LONGEST)}…` : told;
}

/** parameterSizes returns the names of what a query was given and how much it was, without any value. */
export function parameterSizes(parameters: Readonly<Record<string, QueryParameter>>): string {
  return Object.entries(parameters)
    .slice(0, 40)
    .map(([name, value]) => {
      if (Array.isArray(value)) return `${name} (${value.length} values)`;
      return typeof value === "string" ? `${name} (${value.length} characters)` : name;
    })
    .join(", ");
}
