import { z } from "zod";
import { absentOr, orDefault, protoDecimal, protoEnum, protoNanos, protoWhole } from "./proto-json.ts";

const list = <Item extends z.ZodType>(item: Item) => orDefault(z.array(item), []);

const value = orDefault(z.record(z.string(), z.unknown()), {});
const attributes = list(z.object({ key: orDefault(z.string(), ""), value }));
const point = z.object({
  timeUnixNano: orDefault(protoNanos, 0),
  attributes,
  flags: orDefault(protoWhole, 0),
});
const aggregationTemporality = orDefault(
  protoEnum({
    AGGREGATION_TEMPORALITY_UNSPECIFIED: 0,
    AGGREGATION_TEMPORALITY_DELTA: 1,
    AGGREGATION_TEMPORALITY_CUMULATIVE: 2,
  }),
  0,
);

/** POINTS are the schemas of one data point of each kind of metric. */
export const POINTS = {
  number: point.extend({ asDouble: absentOr(protoDecimal), asInt: absentOr(protoWhole) }),
  histogram: point.extend({
    count: orDefault(protoWhole, 0),
    sum: absentOr(protoDecimal),
    bucketCounts: list(protoWhole),
    explicitBounds: list(protoDecimal),
  }),
  exponentialHistogram: point.extend({
    count: orDefault(protoWhole, 0),
    sum: absentOr(protoDecimal),
    scale: orDefault(
      protoWhole.refine((scale) => scale >= -10 && scale <= 20, "expected -10 to 20"),
      0,
    ),
    zeroCount: orDefault(protoWhole, 0),
    zeroThreshold: orDefault(protoDecimal, 0),
    positive: absentOr(z.object({ offset: orDefault(protoWhole, 0), bucketCounts: list(protoWhole) })),
    negative: absentOr(z.object({ offset: orDefault(protoWhole, 0), bucketCounts: list(protoWhole) })),
  }),
  summary: point,
};

/** A metric whose data points are read by `pointOf`: each by its own schema for the documentation, none yet where each is read alone. */
function metricOf<Point extends z.ZodType>(pointOf: (kind: keyof typeof POINTS) => Point) {
  const dataPoints = (kind: keyof typeof POINTS) => list(pointOf(kind));
  return z.object({
    name: orDefault(z.string(), ""),
    unit: orDefault(z.string(), ""),
    gauge: absentOr(z.object({ dataPoints: dataPoints("number") })),
    sum: absentOr(
      z.object({
        dataPoints: dataPoints("number"),
        aggregationTemporality,
        isMonotonic: orDefault(z.boolean(), false),
      }),
    ),
    histogram: absentOr(z.object({ dataPoints: dataPoints("histogram"), aggregationTemporality })),
    exponentialHistogram: absentOr(
      z.object({ dataPoints: dataPoints("exponentialHistogram"), aggregationTemporality }),
    ),
    summary: absentOr(z.object({ dataPoints: dataPoints("summary") })),
  });
}

/** resourceSchema is who sent metrics. */
export const resourceSchema = orDefault(z.object({ attributes }), { attributes: [] });

/** metricSchema is one metric, its data points still to be read: a bad one must not cost the others. */
export const metricSchema = metricOf(() => z.unknown());

const requestOf = <Resource extends z.ZodType, Metric extends z.ZodType>(
  resource: Resource,
  metric: Metric,
) =>
  z.object({
    resourceMetrics: list(z.object({ resource, scopeMetrics: list(z.object({ metrics: list(metric) })) })),
  });

/** envelopeSchema is the frame of a request, its resources and metrics still to be read. */
export const envelopeSchema = requestOf(z.unknown().optional(), z.unknown());

/** exportRequestSchema is OTLP's ExportMetricsServiceRequest in proto3's JSON: 64-bit numbers as text or numbers, `null` for what is absent, unknown fields left out. */
export const exportRequestSchema = requestOf(
  resourceSchema,
  metricOf((kind) => POINTS[kind] as z.ZodType),
);

/** exportResponseSchema is OTLP's ExportMetricsServiceResponse: `partialSuccess` is there only where a data point was refused. */
export const exportResponseSchema = z.object({
  partialSuccess: z.object({ rejectedDataPoints: z.string(), errorMessage: z.string() }).optional(),
});

export type ExportEnvelope = z.output<typeof envelopeSchema>;
export type ExportResponse = z.output<typeof exportResponseSchema>;
export type Attributes = z.output<typeof attributes>;
export type Metric = z.output<typeof metricSchema>;
export type Point = z.output<typeof point>;
export type HistogramPoint = z.output<typeof POINTS.histogram>;
export type ExponentialPoint = z.output<typeof POINTS.exponentialHistogram>;
