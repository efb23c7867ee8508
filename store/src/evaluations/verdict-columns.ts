import { z } from "zod";

/** verdictColumns are the columns of a verdict without its evidence, as SQL answers them. */
export const verdictColumns = {
  model: z.string(),
  version: z.string(),
  environment: z.string(),
  monitor_id: z.string(),
  kind: z.string(),
  segment: z.string(),
  window_start: z.coerce.number(),
  window_end: z.coerce.number(),
  revision: z.number(),
  outcome: z.string(),
  cause: z.string().nullable(),
  reason: z.string(),
  evaluated_at: z.coerce.number(),
};
