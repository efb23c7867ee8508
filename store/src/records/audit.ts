import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";

/** AuditEntry is one change of one record: who, what, when. What it was changed to stays in the record's own history, since that may hold secrets. */
export interface AuditEntry {
  kind: string;
  id: string;
  revision: number;
  action: "put" | "remove";
  actor: string;
  at: number;
}

const auditRow = z
  .object({
    kind: z.string(),
    id: z.string(),
    revision: z.coerce.number(),
    deleted: z.boolean(),
    actor: z.string(),
    changed: z.coerce.number(),
  })
  .transform(
    ({ deleted, changed, ...row }): AuditEntry => ({
      ...row,
      action: deleted ? "remove" : "put",
      at: changed,
    }),
  );

// What the analyzer writes by itself every few windows is no change a person would look for.
const auditEntries = defineQuery<{ project: string; before: number; limit: number }, typeof auditRow>({
  name: "audit_entries",
  sql: `SELECT kind, id, revision, deleted, actor, toUnixTimestamp64Milli(at) AS changed
        FROM records
        WHERE project = {project:String} AND at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
          AND kind NOT IN ('session', 'notification', 'incident', 'fold_journal')
        ORDER BY at DESC, kind, id LIMIT {limit:UInt32}`,
  row: auditRow,
});

/** createAuditLog returns the log of changes of all records, newest first, those before a moment (epoch milliseconds). */
export function createAuditLog(
  client: ClickHouseClient,
): (project: string, before: number, limit: number) => Promise<AuditEntry[]> {
  return (project, before, limit) => auditEntries(client, { project, before, limit });
}
