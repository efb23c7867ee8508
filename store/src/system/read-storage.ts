import { z } from "zod";
import type { ClickHouseClient } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";

/** Storage is the database as it stands: its version, what its tables take, and what is left on its disk. */
export interface Storage {
  version: string;
  /** Largest first. */
  tables: { table: string; rows: number; bytes: number }[];
  /** Undefined where the engine does not say. */
  disk: { freeBytes: number; totalBytes: number } | undefined;
}

const tableRow = z.object({ name: z.string(), amount: z.coerce.number(), size: z.coerce.number() });

const tableSizes = defineQuery<Record<never, never>, typeof tableRow>({
  name: "storage_tables",
  sql: `SELECT table AS name, sum(p.rows) AS amount, sum(p.bytes_on_disk) AS size FROM system.parts AS p
        WHERE p.active AND p.database = currentDatabase() GROUP BY name ORDER BY size DESC`,
  row: tableRow,
});

const diskRow = z.object({ engine: z.string(), free: z.coerce.number(), total: z.coerce.number() });

const diskSpace = defineQuery<Record<never, never>, typeof diskRow>({
  name: "storage_disk",
  sql: "SELECT version() AS engine, sum(free_space) AS free, sum(total_space) AS total FROM system.disks",
  row: diskRow,
});

/** readStorage returns how the database stands. */
export async function readStorage(client: ClickHouseClient): Promise<Storage> {
  const [tables, [disk]] = await Promise.all([tableSizes(client, {}), diskSpace(client, {})]);
  return {
    version: disk?.engine ?? "",
    tables: tables.map(({ name, amount, size }) => ({ table: name, rows: amount, bytes: size })),
    disk:
      disk === undefined || disk.total === 0 ? undefined : { freeBytes: disk.free, totalBytes: disk.total },
  };
}
