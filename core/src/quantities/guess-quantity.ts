import { plainName } from "./find-readings.ts";
import { definitionOf, QUANTITIES, type Quantity, type QuantityKind } from "./quantities.ts";
import type { SourceMetrics } from "./source-metrics.ts";
import { SOURCES, type SourceName } from "./sources.ts";

/** Guess is what a metric of an unknown name seems to be, by its words, its kind and its unit. */
export interface Guess {
  readonly source: SourceName;
  readonly quantity: Quantity;
  /** What turns its unit into the quantity's. */
  readonly factor: number;
}

const UNITS: readonly (readonly [RegExp, string, number])[] = [
  [/_(milliseconds|ms)$/, "seconds", 1e-3],
  [/_(microseconds|us)$/, "seconds", 1e-6],
  [/_(nanoseconds|ns)$/, "seconds", 1e-9],
  [/_seconds$/, "seconds", 1],
  [/_(ratio|perc|fraction)$/, "ratio", 1],
  [/_percent$/, "ratio", 0.01],
];

/**
 * guessQuantity decides which quantity a metric gives that no table names: one of a known source, of the quantity's kind, whose name holds the
 * quantity's words and whose unit is the same or can be converted. Of several the one with the most words; none where two are as good. O(quantities).
 */
export function guessQuantity(metric: string, kind: QuantityKind): Guess | undefined {
  const name = plainName(metric);
  const source = sourceOf(name);
  if (source === undefined) return undefined;
  const [unit, factor] = unitOf(name);
  const words = new Set(wordsOf(name));
  let best: { quantity: Quantity; words: number } | undefined;
  let isTied = false;
  for (const quantity of Object.keys(QUANTITIES) as Quantity[]) {
    if (!isGivenBy(source, quantity)) continue;
    const matched = matchingWords(quantity, kind, unit, words);
    if (matched === 0) continue;
    isTied = matched === best?.words;
    if (best === undefined || matched > best.words) best = { quantity, words: matched };
  }
  return best === undefined || isTied ? undefined : { source, quantity: best.quantity, factor };
}

function sourceOf(name: string): SourceName | undefined {
  const known = Object.entries(SOURCES) as [SourceName, SourceMetrics][];
  return known.find(([, { prefixes }]) => prefixes.some((prefix) => name.startsWith(prefix)))?.[0];
}

// Only what the source is known to give may have been renamed; anything else with such words is something else.
function isGivenBy(source: SourceName, quantity: Quantity): boolean {
  return (SOURCES[source] as SourceMetrics).quantities[quantity] !== undefined;
}

function unitOf(name: string): [string | undefined, number] {
  const found = UNITS.find(([pattern]) => pattern.test(name.replace(/_total$/, "")));
  return found === undefined ? [undefined, 1] : [found[1], found[2]];
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}

function matchingWords(
  quantity: Quantity,
  kind: QuantityKind,
  unit: string | undefined,
  words: ReadonlySet<string>,
): number {
  const wanted = definitionOf(quantity);
  if (wanted.kind !== kind || wanted.words === undefined) return 0;
  // A time must say its unit, since a factor of a thousand is worse than nothing; a count needs none.
  if (unit === undefined ? wanted.unit === "seconds" : unit !== wanted.unit) return 0;
  if (wanted.without?.some((word) => words.has(word))) return 0;
  const matching = wanted.words.filter((all) => all.every((word) => words.has(word)));
  return Math.max(0, ...matching.map((all) => all.length));
}
