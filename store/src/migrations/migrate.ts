import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { LeewayError } from "@leeway/core/errors";
import { z } from "zod";
import { type ClickHouseClient, type ClickHouseOptions, createClickHouse } from "../client/clickhouse.ts";
import { defineQuery } from "../client/define-query.ts";
import { insertRows, toDateTime64 } from "../client/insert-rows.ts";
import { toStoreError } from "../client/store-error.ts";
import { renderStatement } from "./render-statement.ts";
import { splitStatements } from "./split-statements.ts";

/** The folder of migrations beside this package. Found when asked for: a bundler may leave this module without a place of its own. */
function migrationsFolder(): string {
  return join(import.meta.dirname, "../../../migrations");
}

const appliedMigrations = defineQuery({
  name: "applied_migrations",
  sql: "SELECT name, argMax(checksum, applied_at) AS checksum FROM schema_migrations GROUP BY name ORDER BY name",
  row: z.object({ name: z.string(), checksum: z.string() }),
});

const SCHEMA_MIGRATIONS =
  "CREATE TABLE IF NOT EXISTS schema_migrations (name String, checksum String, applied_at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY name";

/**
 * migrate makes the database and applies the migrations it does not have, in order, and returns their names. Statements are idempotent, so
 * services that start together may both run it. A migration that was changed after it had been applied is refused.
 */
export async function migrate(
  options: ClickHouseOptions,
  now: () => number,
  folder = migrationsFolder(),
): Promise<string[]> {
  await createDatabase(options);
  const client = createClickHouse(options);
  try {
    await run(client, renderStatement(SCHEMA_MIGRATIONS, options.cluster), "create schema_migrations");
    const applied = new Map(
      (await appliedMigrations(client, {})).map(({ name, checksum }) => [name, checksum]),
    );
    const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
    const fresh: string[] = [];
    for (const name of names) {
      const script = await readFile(join(folder, name), "utf8");
      const checksum = createHash("sha256").update(script).digest("hex");
      const known = applied.get(name);
      if (known === checksum) continue;
      if (known !== undefined)
        throw new LeewayError(
          "internal",
          `migration ${name} was changed after it had been applied; write a new one instead`,
        );
      for (const statement of splitStatements(script)) {
        await run(client, renderStatement(statement, options.cluster), `migration ${name}`);
      }
      await insertRows(client, "schema_migrations", [{ name, checksum, applied_at: toDateTime64(now()) }]);
      fresh.push(name);
    }
    return fresh;
  } finally {
    await client.close();
  }
}

async function createDatabase(options: ClickHouseOptions): Promise<void> {
  if (!/^\w+$/.test(options.database))
    throw new LeewayError(
      "invalid_request",
      `database: expected letters, digits and _, got ${options.database}`,
    );
  const client = createClickHouse({ ...options, database: "default" });
  try {
    // Refreshable views and atomic exchanges need this engine; chdb's own default database has another.
    const create = `CREATE DATABASE IF NOT EXISTS ${options.database} ENGINE = Atomic`;
    await run(client, renderStatement(create, options.cluster), "create database");
  } finally {
    await client.close();
  }
}

async function run(client: ClickHouseClient, query: string, doing: string): Promise<void> {
  try {
    await client.command({ query });
  } catch (error) {
    throw toStoreError(error, doing);
  }
}
