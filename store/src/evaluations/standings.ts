import { outcomeSchema } from "@leeway/core/evaluation";
import type { ChainStanding } from "@leeway/core/health";
import { monitorKindSchema } from "@leeway/core/records";
import { environmentSchema } from "@leeway/core/wire";
import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";

/** ModelStanding is where one chain of verdicts of a model stands. */
export interface ModelStanding extends ChainStanding {
  model: string;
  environment: z.output<typeof environmentSchema>;
}

const standingRow = z
  .object({
    model: z.string(),
    environment: environmentSchema,
    version: z.string(),
    monitor_id: z.string(),
    kind: monitorKindSchema,
    segment: z.string(),
    newest_start: z.coerce.number(),
    newest_end: z.coerce.number(),
    newest_outcome: outcomeSchema,
    newest_reason: z.string(),
    newest_evaluated: z.coerce.number(),
    newest_judged: z.number(),
    newest_watched: z.number(),
    judged_until: z.coerce.number(),
    unjudged: z.array(z.coerce.number()),
  })
  .transform((row): ModelStanding => {
    const judgedUntil = row.judged_until === 0 ? undefined : row.judged_until;
    const unjudged = row.unjudged.filter((start) => start >= (judgedUntil ?? Number.NEGATIVE_INFINITY));
    return {
      model: row.model,
      environment: row.environment,
      version: row.version,
      monitor_id: row.monitor_id,
      kind: row.kind,
      segment: row.segment,
      window_start: row.newest_start,
      window_end: row.newest_end,
      outcome: row.newest_outcome,
      reason: row.newest_reason,
      evaluated_at: row.newest_evaluated,
      ...(row.kind === "drift" ? { judged: row.newest_judged, of: row.newest_watched } : {}),
      judged_until: judgedUntil,
      unjudged_since: unjudged.length === 0 ? row.newest_start : Math.min(...unjudged),
    };
  });

/** evaluationStandings returns where every chain of verdicts stands (of one model, or of all), by its newest window that starts at or after `from`; chains without one are left out. */
export const evaluationStandings = defineQuery<
  { project: string; model: string; from: number },
  typeof standingRow
>({
  name: "evaluation_standings",
  sql: `SELECT model, environment, version, monitor_id, kind, segment,
      toUnixTimestamp64Milli(argMax(starts, starts)) AS newest_start, toUnixTimestamp64Milli(argMax(ends, starts)) AS newest_end,
      argMax(said.1, starts) AS newest_outcome, argMax(said.2, starts) AS newest_reason,
      toUnixTimestamp64Milli(argMax(said.3, starts)) AS newest_evaluated,
      argMax(said.4, starts) AS newest_judged, argMax(said.5, starts) AS newest_watched,
      toUnixTimestamp64Milli(maxIf(ends, said.1 IN ('ok', 'drifting', 'alarm'))) AS judged_until,
      groupArrayIf(toUnixTimestamp64Milli(starts), said.1 NOT IN ('ok', 'drifting', 'alarm')) AS unjudged
    FROM (
      SELECT e.model AS model, e.environment AS environment, e.version AS version, e.monitor_id AS monitor_id, e.kind AS kind,
        e.segment AS segment, e.window_start AS starts, e.window_end AS ends,
        argMax((e.outcome, e.reason, e.evaluated_at, e.judged_features, e.watched_features), (e.revision, e.evaluated_at)) AS said
      FROM evaluations AS e
      WHERE e.project = {project:String} AND ({model:String} = '' OR e.model = {model:String})
        AND e.window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      GROUP BY model, environment, version, monitor_id, kind, segment, starts, ends
    )
    GROUP BY model, environment, version, monitor_id, kind, segment, dateDiff('millisecond', starts, ends)
    ORDER BY model, environment, version, kind, monitor_id, segment`,
  row: standingRow,
});
