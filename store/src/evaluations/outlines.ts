import { type Evaluation, evaluationSchema } from "@leeway/core/evaluation";
import { z } from "zod";
import { verdictColumns } from "./verdict-columns.ts";

/** EvaluationOutline is a verdict without its evidence: what it says, and of how many features drift could be judged and was found. */
export interface EvaluationOutline extends Omit<Evaluation, "detail" | "state"> {
  judgedFeatures: number;
  driftedFeatures: number;
}

const verdictSchema = evaluationSchema.omit({ detail: true, state: true });

/** outlineRow is an outline as SQL answers it. */
export const outlineRow = z
  .object({
    ...verdictColumns,
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
