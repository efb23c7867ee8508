import { definitionOf } from "@leeway/core/quantities";
import type { QuantitySeries } from "./read-quantities.ts";

/** Resets are the metrics whose counters fell since the scrape before, which only a restart makes them do. */
export interface Resets {
  readonly metrics: readonly string[];
  /** Every counter's value and every histogram's count, to compare the next scrape with. */
  readonly totals: ReadonlyMap<string, number>;
}

/** findResets compares the counters of a scrape with those of the one before. Values are sent as they are counted: who reads them adds up over resets. O(series). */
export function findResets(before: ReadonlyMap<string, number>, series: readonly QuantitySeries[]): Resets {
  const totals = new Map<string, number>();
  const metrics = new Set<string>();
  for (const one of series) {
    const total = totalOf(one);
    if (total === undefined) continue;
    const key = `${one.quantity} ${one.metric} ${Object.values(one.labels).join("\u0001")} ${Object.values(one.attributes).join("\u0001")}`;
    totals.set(key, total);
    const last = before.get(key);
    if (last !== undefined && total < last) metrics.add(one.metric);
  }
  return { metrics: [...metrics], totals };
}

function totalOf({ quantity, value }: QuantitySeries): number | undefined {
  if (typeof value !== "number") return value.count;
  return definitionOf(quantity).kind === "counter" ? value : undefined;
}
