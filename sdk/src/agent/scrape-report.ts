import type { Quantity, SourceName } from "@leeway/core/quantities";
import { definitionOf } from "@leeway/core/quantities";
import type { Exposition } from "../scraping/exposition/exposition.ts";
import { type Assigned, type AssignRule, assignSeries } from "../scraping/mapping/assign.ts";
import { type QuantitySeries, readQuantities } from "../scraping/mapping/read-quantities.ts";
import type { Target } from "../scraping/targets/target.ts";
import type { Unassigned } from "./agent.ts";
import type { AgentSample } from "./create-sender.ts";

/** ScrapeReport is what became of one scrape. */
export interface ScrapeReport {
  readonly series: readonly QuantitySeries[];
  readonly samples: readonly AgentSample[];
  readonly unassigned: readonly Unassigned[];
  readonly quantities: readonly Quantity[];
  readonly blank: number;
  readonly torn: number;
}

/** A time of its own that is further away is a mistake of the exporter. */
const DAY_MS = 86_400_000;

/** reportScrape turns a scrape into samples: whole histograms, gauges and counters in canonical units, each with its model or held back. O(series). */
export function reportScrape(
  exposition: Pick<Exposition, "families">,
  target: Target,
  options: { readonly rules: readonly AssignRule[]; readonly sendsUnassigned: boolean; readonly now: number },
): ScrapeReport {
  const only = target.source === undefined ? undefined : [target.source];
  const { series, blank, torn } = readQuantities(exposition, only);
  const samples: AgentSample[] = [];
  const unassigned = new Map<SourceName, { series: number; example: Readonly<Record<string, string>> }>();
  for (const one of series) {
    const assigned = assignSeries(one, target, options.rules);
    if (assigned.model === undefined) {
      const held = unassigned.get(one.source) ?? { series: 0, example: one.labels };
      held.series++;
      unassigned.set(one.source, held);
      if (!options.sendsUnassigned) continue;
    }
    samples.push(toSample(one, assigned, options.now));
  }
  return {
    ...{ series, samples, blank, torn },
    unassigned: [...unassigned].map(([source, held]) => ({ source, ...held })),
    quantities: [...new Set(series.map(({ quantity }) => quantity))],
  };
}

function toSample(series: QuantitySeries, assigned: Assigned, now: number): AgentSample {
  const { kind, unit } = definitionOf(series.quantity);
  const { model, version, replica, attributes } = assigned;
  const isNear = series.timestamp !== undefined && Math.abs(series.timestamp - now) < DAY_MS;
  const reading =
    typeof series.value === "number"
      ? { value: series.value }
      : {
          buckets: series.value.buckets,
          count: series.value.count,
          ...(series.value.sum !== undefined && { sum: series.value.sum }),
        };
  return {
    ...{ metric: series.quantity, kind, unit, replica, attributes, ...reading },
    timestamp: isNear ? (series.timestamp as number) : now,
    ...(model !== undefined && { model }),
    ...(version !== undefined && { version }),
  };
}
