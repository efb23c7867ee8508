import type { KnownReading } from "@leeway/core/quantities";
import type { TelemetrySample } from "@leeway/core/wire";
import type { z } from "zod";
import { Refusal } from "../events/read-outcome.ts";
import {
  type ExportEnvelope,
  type Metric,
  metricSchema,
  POINTS,
  type Point,
  resourceSchema,
} from "./export-request.ts";
import { explicitBuckets, exponentialBuckets } from "./histogram-buckets.ts";
import { gpuAttributes, type Measured, preferredReadings, toCanonical } from "./known-metrics.ts";
import { type Origin, originOf, textAttributes } from "./sample-origin.ts";

/** DataPoint is a data point as a telemetry sample (its fields still to be checked), or why it can't be one, and of which metric it is. */
export interface DataPoint {
  metric: string;
  sample: TelemetrySample | Refusal;
}

type Reading = Measured;

const DELTA = 1;
const CUMULATIVE = 2;
const NO_RECORDED_VALUE = 1;
const NO_VALUE = new Refusal("invalid_event", "the data point has no value");

/** readDataPoints returns every data point of a request that has a value, in order; what can't be read is refused alone, and says which field it is. */
export function readDataPoints(request: ExportEnvelope): DataPoint[] {
  const points: DataPoint[] = [];
  for (const { resource, scopeMetrics } of request.resourceMetrics) {
    const sender = readResource(resource);
    const names = scopeMetrics.flatMap(({ metrics }) => metrics.map(nameOf));
    const preferred = preferredReadings(names);
    for (const { metrics } of scopeMetrics) {
      for (const value of metrics) {
        const metric = readOne(metricSchema, value);
        if (metric instanceof Refusal) points.push({ metric: nameOf(value), sample: metric });
        else readMetric(metric, { sender, preferred }, points);
      }
    }
  }
  return points;
}

type Sender = Readonly<Record<string, string>> | Refusal;

/** Who sends, and which of the sender's metrics give a quantity. */
interface Context {
  sender: Sender;
  preferred: ReadonlySet<KnownReading>;
}

// A resource may have as many attributes as a request has data points: they are read once for all of them.
function readResource(value: unknown): Sender {
  const resource = readOne(resourceSchema, value);
  return resource instanceof Refusal ? resource : textAttributes(resource.attributes);
}

function readMetric(metric: Metric, context: Context, points: DataPoint[]): void {
  for (const [point, reading] of readingsOf(metric)) {
    if (point !== undefined && (point.flags & NO_RECORDED_VALUE) !== 0) continue;
    points.push({ metric: metric.name, sample: sampleOrRefusal(metric, context, point, reading) });
  }
}

function sampleOrRefusal(
  metric: Metric,
  { sender, preferred }: Context,
  point: Point | undefined,
  reading: Reading | Refusal,
): TelemetrySample | Refusal {
  if (reading instanceof Refusal) return reading;
  if (sender instanceof Refusal) return sender;
  return point === undefined ? NO_VALUE : sampleOf(metric, { sender, preferred }, point, reading);
}

function nameOf(metric: unknown): string {
  const name = typeof metric === "object" && metric !== null && "name" in metric ? metric.name : undefined;
  return typeof name === "string" ? name.slice(0, 128) : "a metric";
}

function readOne<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | Refusal {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return new Refusal("invalid_event", `${issue?.path.map(String).join(".")}: ${issue?.message}`);
}

type PointReading = [Point | undefined, Reading | Refusal];

/** Reads each point by its own schema, and what it says by `read`. */
function readPoints<Schema extends z.ZodType<Point>>(
  schema: Schema,
  dataPoints: readonly unknown[],
  read: (point: z.output<Schema>) => Reading | Refusal,
): PointReading[] {
  return dataPoints.map((value): PointReading => {
    const point = readOne(schema, value);
    return point instanceof Refusal ? [undefined, point] : [point, read(point)];
  });
}

function readingsOf(metric: Metric): PointReading[] {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric;
  if (gauge !== undefined) {
    return readPoints(POINTS.number, gauge.dataPoints, (point) => numberReading("gauge", point));
  }
  if (sum !== undefined) {
    const kind = sum.isMonotonic ? "counter" : "gauge";
    return readPoints(
      POINTS.number,
      sum.dataPoints,
      (point) => notCumulative(sum) ?? numberReading(kind, point),
    );
  }
  if (histogram !== undefined) {
    return readPoints(POINTS.histogram, histogram.dataPoints, (point) => {
      const buckets = explicitBuckets(point);
      if (buckets === undefined)
        return new Refusal("invalid_event", "as many counts as bounds and one are needed");
      return notCumulative(histogram) ?? { kind: "histogram", buckets, ...totalsOf(point) };
    });
  }
  if (exponentialHistogram !== undefined) {
    return readPoints(POINTS.exponentialHistogram, exponentialHistogram.dataPoints, (point) => {
      const buckets = exponentialBuckets(point);
      return notCumulative(exponentialHistogram) ?? { kind: "histogram", buckets, ...totalsOf(point) };
    });
  }
  return readPoints(
    POINTS.summary,
    summary?.dataPoints ?? [],
    () => new Refusal("invalid_event", "summaries can't be added up; send a histogram"),
  );
}

function numberReading(
  kind: "gauge" | "counter",
  { asDouble, asInt }: { asDouble?: number | undefined; asInt?: number | undefined },
): Reading | Refusal {
  const value = asDouble ?? asInt;
  if (value === undefined) return NO_VALUE;
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
  { sender, preferred }: { sender: Readonly<Record<string, string>>; preferred: Context["preferred"] },
  point: Point,
  reading: Reading,
): TelemetrySample | Refusal {
  const own = textAttributes(point.attributes);
  const { attributes, ...origin }: Origin = originOf(sender, own);
  const timestamp = point.timeUnixNano;
  const canonical = toCanonical(name, reading, own, preferred);
  if (canonical === undefined) return { timestamp, ...origin, metric: name, unit, ...reading, attributes };
  if (canonical === "blank") return new Refusal("invalid_event", "the driver has no value for it");
  const { source, ...measured } = canonical;
  return { timestamp, ...origin, ...measured, attributes: { ...gpuAttributes(attributes), source } };
}
