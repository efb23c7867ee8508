import { z } from "zod";
import type { ClickHouseClient } from "./clickhouse.ts";
import { defineCommand, defineQuery } from "./define-query.ts";

const tables = defineQuery<Record<string, never>, z.ZodObject<{ name: z.ZodString }>>({
  name: "tables_to_sync",
  sql: "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name != 'records' ORDER BY name",
  row: z.object({ name: z.string() }),
});

/**
 * syncTables makes every insert of every table wait until the disk has it (`on`), or not (`off`). All tables or none: a roll-up that outlived a
 * power loss beside rows that did not, or the mark that it was computed, would contradict them.
 * Configuration and state (`records`) always wait.
 */
export async function syncTables(client: ClickHouseClient, sync: "on" | "off"): Promise<void> {
  const value = sync === "on" ? 1 : 0;
  for (const { name } of await tables(client, {})) {
    await defineCommand({
      name: "sync_table",
      sql: `ALTER TABLE ${name} MODIFY SETTING fsync_after_insert = ${value}, fsync_part_directory = ${value}`,
    })(client, {});
  }
}
