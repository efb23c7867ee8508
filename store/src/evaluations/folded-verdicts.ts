import {
  type Evaluation,
  evaluationSchema,
  type FoldedVerdict,
  foldedVerdictSchema,
  type Harm,
  harmSchema,
} from "@leeway/core/evaluation";
import { type BlamedFeature, blamedFeatureSchema } from "@leeway/core/records";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import { verdictColumns } from "./verdict-columns.ts";

/** UnfoldedVerdict is a stored verdict of which it is not yet known what became: what an incident needs of it, without its evidence. */
export interface UnfoldedVerdict extends Omit<Evaluation, "detail" | "state"> {
  blamed: BlamedFeature[];
  confidence?: number;
  harm?: Harm;
}

const unfoldedRow = z
  .object({
    ...verdictColumns,
    blamed: z.string(),
    confidence: z.number().nullable(),
    harm: z.string(),
  })
  .transform(
    ({ cause, blamed, confidence, harm, ...row }): UnfoldedVerdict => ({
      ...evaluationSchema
        .omit({ detail: true, state: true })
        .parse({ ...row, ...(cause === null ? {} : { cause }) }),
      blamed: z.array(blamedFeatureSchema).parse(JSON.parse(blamed)),
      ...(confidence === null ? {} : { confidence }),
      ...(harm === "" ? {} : { harm: harmSchema.parse(JSON.parse(harm)) }),
    }),
  );

const KEY = "monitor_id, version, environment, segment, window_start, window_end, revision";

/**
 * unfoldedVerdicts returns the oldest verdicts of a model that were not folded, in order of their windows' ends: about `limit`, and all that end together.
 * Those of the monitors in `except` are left for later. Of windows that start in `[from, to)` those count too that were left alone because the schedule does not judge them.
 */
export const unfoldedVerdicts = defineQuery<
  { project: string; model: string; except: string[]; from: number; to: number; limit: number },
  typeof unfoldedRow
>({
  name: "verdicts_unfolded",
  // 128 bits stand for a key: a set of the keys themselves would hold a whole history of texts in memory.
  sql: `SELECT e.model AS model, e.version AS version, e.environment AS environment, e.monitor_id AS monitor_id, e.kind AS kind,
      e.segment AS segment, toUnixTimestamp64Milli(e.window_start) AS starts_at, toUnixTimestamp64Milli(e.window_end) AS ends_at,
      e.revision AS revision, e.outcome AS outcome, e.cause AS cause, e.reason AS reason, e.blamed AS blamed,
      e.confidence AS confidence, e.harm AS harm, toUnixTimestamp64Milli(e.evaluated_at) AS evaluated_at,
      starts_at AS window_start, ends_at AS window_end
    FROM evaluations AS e
    WHERE e.project = {project:String} AND e.model = {model:String} AND e.window_ms > 0
      AND e.monitor_id NOT IN {except:Array(String)}
      AND sipHash128(${KEY.split(", ")
        .map((column) => `e.${column}`)
        .join(", ")}) NOT IN (
        SELECT sipHash128(${KEY}) FROM folded_verdicts
        WHERE project = {project:String} AND model = {model:String} AND NOT (stopped = 'not_due' AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
            AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC'))
      )
    ORDER BY ends_at LIMIT {limit:UInt32} WITH TIES`,
  row: unfoldedRow,
});

const foldedRow = z
  .object({
    model: z.string(),
    version: z.string(),
    environment: z.string(),
    monitor_id: z.string(),
    segment: z.string(),
    window_start: z.coerce.number(),
    window_end: z.coerce.number(),
    revision: z.number(),
    outcome: z.string(),
    judged_at: z.coerce.number(),
    folded_at: z.coerce.number(),
    incident_id: z.string(),
    notification_ids: z.array(z.string()),
    stopped: z.string(),
  })
  .transform(({ incident_id, stopped, ...row }) =>
    foldedVerdictSchema.parse({
      ...row,
      ...(incident_id === "" ? {} : { incident_id }),
      ...(stopped === "" ? {} : { stopped }),
    }),
  );

/** foldedVerdicts returns what became of a model's verdicts, of all of them or of those of one incident, in order of their windows; the newest where there are more than `limit`. */
export const foldedVerdicts = defineQuery<
  { project: string; model: string; incident_id: string; limit: number },
  typeof foldedRow
>({
  name: "verdicts_folded",
  sql: `SELECT * FROM (
      SELECT model, version, environment, monitor_id, segment, toUnixTimestamp64Milli(f.window_start) AS window_start,
        toUnixTimestamp64Milli(f.window_end) AS window_end, revision, outcome, toUnixTimestamp64Milli(f.judged_at) AS judged_at,
        toUnixTimestamp64Milli(f.folded_at) AS folded_at, incident_id, notification_ids, stopped
      FROM folded_verdicts AS f FINAL
      WHERE project = {project:String} AND model = {model:String}
        AND ({incident_id:String} = '' OR incident_id = {incident_id:String})
      ORDER BY f.window_end DESC, monitor_id, segment, revision DESC LIMIT {limit:UInt32}
    ) ORDER BY window_end, monitor_id, segment, revision`,
  row: foldedRow,
});

const heldRow = z.object({ monitor_id: z.string(), alarms: z.coerce.number(), last_at: z.coerce.number() });

/** heldAlarms returns the alarms that the burn-in of each monitor kept from people, of one model or of all. */
export const heldAlarms = defineQuery<{ project: string; model: string }, typeof heldRow>({
  name: "alarms_held_by_burn_in",
  sql: `SELECT monitor_id, count() AS alarms, toUnixTimestamp64Milli(max(folded_at)) AS last_at
    FROM folded_verdicts FINAL
    WHERE project = {project:String} AND ({model:String} = '' OR model = {model:String}) AND stopped = 'burn_in'
    GROUP BY monitor_id ORDER BY monitor_id`,
  row: heldRow,
});

/** insertFolded stores what became of verdicts; storing the same again changes nothing. */
export function insertFolded(
  client: ClickHouseClient,
  project: string,
  folded: readonly FoldedVerdict[],
): Promise<void> {
  return insertRows(
    client,
    "folded_verdicts",
    folded.map(({ incident_id = "", stopped = "", ...verdict }) => ({
      ...verdict,
      project,
      incident_id,
      stopped,
      window_start: toDateTime64(verdict.window_start),
      window_end: toDateTime64(verdict.window_end),
      judged_at: toDateTime64(verdict.judged_at),
      folded_at: toDateTime64(verdict.folded_at),
    })),
  );
}
