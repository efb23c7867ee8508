import { z } from "zod";
import { environmentSchema, nameSchema } from "../wire/index.ts";
import { severitySchema } from "./incident.ts";
import { monitorThresholdsSchema } from "./monitor-thresholds.ts";

/** monitorKindSchema names what a monitor watches. */
export const monitorKindSchema = z.enum(["drift", "performance", "volume", "labels", "latency_slo"]);

/** holdSchema is how long something must last: windows of the monitor, or a time in milliseconds. */
export const holdSchema = z.union([
  z.strictObject({ windows: z.number().int().min(1).max(1_000) }),
  z.strictObject({ for: z.number().positive() }),
]);

export type Hold = z.infer<typeof holdSchema>;

/** monitorSchema is a rule over the windows of one model, for every version that has traffic unless `version` is given. */
export const monitorSchema = z.object({
  id: z.string(),
  model: nameSchema,
  kind: monitorKindSchema,
  version: nameSchema.optional(),
  environment: environmentSchema,
  /** Window length, milliseconds. */
  window: z.number().int().positive(),
  /** Slice by tags and features; absent: all traffic. */
  segment: z.record(z.string(), z.string()).optional(),
  /** Features this monitor looks at; absent: all. */
  features: z.array(nameSchema).optional(),
  /** Fixed thresholds instead of calibrated ones. */
  thresholds: monitorThresholdsSchema.optional(),
  objective: z
    .object({ threshold_ms: z.number().positive(), target: z.number().gt(0).lt(1), period: z.number() })
    .optional(),
  minimum_count: z.number().int().min(1),
  /** Channel ids; absent: every enabled channel of the project. */
  channels: z.array(z.string()).optional(),
  /** Fixed severity of what this monitor finds; absent: decided from cause, effect and burn rate. */
  severity: severitySchema.optional(),
  /** How long an alarm must have lasted before people are notified; absent: at once, since verdicts already ask for consecutive windows. */
  hold_firing: holdSchema.optional(),
  /** How long its windows must have been healthy before an incident resolves; absent: three windows. */
  hold_resolved: holdSchema.optional(),
  /** Milliseconds: an incident that comes back within this time after it resolved flaps, and is then held open until it was healthy for as long. 0: never; absent: 12 hours. */
  damping: z.number().min(0).optional(),
  enabled: z.boolean(),
  /** Milliseconds of real time in which it notifies nobody, until they were quiet; absent: it notifies from the beginning. */
  burn_in: z.number().positive().optional(),
  /** Real time at which its burn-in began. */
  burn_in_since: z.number().optional(),
  /** Who ended its burn-in by hand. */
  promoted: z.object({ by: z.string(), at: z.number() }).optional(),
  /** True where Leeway made it by itself because nobody had configured the model. */
  automatic: z.boolean(),
  created_at: z.number(),
});

export type MonitorKind = z.infer<typeof monitorKindSchema>;
export type Monitor = z.infer<typeof monitorSchema>;
