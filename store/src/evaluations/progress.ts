import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";

const progressRow = z
  .object({
    monitor_id: z.string(),
    version: z.string(),
    environment: z.string(),
    segment: z.string(),
    window_ms: z.coerce.number(),
    judged_from: z.coerce.number(),
    judged_until: z.coerce.number(),
    gaps: z.array(z.tuple([z.coerce.number(), z.coerce.number()])),
    waiting: z.array(z.coerce.number()),
    failed: z.array(z.coerce.number()),
    settled_at: z.coerce.number(),
    evaluated_at: z.coerce.number(),
  })
  .transform((row) => ({
    monitorId: row.monitor_id,
    version: row.version,
    environment: row.environment,
    segment: row.segment,
    windowMs: row.window_ms,
    /** Start of the oldest and end of the newest window that has a verdict. */
    judgedFrom: row.judged_from,
    judgedUntil: row.judged_until,
    /** Spans between the two without a verdict. */
    gaps: row.gaps.map(([from, to]) => ({ from, to })),
    /** Starts of the windows that wait for labels, and of those that ended in an error. */
    waiting: row.waiting,
    failed: row.failed,
    /** Real time up to which late rows and labels of the whole chain were looked at; 0 where only windows asked for by hand were judged. */
    settledAt: row.settled_at,
    /** Real time of the newest verdict. */
    evaluatedAt: row.evaluated_at,
  }));

/** EvaluationProgress is how far the verdicts of one monitor on one version and segment have come; times are epoch milliseconds. */
export type EvaluationProgress = z.output<typeof progressRow>;

/** evaluationProgress returns, for every chain of verdicts of a model, which windows have a verdict, which of them wait or failed, and when it was last brought up to date. */
export const evaluationProgress = defineQuery<{ project: string; model: string }, typeof progressRow>({
  name: "evaluation_progress",
  sql: `SELECT monitor_id, version, environment, segment, window_ms,
      arraySort(groupArray(starts)) AS all_starts,
      all_starts[1] AS judged_from,
      all_starts[-1] + window_ms AS judged_until,
      arrayFilter(gap -> gap.1 < gap.2, arrayMap((start, next) -> (start + window_ms, next),
        arrayPopBack(all_starts), arrayPopFront(all_starts))) AS gaps,
      arraySort(groupArrayIf(starts, outcome = 'immature')) AS waiting,
      arraySort(groupArrayIf(starts, outcome = 'error')) AS failed,
      max(settled) AS settled_at,
      max(newest) AS evaluated_at
    FROM (
      SELECT e.monitor_id AS monitor_id, e.version AS version, e.environment AS environment, e.segment AS segment,
        toUnixTimestamp64Milli(e.window_start) AS starts,
        dateDiff('millisecond', e.window_start, e.window_end) AS window_ms,
        argMax(e.outcome, (e.revision, e.evaluated_at)) AS outcome,
        toUnixTimestamp64Milli(max(e.evaluated_at)) AS newest,
        max(if(e.window_ms = 0, toUnixTimestamp64Milli(e.evaluated_at), toUnixTimestamp64Milli(e.settled_at))) AS settled
      FROM evaluations AS e
      WHERE e.project = {project:String} AND e.model = {model:String}
      GROUP BY monitor_id, version, environment, segment, starts, window_ms
    )
    GROUP BY monitor_id, version, environment, segment, window_ms`,
  row: progressRow,
});
