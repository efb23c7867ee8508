import { type Evaluation, evaluationSchema } from "@leeway/core/evaluation";
import { z } from "zod";
import { verdictColumns } from "./verdict-columns.ts";

/** EvaluationOutline is a verdict without its evidence: what it says, and of how many features drift could be judged and was found. */
export interface EvaluationOutline extends Omit<Evaluation, "detail" | "state"> {
  judgedFeatures: number;
  driftedFeatures: number;
}

/** DrawnVerdict is a verdict with what charts draw of its evidence, in the shape of `verdictOutline`. */
export interface DrawnVerdict extends EvaluationOutline {
  detail: Record<string, unknown>;
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

/** drawnRow is a verdict with its outline as SQL answers it. */
export const drawnRow = z
  .object({
    ...verdictColumns,
    judged_features: z.number(),
    drifted_features: z.number(),
    outline: z.string(),
  })
  .transform(
    ({ outline, ...row }): DrawnVerdict => ({
      ...outlineRow.parse(row),
      detail: outline === "" ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(outline)),
    }),
  );
