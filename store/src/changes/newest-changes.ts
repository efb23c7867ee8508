import { z } from "zod";
import { defineQuery } from "../client/define-query.ts";

const changesRow = z.object({
  recorded: z.coerce.number(),
  judged: z.coerce.number(),
  received: z.coerce.number(),
});

/** NewestChanges is when something of a project changed last, in epoch milliseconds; 0 where it never did. */
export interface NewestChanges {
  /** A record was written: an incident, what a person did, a setting. */
  recorded: number;
  /** A window was judged. */
  judged: number;
  /** A prediction came. */
  received: number;
}

/** newestChanges returns when records, verdicts and traffic of a project changed last: one cheap question, by which an open page knows whether it is out of date. */
export const newestChanges = defineQuery<{ project: string }, typeof changesRow>({
  name: "newest_changes",
  sql: `SELECT
      (SELECT toUnixTimestamp64Milli(max(at)) FROM records
        WHERE project = {project:String} AND kind NOT IN ('session', 'fold_journal')) AS recorded,
      (SELECT toUnixTimestamp64Milli(max(evaluated_at)) FROM evaluations WHERE project = {project:String}) AS judged,
      (SELECT toUnixTimestamp64Milli(max(last_received_at)) FROM prediction_activity WHERE project = {project:String}) AS received`,
  row: changesRow,
});
