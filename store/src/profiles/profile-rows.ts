import type { Reference } from "@leeway/core/records";
import type { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { profileRow } from "./profile-row.ts";
import { PROFILE_SETTINGS, profileStatements } from "./profile-sql.ts";
import type { RowSource } from "./row-source.ts";

/** profileRows profiles the rows of `source` on the bins of `reference` and returns a row per bucket and feature; `start` is the SQL of a bucket's start, of `p.bucket`. */
export async function profileRows(
  client: ClickHouseClient,
  reference: Reference,
  source: RowSource,
  { name, start }: { name: string; start: string },
): Promise<z.output<typeof profileRow>[]> {
  const rows: z.output<typeof profileRow>[] = [];
  for (const { sql, parameters } of profileStatements(reference, source)) {
    const query = defineQuery({
      name,
      sql: `SELECT ${start} AS start, p.* FROM (${sql}) AS p`,
      row: profileRow,
      settings: PROFILE_SETTINGS,
    });
    for (const row of await query(client, parameters)) rows.push(row);
  }
  return rows;
}
