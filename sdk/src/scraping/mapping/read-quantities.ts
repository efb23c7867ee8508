import {
  definitionOf,
  findReadings,
  guessQuantity,
  type Quantity,
  type QuantityKind,
  type Reading,
  type SourceName,
  sourceMetrics,
} from "@leeway/core/quantities";
import type { Exposition, Family, FamilyType, Series } from "../exposition/exposition.ts";
import { type Histogram, wholeHistogram } from "./whole-histogram.ts";

/** QuantitySeries is one series of a quantity in the quantity's own unit. */
export interface QuantitySeries {
  readonly source: SourceName;
  readonly quantity: Quantity;
  /** The metric it was read from. */
  readonly metric: string;
  /** Whether the metric is taken for the quantity by its shape, no table naming it. */
  readonly isGuess: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly value: number | Histogram;
  readonly timestamp: number | undefined;
}

/** QuantitiesRead are the quantities of one scrape, and how many series had no number that can be used. */
export interface QuantitiesRead {
  readonly series: readonly QuantitySeries[];
  readonly blank: number;
  /** Histograms whose counts do not add up: they were read while they changed. */
  readonly torn: number;
}

interface Candidate {
  readonly source: SourceName;
  readonly quantity: Quantity;
  readonly rank: number;
  readonly reading: Reading;
  readonly family: Family;
  readonly isGuess: boolean;
}

const GUESS_RANK = 1_000;

/** isWanted decides whether a family may give a quantity. Amortised O(1). */
export function isWanted(metric: string, type: FamilyType): boolean {
  return findReadings(metric).length > 0 || guessOf(metric, type) !== undefined;
}

/**
 * readQuantities returns the canonical quantities in a scrape. Of a quantity's alternatives only the best that the scrape has counts; a metric that
 * is known by its shape alone counts where no named one is there. O(series).
 */
export function readQuantities(
  exposition: Pick<Exposition, "families">,
  only?: readonly SourceName[],
): QuantitiesRead {
  const best = new Map<string, Candidate[]>();
  for (const family of exposition.families.values()) {
    for (const candidate of candidatesOf(family)) {
      if (only !== undefined && !only.includes(candidate.source)) continue;
      const key = `${candidate.source} ${candidate.quantity}`;
      const rank = best.get(key)?.[0]?.rank ?? Number.POSITIVE_INFINITY;
      if (candidate.rank < rank) best.set(key, [candidate]);
      else if (candidate.rank === rank) best.get(key)?.push(candidate);
    }
  }
  const read = { series: [] as QuantitySeries[], blank: 0, torn: 0 };
  for (const candidates of best.values()) {
    for (const candidate of candidates) readCandidate(candidate, exposition.families, read);
  }
  return read;
}

function candidatesOf(family: Family): Candidate[] {
  const named = findReadings(family.metric)
    .filter((known) => family.series.some((series) => isUsable(known.quantity, known.reading, series)))
    .map((known) => ({ ...known, family, isGuess: false }));
  if (named.length > 0 || findReadings(family.metric).length > 0) return named;
  const guess = guessOf(family.metric, family.type);
  if (guess === undefined) return [];
  const { source, quantity, factor } = guess;
  const reading = { metric: family.metric, factor };
  return [{ source, quantity, rank: GUESS_RANK, reading, family, isGuess: true }];
}

function isUsable(quantity: Quantity, reading: Reading, series: Series): boolean {
  if (!isWhere(reading, series)) return false;
  if (reading.part === "quantiles") return series.quantiles !== undefined;
  if (reading.part !== undefined) return series[reading.part] !== undefined;
  return definitionOf(quantity).kind === "histogram"
    ? series.buckets !== undefined
    : series.value !== undefined;
}

function isWhere({ where }: Reading, { labels }: Series): boolean {
  if (where === undefined) return true;
  for (const label in where) if (!where[label]?.includes(labels[label] ?? "")) return false;
  return true;
}

function readCandidate(
  { source, quantity, reading, family, isGuess }: Candidate,
  families: Exposition["families"],
  read: { series: QuantitySeries[]; blank: number; torn: number },
): void {
  const { isBlank } = sourceMetrics(source);
  const factor = reading.factor ?? 1;
  const add = (series: Series, value: number | Histogram, attributes = reading.attributes ?? {}) => {
    const { labels, timestamp } = series;
    read.series.push({
      ...{ source, quantity, metric: family.metric, isGuess, labels, attributes, value, timestamp },
    });
  };
  const addNumber = (series: Series, value: number, attributes?: Readonly<Record<string, string>>) => {
    if (!Number.isFinite(value) || isBlank?.(value) === true) read.blank++;
    else add(series, factor === 1 ? value : Number((value * factor).toPrecision(15)), attributes);
  };
  for (const series of family.series) {
    if (!isUsable(quantity, reading, series)) continue;
    if (reading.part === "quantiles") {
      // Of a summary that saw nothing lately the quantiles are stale or missing.
      if (series.count === 0) continue;
      for (const [quantile, value] of series.quantiles ?? []) {
        addNumber(series, value, { ...reading.attributes, quantile: String(quantile) });
      }
    } else if (reading.part !== undefined) addNumber(series, series[reading.part] as number);
    else if (series.buckets === undefined) {
      const value = sumWith(reading.plus, series, families);
      if (value !== undefined) addNumber(series, value);
    } else {
      const histogram = wholeHistogram(series, factor);
      if (histogram === undefined) read.torn++;
      else add(series, histogram);
    }
  }
}

function sumWith(
  plus: readonly string[] | undefined,
  series: Series,
  families: Exposition["families"],
): number | undefined {
  let sum = series.value as number;
  for (const metric of plus ?? []) {
    const other = families.get(metric)?.series.find(({ labels }) => haveSameLabels(labels, series.labels));
    if (other?.value === undefined) return undefined;
    sum += other.value;
  }
  return sum;
}

function haveSameLabels(one: Series["labels"], other: Series["labels"]): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

const guesses = new Map<string, ReturnType<typeof guessQuantity>>();
const MOST_GUESSES = 20_000;

// The same names come with every scrape; what they seem to be is worked out once.
function guessOf(metric: string, type: FamilyType): ReturnType<typeof guessQuantity> {
  if (type === "unknown" || type === "summary") return undefined;
  const key = `${type} ${metric}`;
  if (guesses.has(key)) return guesses.get(key);
  const guess = guessQuantity(metric, type satisfies QuantityKind);
  if (guesses.size >= MOST_GUESSES) guesses.clear();
  guesses.set(key, guess);
  return guess;
}
