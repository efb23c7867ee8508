import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";

const progressRow = z
  .object({
    monitor_id: z.string(),
    version: z.string(),
    environment: z.string(),
    segment: z.string(),
    window_ms: z.coerce.number(),
    judged_until: z.coerce.number(),
    waiting: z.array(z.coerce.number()),
    evaluated_at: z.coerce.number(),
  })
  .transform((row) => ({
    monitorId: row.monitor_id,
    version: row.version,
    environment: row.environment,
    segment: row.segment,
    windowMs: row.window_ms,
    judgedUntil: row.judged_until,
    waiting: row.waiting,
    evaluatedAt: row.evaluated_at,
  }));

/** EvaluationProgress is how far the verdicts of one monitor on one version and segment have come; times are epoch milliseconds. */
export type EvaluationProgress = z.output<typeof progressRow>;

/** evaluationProgress returns, for every chain of verdicts of a model, the end of its newest window, the starts of those that wait for labels or ended in an error, and when its newest verdict was made. */
export const evaluationProgress = defineQuery<{ project: string; model: string }, typeof progressRow>({
  name: "evaluation_progress",
  sql: `SELECT monitor_id, version, environment, segment, window_ms,
      toUnixTimestamp64Milli(max(ends)) AS judged_until,
      toUnixTimestamp64Milli(max(newest)) AS evaluated_at,
      arraySort(groupArrayIf(toUnixTimestamp64Milli(starts), outcome = 'immature')) AS waiting
    FROM (
      SELECT e.monitor_id AS monitor_id, e.version AS version, e.environment AS environment, e.segment AS segment,
        e.window_start AS starts, e.window_end AS ends,
        dateDiff('millisecond', e.window_start, e.window_end) AS window_ms,
        argMax(e.outcome, e.revision) AS outcome, max(e.evaluated_at) AS newest
      FROM evaluations AS e
      WHERE e.project = {project:String} AND e.model = {model:String}
      GROUP BY monitor_id, version, environment, segment, starts, ends, window_ms
    )
    GROUP BY monitor_id, version, environment, segment, window_ms`,
  row: progressRow,
});
