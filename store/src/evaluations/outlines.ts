import { type Evaluation, evaluationSchema } from "@leeway/core/evaluation";
import { z } from "zod";

/** EvaluationOutline is a verdict without its evidence: what it says, and of how many features drift could be judged and was found. */
export interface EvaluationOutline extends Omit<Evaluation, "detail" | "state"> {
  judgedFeatures: number;
  driftedFeatures: number;
}

const verdictSchema = evaluationSchema.omit({ detail: true, state: true });

/** outlineRow is an outline as SQL answers it. */
export const outlineRow = z
  .object({
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
    judged_features: z.number(),
    drifted_features: z.number(),
  })
  .transform(
    ({ cause, judged_features, drifted_features, ...row }): EvaluationOutline => ({
      ...verdictSchema.parse({ ...row, ...(cause === null ? {} : { cause }) }),
      judgedFeatures: judged_features,
      driftedFeatures: drifted_features,
    }),
  );
