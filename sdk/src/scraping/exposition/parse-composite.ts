import { parseValue } from "./parse-value.ts";

/** Composite is a histogram or summary written as one value (OpenMetrics 2 and native histograms). */
export interface Composite {
  readonly buckets: [number, number][];
  readonly quantiles: [number, number][];
  readonly sum: number | undefined;
  readonly count: number | undefined;
}

const FIELD = /([a-z_]+):(\[[^[\]]*\]|[^,:[\]{}]+)/g;
const WHOLE = /^\{[a-z_]+:(\[[^[\]]*\]|[^,:[\]{}]+)(,[a-z_]+:(\[[^[\]]*\]|[^,:[\]{}]+))*\}$/;

/**
 * parseComposite reads `{count:2,sum:3,bucket:[1:1,+Inf:2]}`, a summary's `quantile:[0.5:1]`, or a native histogram's schema, spans and buckets,
 * which become cumulative buckets up to each bound. Undefined where it is none of them. O(length).
 */
export function parseComposite(text: string): Composite | undefined {
  if (!WHOLE.test(text)) return undefined;
  const fields = new Map([...text.matchAll(FIELD)].map(([, name = "", value = ""]) => [name, value]));
  const sum = numberOf(fields.get("sum") ?? fields.get("gsum"));
  const count = numberOf(fields.get("count") ?? fields.get("gcount"));
  if (count === undefined) return undefined;
  const buckets = fields.has("bucket")
    ? pairsOf(fields.get("bucket"))
    : fields.has("schema")
      ? nativeBuckets(fields, count)
      : [];
  const quantiles = pairsOf(fields.get("quantile"));
  return buckets === undefined || quantiles === undefined ? undefined : { buckets, quantiles, sum, count };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseValue(text);
}

function listOf(text: string | undefined): string[] {
  const inner = text?.replace(/^\[|\]$/g, "") ?? "";
  return inner === "" ? [] : inner.split(",");
}

function pairsOf(text: string | undefined): [number, number][] | undefined {
  const pairs = listOf(text).map((pair) => pair.split(":").map(parseValue));
  if (pairs.some((pair) => pair.length !== 2 || pair.includes(undefined))) return undefined;
  return pairs as [number, number][];
}

const FINEST_SCHEMA = 8;
const MOST_BUCKETS = 100_000;

// Bucket i of the positive side reaches from b^(i-1) to b^i with b = 2^(2^-schema); those of the negative side mirror it.
function nativeBuckets(fields: ReadonlyMap<string, string>, count: number): [number, number][] | undefined {
  const schema = numberOf(fields.get("schema"));
  if (schema === undefined || !Number.isInteger(schema) || schema < -4 || schema > FINEST_SCHEMA) {
    return undefined;
  }
  const bound = (index: number) => 2 ** (index * 2 ** -schema);
  const positive = spread(fields.get("positive_spans"), fields.get("positive_buckets"));
  const negative = spread(fields.get("negative_spans"), fields.get("negative_buckets"));
  if (positive === undefined || negative === undefined) return undefined;
  const buckets: [number, number][] = [];
  let below = 0;
  for (const [index, inBucket] of negative.reverse()) {
    below += inBucket;
    buckets.push([-bound(index - 1), below]);
  }
  const inZero = numberOf(fields.get("zero_count")) ?? 0;
  if (inZero > 0 || buckets.length > 0) {
    below += inZero;
    buckets.push([numberOf(fields.get("zero_threshold")) ?? 0, below]);
  }
  for (const [index, inBucket] of positive) {
    // An empty stretch before a bucket: its lower bound says that nothing lies below.
    if (buckets.length === 0 || (buckets.at(-1) as [number, number])[0] < bound(index - 1)) {
      buckets.push([bound(index - 1), below]);
    }
    below += inBucket;
    buckets.push([bound(index), below]);
  }
  buckets.push([Number.POSITIVE_INFINITY, count]);
  return buckets;
}

function spread(spans: string | undefined, counts: string | undefined): [number, number][] | undefined {
  const numbers = listOf(counts).map(parseValue);
  const placed: [number, number][] = [];
  let index = 0;
  for (const span of pairsOf(spans) ?? []) {
    const [offset, length] = span;
    index += offset;
    if (!(length >= 0 && length <= MOST_BUCKETS)) return undefined;
    for (let step = 0; step < length; step++) {
      const inBucket = numbers[placed.length];
      if (inBucket === undefined || !(inBucket >= 0)) return undefined;
      placed.push([index++, inBucket]);
    }
  }
  return placed.length === numbers.length ? placed : undefined;
}
