import { z } from "zod";
import { type Monitor, monitorKindSchema, monitorSchema, severitySchema } from "../records/index.ts";
import { segmentSchema } from "../segment/index.ts";
import { checkRules } from "../slo/index.ts";
import { durationInput, environmentSchema, identifierSchema, nameSchema } from "../wire/index.ts";
import { withBurnIn } from "./burn-in.ts";
import { thresholdProblems, thresholdsInputSchema } from "./monitor-thresholds.ts";

const holdInput = z.union([
  z.strictObject({ windows: z.number().int().min(1).max(1_000) }),
  z.strictObject({ for: durationInput }),
]);

/** MONITOR_FIELDS are what a person says of a monitor. */
export const MONITOR_FIELDS = {
  model: nameSchema,
  kind: monitorKindSchema,
  version: nameSchema.optional(),
  environment: environmentSchema,
  window: durationInput,
  segment: segmentSchema.optional(),
  features: z.array(nameSchema).min(1).max(2_000).optional(),
  thresholds: thresholdsInputSchema.optional(),
  objective: z
    .strictObject({
      threshold_ms: z.number().positive(),
      target: z.number().gt(0).lt(1),
      period: durationInput,
    })
    .optional(),
  minimum_count: z.number().int().min(1),
  channels: z.array(identifierSchema).max(100).optional(),
  severity: severitySchema.optional(),
  hold_firing: holdInput.optional(),
  hold_resolved: holdInput.optional(),
  damping: z.union([durationInput, z.literal(0)]).optional(),
  enabled: z.boolean(),
  burn_in: z
    .union([durationInput, z.literal(0)])
    .optional()
    .describe("how long it only records, and notifies nobody; a new monitor: 7d, 0: not at all"),
};

/** monitorInputSchema is a monitor as a person asks for it, by API, page or file: without what the server adds. */
export const monitorInputSchema = z
  .strictObject({
    ...MONITOR_FIELDS,
    environment: MONITOR_FIELDS.environment.default("production"),
    minimum_count: MONITOR_FIELDS.minimum_count.default(30),
    enabled: MONITOR_FIELDS.enabled.default(true),
  })
  .superRefine(({ kind, thresholds, objective }, context) => {
    if (kind === "latency_slo" && objective === undefined) {
      const message = "a latency_slo monitor needs an objective: { threshold_ms, target, period }";
      context.addIssue({ code: "custom", path: ["objective"], message });
    }
    // A target beyond its range is refused by its own field, which this check comes after all the same.
    if (objective !== undefined && objective.target > 0 && objective.target < 1) {
      const reach = checkRules({ target: objective.target, periodMs: objective.period });
      if (reach.outcome === "never_fires") {
        context.addIssue({ code: "custom", path: ["objective"], message: reach.reason });
      }
    }
    for (const { path, message } of thresholdProblems(kind, thresholds)) {
      context.addIssue({ code: "custom", path: ["thresholds", ...path], message });
    }
  });

export type MonitorInput = z.output<typeof monitorInputSchema>;

/** monitorOf returns the monitor as stored, with the burn-in that it has or goes on with. */
export function monitorOf(
  { burn_in, ...input }: MonitorInput,
  id: string,
  { former, now }: { former: Monitor | undefined; now: number },
): Monitor {
  const created_at = former?.created_at ?? now;
  const monitor = monitorSchema.parse({ ...input, id, automatic: false, created_at });
  return withBurnIn(monitor, burn_in, former, now);
}
