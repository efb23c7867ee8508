import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderStatement } from "./render-statement.ts";
import { splitStatements } from "./split-statements.ts";

const folder = join(import.meta.dirname, "../../../migrations");
const statements = readdirSync(folder)
  .filter((name) => name.endsWith(".sql"))
  .flatMap((name) => splitStatements(readFileSync(join(folder, name), "utf8")));

describe("a migration's statement", () => {
  it("stays as it is on a single node", () => {
    for (const statement of statements) expect(renderStatement(statement, undefined)).toBe(statement);
  });

  it("runs on every node of a cluster, with replicated tables", () => {
    const rendered = renderStatement(
      "-- why\nCREATE TABLE IF NOT EXISTS t (a UInt8)\nENGINE = ReplacingMergeTree(v)\nORDER BY a SETTINGS non_replicated_deduplication_window = 5",
      "main",
    );
    expect(rendered).toBe(
      "-- why\nCREATE TABLE IF NOT EXISTS t ON CLUSTER main (a UInt8)\nENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', v)\nORDER BY a SETTINGS replicated_deduplication_window = 5",
    );
    expect(renderStatement("ALTER TABLE t ADD COLUMN b UInt8", "main")).toBe(
      "ALTER TABLE t ON CLUSTER main ADD COLUMN b UInt8",
    );
  });

  it("is understood in every migration there is", () => {
    for (const statement of statements) {
      const rendered = renderStatement(statement, "main");
      // Rows that a migration inserts reach the other replicas by themselves.
      if (!/^(--[^\n]*\n|\s)*INSERT /.test(statement)) expect(rendered).toContain(" ON CLUSTER main");
      expect(rendered).not.toMatch(/ENGINE = (?!Replicated)\w*MergeTree/);
    }
  });
});
