import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";

/** RecordCounts tells how many rows each kind of record has in a project. Rows are only ever added: a count that stayed the same says that nothing changed. */
export type RecordCounts = (project: string) => Promise<ReadonlyMap<string, number>>;

const countRow = z.object({ kind: z.string(), rows: z.coerce.number() });

const rowsByKind = defineQuery<{ project: string }, typeof countRow>({
  name: "records_counts",
  sql: "SELECT toString(kind) AS kind, count() AS rows FROM records WHERE project = {project:String} GROUP BY kind",
  row: countRow,
});

/** createRecordCounts returns counts that are asked for anew by every call; calls made in the same turn of the event loop share one query. */
export function createRecordCounts(client: ClickHouseClient): RecordCounts {
  const asked = new Map<string, ReturnType<RecordCounts>>();
  const ask = async (project: string) => {
    // Nothing is sent before the turn ends, so that no call is answered from before it was made.
    await Promise.resolve();
    asked.delete(project);
    const rows = await rowsByKind(client, { project });
    return new Map(rows.map((row) => [row.kind, row.rows]));
  };
  return (project) => {
    const answer = asked.get(project) ?? ask(project);
    asked.set(project, answer);
    return answer;
  };
}
