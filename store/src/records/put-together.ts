import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import { wellFormed } from "../client/well-formed.ts";

/** RecordChange is one record to write: the kind as stored (`incident`, `notification`), its id and its whole body. */
export interface RecordChange {
  kind: string;
  id: string;
  /** Of a removal, the latest body. */
  body: unknown;
  removed?: true;
}

const revisionRow = z.object({ kind: z.string(), id: z.string(), revision: z.coerce.number() });

const latestRevisions = defineQuery<{ project: string; kinds: string[]; ids: string[] }, typeof revisionRow>({
  name: "records_latest_revisions",
  sql: `SELECT kind, id, max(revision) AS revision FROM records
        WHERE project = {project:String} AND kind IN {kinds:Array(String)} AND id IN {ids:Array(String)}
        GROUP BY kind, id`,
  row: revisionRow,
});

/**
 * putRecordsTogether writes records of any kinds in one insert, which is all or nothing: an incident is never stored without the
 * notifications that tell of it. Each kind of id appears at most once in `changes`.
 */
export async function putRecordsTogether(
  client: ClickHouseClient,
  project: string,
  changes: readonly RecordChange[],
  actor: string,
  now: number,
): Promise<void> {
  if (changes.length === 0) return;
  const latest = await latestRevisions(client, {
    project,
    kinds: [...new Set(changes.map(({ kind }) => kind))],
    ids: changes.map(({ id }) => id),
  });
  const revisions = new Map(latest.map(({ kind, id, revision }) => [`${kind}\n${id}`, revision]));
  const rows = changes.map(({ kind, id, body, removed = false }) => ({
    project,
    kind,
    id,
    revision: String(Math.max(now * 1_000, (revisions.get(`${kind}\n${id}`) ?? 0) + 1)),
    body: JSON.stringify(wellFormed(body)),
    deleted: removed,
    actor,
    at: toDateTime64(now),
  }));
  await insertRows(client, "records", rows);
}
