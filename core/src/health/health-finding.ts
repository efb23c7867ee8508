import { z } from "zod";
import { healthStateSchema } from "./health-state.ts";

/** healthFindingSchema is one thing that is to be said of a model's health. */
export const healthFindingSchema = z.object({
  state: healthStateSchema,
  /** Event time since when it lasts; null where it has no beginning. */
  since: z.number().nullable(),
  /** What is the matter, in one or two sentences; without the time of `since`. */
  sentence: z.string(),
  incident_id: z.string().optional(),
  monitor_id: z.string().optional(),
  version: z.string().optional(),
});

/** modelHealthSchema is the health of a model in one environment: its worst finding, and all of them, worst first. */
export const modelHealthSchema = z.object({
  state: healthStateSchema,
  /** Event time since when it lasts; null where it has no beginning. */
  since: z.number().nullable(),
  /** What is the matter, or what was judged where nothing is. */
  sentence: z.string(),
  /** The incident to read on in, where the state is one. */
  incident_id: z.string().nullable(),
  findings: z.array(healthFindingSchema),
});

export type HealthFinding = z.infer<typeof healthFindingSchema>;
export type ModelHealth = z.infer<typeof modelHealthSchema>;
