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
    judged: z.coerce.number(),
    drifted: z.coerce.number(),
  })
  .transform(
    ({ cause, judged, drifted, ...row }): EvaluationOutline => ({
      ...verdictSchema.parse({ ...row, ...(cause === null ? {} : { cause }) }),
      judgedFeatures: judged,
      driftedFeatures: drifted,
    }),
  );

/** outlineSql returns the SELECT of outlines over one of verdicts: the evidence is read where it lies, and does not travel. */
export function outlineSql(verdicts: string): string {
  return `SELECT * EXCEPT (detail, features),
      arrayCount(one -> JSONExtractString(one.2, 'outcome') IN ('ok', 'drifted'), features) AS judged,
      arrayCount(one -> JSONExtractBool(one.2, 'drifted'), features) AS drifted
    FROM (
      SELECT * EXCEPT (state), if(kind = 'drift', JSONExtractKeysAndValuesRaw(detail, 'features'), []) AS features
      FROM (${verdicts})
    )
    ORDER BY window_start, kind, monitor_id`;
}
