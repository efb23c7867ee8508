import { CHANGE_RECORDS, type RecordChanged } from "@leeway/core/events";
import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import type { RecordCounts } from "./record-counts.ts";

/** RecordLog tells how the records changed that say how models are watched. */
export interface RecordLog {
  /** How many revisions there are: one that stayed the same says that nothing changed. */
  size(project: string): Promise<number>;
  /** Revisions later than `revision`, oldest first, each with the one before; about 2,000 at once, and all of one moment. */
  since(project: string, revision: number): Promise<RecordChanged[]>;
}

const AT_ONCE = 2_000;

const bodySchema = z.record(z.string(), z.unknown());

const changeRow = z
  .object({
    kind: z.enum(CHANGE_RECORDS),
    id: z.string(),
    revision: z.coerce.number(),
    shown: z.string(),
    before: z.string(),
    deleted: z.boolean(),
    actor: z.string(),
    changed: z.coerce.number(),
  })
  .transform(
    ({ shown, before, changed, ...row }): RecordChanged => ({
      ...row,
      body: bodySchema.parse(JSON.parse(shown)),
      before: before === "" ? undefined : bodySchema.parse(JSON.parse(before)),
      at: changed,
    }),
  );

// A reference is large, and only whose it is matters here. What follows a removed revision is made anew.
const changes = defineQuery<
  { project: string; kinds: readonly string[]; since: number; limit: number },
  typeof changeRow
>({
  name: "records_log",
  sql: `SELECT * FROM (
      SELECT toString(kind) AS kind, id, revision, deleted, actor, toUnixTimestamp64Milli(at) AS changed,
        if(r.kind = 'reference', concat('{"model":', JSONExtractRaw(body, 'model'), ',"version":', JSONExtractRaw(body, 'version'), '}'), body) AS shown,
        lagInFrame(if(deleted, '', shown), 1, '') OVER (PARTITION BY r.kind, id ORDER BY revision ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
      FROM records AS r WHERE project = {project:String} AND r.kind IN {kinds:Array(String)}
    ) WHERE revision > {since:UInt64} ORDER BY revision LIMIT {limit:UInt32} WITH TIES`,
  row: changeRow,
});

/** createRecordLog returns the log of the records kept in ClickHouse. */
export function createRecordLog(client: ClickHouseClient, counts: RecordCounts): RecordLog {
  return {
    async size(project) {
      const rows = await counts(project);
      return CHANGE_RECORDS.reduce((sum, kind) => sum + (rows.get(kind) ?? 0), 0);
    },
    since: (project, revision) =>
      changes(client, { project, kinds: CHANGE_RECORDS, since: revision, limit: AT_ONCE }),
  };
}
