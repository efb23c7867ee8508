import {
  definitionOf,
  findReadings,
  GPU_LABELS,
  type KnownReading,
  sourceMetrics,
} from "@leeway/core/quantities";
import type { TelemetrySample } from "@leeway/core/wire";

/** Measured is what a data point says: a number, or a histogram. */
export type Measured = Pick<TelemetrySample, "kind" | "value" | "buckets" | "sum" | "count">;

/** Canonical is a data point under the name and unit that Leeway shows it by; `blank` where the driver has no value. */
export type Canonical = (Measured & Pick<TelemetrySample, "metric" | "unit"> & { source: string }) | "blank";

type Attributes = Readonly<Record<string, string>>;

/**
 * preferredReadings returns which of a sender's metrics give a quantity: of two names of one quantity the newer alone, so that a metric that is exposed under both
 * is counted once. O(names).
 */
export function preferredReadings(names: Iterable<string>): ReadonlySet<KnownReading> {
  const best = new Map<string, KnownReading[]>();
  for (const name of names) {
    for (const known of findReadings(name)) {
      // A part of a histogram and a sum of several metrics are no data point of their own.
      if (known.reading.part !== undefined || known.reading.plus !== undefined) continue;
      const key = `${known.source} ${known.quantity}`;
      const rank = best.get(key)?.[0]?.rank ?? Number.POSITIVE_INFINITY;
      if (known.rank < rank) best.set(key, [known]);
      else if (known.rank === rank) best.get(key)?.push(known);
    }
  }
  return new Set([...best.values()].flat());
}

/** toCanonical returns a data point as the quantity that its metric gives, or undefined where the metric keeps its own name. O(buckets). */
export function toCanonical(
  name: string,
  measured: Measured,
  attributes: Attributes,
  preferred: ReadonlySet<KnownReading>,
): Canonical | undefined {
  if (isOtherHardware(name, attributes)) return undefined;
  const known = findReadings(name).find((one) => preferred.has(one) && fits(one, measured, attributes));
  if (known === undefined) return undefined;
  const { quantity, reading, source } = known;
  const { kind, unit } = definitionOf(quantity);
  const factor = reading.factor ?? 1;
  const common = { metric: quantity, unit, kind, source };
  if (measured.value === undefined) return { ...common, ...histogramIn(measured, factor) };
  if (sourceMetrics(source).isBlank?.(measured.value) === true) return "blank";
  return { ...common, value: factor === 1 ? measured.value : rounded(measured.value * factor, 15) };
}

function fits({ quantity, reading }: KnownReading, { buckets }: Measured, attributes: Attributes): boolean {
  const isHistogram = definitionOf(quantity).kind === "histogram";
  if (isHistogram !== (buckets !== undefined)) return false;
  return Object.entries(reading.where ?? {}).every(([label, values]) =>
    values.includes(attributes[label] ?? ""),
  );
}

// A fan has a temperature, too, and a machine draws power.
function isOtherHardware(name: string, attributes: Attributes): boolean {
  const type = attributes["hw.type"];
  // OpenLIT's collector names the device in place of its type.
  if (!name.startsWith("hw.") || (type === undefined && attributes["gpu.index"] !== undefined)) return false;
  return type === undefined ? /^hw\.(power|temperature|energy|errors)(\.|$)/.test(name) : type !== "gpu";
}

function histogramIn({ buckets, sum, count }: Measured, factor: number) {
  return {
    ...(buckets !== undefined && {
      buckets: buckets.map(({ le, count: upTo }) => ({
        le: le === "+Inf" || factor === 1 ? le : rounded(le * factor, 12),
        count: upTo,
      })),
    }),
    ...(sum !== undefined && { sum: factor === 1 ? sum : rounded(sum * factor, 12) }),
    ...(count !== undefined && { count }),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** gpuAttributes returns a GPU's attributes under the names that tell GPUs apart everywhere in Leeway. */
export function gpuAttributes(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [GPU_LABELS[name] ?? name, value]),
  );
}
