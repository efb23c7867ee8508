import type { TelemetrySample } from "@leeway/core/wire";
import { Refusal } from "../events/read-outcome.ts";
import type { Attributes, ExportRequest, Metric, Point } from "./export-request.ts";
import { explicitBuckets, exponentialBuckets } from "./histogram-buckets.ts";
import { gpuAttributes, isBlankReading, knownMetric } from "./known-metrics.ts";
import { type Origin, originOf, textAttributes } from "./sample-origin.ts";

/** DataPoint is a data point as a telemetry sample (its fields still to be checked), or why it can't be one, and of which metric it is. */
export interface DataPoint {
  metric: string;
  sample: TelemetrySample | Refusal;
}

type Reading = Pick<TelemetrySample, "kind" | "value" | "buckets" | "sum" | "count">;

const DELTA = 1;
const CUMULATIVE = 2;
const NO_RECORDED_VALUE = 1;

/** readDataPoints returns every data point of a request that has a value, in order. */
export function readDataPoints(request: ExportRequest): DataPoint[] {
  const points: DataPoint[] = [];
  for (const { resource, scopeMetrics } of request.resourceMetrics) {
    for (const { metrics } of scopeMetrics) {
      for (const metric of metrics) {
        for (const [point, reading] of readingsOf(metric)) {
          if ((point.flags & NO_RECORDED_VALUE) !== 0) continue;
          const sample =
            reading instanceof Refusal
              ? reading
              : sampleOf(metric, resource?.attributes ?? [], point, reading);
          points.push({ metric: metric.name, sample });
        }
      }
    }
  }
  return points;
}

function readingsOf(metric: Metric): [Point, Reading | Refusal][] {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric;
  if (gauge !== undefined) return gauge.dataPoints.map((point) => [point, numberReading("gauge", point)]);
  if (sum !== undefined) {
    const kind = sum.isMonotonic ? "counter" : "gauge";
    return sum.dataPoints.map((point) => [point, notCumulative(sum) ?? numberReading(kind, point)]);
  }
  if (histogram !== undefined) {
    return histogram.dataPoints.map((point) => {
      const buckets = explicitBuckets(point);
      if (buckets === undefined)
        return [point, new Refusal("invalid_event", "as many counts as bounds and one are needed")];
      return [point, notCumulative(histogram) ?? { kind: "histogram", buckets, ...totalsOf(point) }];
    });
  }
  if (exponentialHistogram !== undefined) {
    return exponentialHistogram.dataPoints.map((point) => {
      const buckets = exponentialBuckets(point);
      return [
        point,
        notCumulative(exponentialHistogram) ?? { kind: "histogram", buckets, ...totalsOf(point) },
      ];
    });
  }
  const refusal = new Refusal("invalid_event", "summaries can't be added up; send a histogram");
  return (summary?.dataPoints ?? []).map((point) => [point, refusal]);
}

function numberReading(
  kind: "gauge" | "counter",
  { asDouble, asInt }: { asDouble?: number | undefined; asInt?: number | undefined },
): Reading | Refusal {
  const value = asDouble ?? asInt;
  if (value === undefined) return new Refusal("invalid_event", "the data point has no value");
  return { kind, value };
}

function totalsOf({
  sum,
  count,
}: {
  sum?: number | undefined;
  count: number;
}): Pick<Reading, "sum" | "count"> {
  return sum === undefined ? { count } : { sum, count };
}

// A delta counts once and for nothing else but its interval: repeated or lost, the sum is wrong for good.
function notCumulative({ aggregationTemporality }: { aggregationTemporality: number }): Refusal | undefined {
  switch (aggregationTemporality) {
    case CUMULATIVE:
      return undefined;
    case DELTA:
      return new Refusal(
        "invalid_event",
        "delta temporality is not taken; set OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative",
      );
    default:
      return new Refusal("invalid_event", "the aggregation temporality is not given");
  }
}

function sampleOf(
  { name, unit }: Metric,
  resource: Attributes,
  point: Point,
  reading: Reading,
): TelemetrySample | Refusal {
  const { attributes, ...origin }: Origin = originOf(
    textAttributes(resource),
    textAttributes(point.attributes),
  );
  const timestamp = Math.floor(point.timeUnixNano / 1e6);
  const known = reading.value === undefined ? undefined : knownMetric(name, attributes);
  if (known === undefined || reading.value === undefined) {
    return { timestamp, ...origin, metric: name, unit, ...reading, attributes };
  }
  if (isBlankReading(name, reading.value))
    return new Refusal("invalid_event", "the driver has no value for it");
  const { metric, factor } = known;
  return {
    ...{ timestamp, ...origin, metric, unit: known.unit, attributes: gpuAttributes(attributes) },
    ...{ kind: reading.kind, value: reading.value * factor },
  };
}
