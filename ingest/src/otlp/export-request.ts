import { z } from "zod";

const whole = z.union([z.string().regex(/^-?\d{1,20}$/), z.number().int()]).transform(Number);
const decimal = z.union([
  z.number(),
  z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/)
    .transform(Number),
]);
const wholes = z.array(whole).default([]);

const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()).optional() }))
  .default([]);
const point = z.object({ timeUnixNano: whole.default(0), attributes, flags: z.number().int().default(0) });
const temporality = z.number().int().default(0);

const numberPoint = point.extend({ asDouble: decimal.optional(), asInt: whole.optional() });
const histogramPoint = point.extend({
  count: whole.default(0),
  sum: decimal.optional(),
  bucketCounts: wholes,
  explicitBounds: z.array(decimal).default([]),
});
const exponentialBuckets = z.object({ offset: z.number().int().default(0), bucketCounts: wholes });
const exponentialPoint = point.extend({
  count: whole.default(0),
  sum: decimal.optional(),
  scale: z.number().int().min(-10).max(20).default(0),
  zeroCount: whole.default(0),
  zeroThreshold: decimal.default(0),
  positive: exponentialBuckets.optional(),
  negative: exponentialBuckets.optional(),
});

const pointsOf = <Point extends z.ZodType>(schema: Point) => z.array(schema).default([]);
const metric = z.object({
  name: z.string().default(""),
  unit: z.string().default(""),
  gauge: z.object({ dataPoints: pointsOf(numberPoint) }).optional(),
  sum: z
    .object({
      dataPoints: pointsOf(numberPoint),
      aggregationTemporality: temporality,
      isMonotonic: z.boolean().default(false),
    })
    .optional(),
  histogram: z
    .object({ dataPoints: pointsOf(histogramPoint), aggregationTemporality: temporality })
    .optional(),
  exponentialHistogram: z
    .object({ dataPoints: pointsOf(exponentialPoint), aggregationTemporality: temporality })
    .optional(),
  summary: z.object({ dataPoints: pointsOf(point) }).optional(),
});

/** exportRequestSchema is OTLP's ExportMetricsServiceRequest in its JSON form: 64-bit numbers as text or numbers, unknown fields left out. */
export const exportRequestSchema = z.object({
  resourceMetrics: z
    .array(
      z.object({
        resource: z.object({ attributes }).optional(),
        scopeMetrics: z.array(z.object({ metrics: z.array(metric).default([]) })).default([]),
      }),
    )
    .default([]),
});

/** exportResponseSchema is OTLP's ExportMetricsServiceResponse: `partialSuccess` is there only where a data point was refused. */
export const exportResponseSchema = z.object({
  partialSuccess: z.object({ rejectedDataPoints: z.string(), errorMessage: z.string() }).optional(),
});

export type ExportRequest = z.output<typeof exportRequestSchema>;
export type ExportResponse = z.output<typeof exportResponseSchema>;
export type Attributes = z.output<typeof attributes>;
export type Metric = z.output<typeof metric>;
export type Point = z.output<typeof point>;
export type HistogramPoint = z.output<typeof histogramPoint>;
export type ExponentialPoint = z.output<typeof exponentialPoint>;
