import type { Quantity } from "./quantities.ts";
import { definitionOf } from "./quantities.ts";
import { type Reading, readingsOf, type SourceMetrics } from "./source-metrics.ts";
import { SOURCES, type SourceName } from "./sources.ts";

/** KnownReading is a reading, of which source and quantity it is, and its place among the quantity's alternatives (0 is preferred). */
export interface KnownReading {
  readonly source: SourceName;
  readonly quantity: Quantity;
  readonly rank: number;
  readonly reading: Reading;
}

const NONE: readonly KnownReading[] = [];
const KNOWN = indexByName();

/**
 * findReadings returns the quantities that a metric gives, by its name. Ray writes `ray_` before vLLM's names, and some exporters
 * leave `_total` out: both are known. O(1).
 */
export function findReadings(metric: string): readonly KnownReading[] {
  const name = plainName(metric);
  return (
    KNOWN.get(name) ??
    KNOWN.get(name.endsWith("_total") ? name.slice(0, -"_total".length) : `${name}_total`) ??
    NONE
  );
}

/** plainName returns a metric's name without what Ray writes before it and, in newer versions, makes of its colon. O(1). */
export function plainName(metric: string): string {
  if (!metric.startsWith("ray_vllm")) return metric;
  return `vllm:${metric.slice("ray_vllm:".length)}`;
}

function indexByName(): ReadonlyMap<string, readonly KnownReading[]> {
  const known = new Map<string, KnownReading[]>();
  for (const [name, source] of Object.entries(SOURCES) as [SourceName, SourceMetrics][]) {
    for (const [quantity, alternatives] of Object.entries(source.quantities)) {
      alternatives?.forEach((alternative, rank) => {
        for (const reading of readingsOf(alternative)) {
          const entry = { source: name, quantity: quantity as Quantity, rank, reading };
          known.set(reading.metric, [...(known.get(reading.metric) ?? []), entry]);
        }
      });
    }
  }
  return known;
}

/** sourceMetrics returns what is known of a source. O(1). */
export function sourceMetrics(source: SourceName): SourceMetrics {
  return SOURCES[source];
}

/** namesOf returns the names under which a source has given a quantity, the newest first. O(names). */
export function namesOf(source: SourceName, quantity: Quantity): string[] {
  const alternatives = sourceMetrics(source).quantities[quantity] ?? [];
  return [...new Set(alternatives.flatMap((one) => readingsOf(one).map(({ metric }) => metric)))];
}

/** kindOfReading returns what a reading must be in a scrape to be of use: a part of a histogram is one, whatever the quantity is. O(1). */
export function kindOfReading({ quantity, reading }: Pick<KnownReading, "quantity" | "reading">) {
  if (reading.part === "quantiles") return "summary" as const;
  return reading.part === undefined ? definitionOf(quantity).kind : ("histogram or summary" as const);
}
