import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClickHouseClient, createClient } from "@clickhouse/client";
import { startTestEngine, type TestEngine } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let engine: TestEngine;
let client: ClickHouseClient;
let outside: string;

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "none",
    (error: Error & { code?: string }) => error.code ?? error.message,
  );
const ask = (query: string, init: RequestInit = {}, password = new URL(engine.url).password) => {
  const { port } = new URL(engine.url);
  const authorization = `Basic ${Buffer.from(`leeway:${password}`).toString("base64")}`;
  return fetch(`http://127.0.0.1:${port}/?database=lab&query=${encodeURIComponent(query)}`, {
    ...init,
    headers: { authorization },
  });
};

beforeAll(async () => {
  engine = await startTestEngine();
  outside = mkdtempSync(join(tmpdir(), "leeway-outside-"));
  writeFileSync(join(outside, "secret"), "secret\n");
  client = createClient({ url: engine.url, log: { level: 127 } });
  await client.command({ query: "CREATE DATABASE IF NOT EXISTS lab ENGINE = Atomic" });
  await client.command({ query: "CREATE TABLE lab.t (a String) ENGINE = MergeTree ORDER BY a" });
});
afterAll(async () => {
  await client.close();
  await engine.stop();
  rmSync(outside, { recursive: true });
});

describe("who does not know the engine's password", () => {
  it("is refused, by whatever way it is given, and so is nobody's password", async () => {
    for (const wrong of ["", "x", "undefined"])
      expect((await ask("SELECT 1", {}, wrong)).status, wrong).toBe(403);
    const { port } = new URL(engine.url);
    expect((await fetch(`http://127.0.0.1:${port}/?query=SELECT+1`)).status).toBe(403);
    expect((await fetch(`http://127.0.0.1:${port}/?query=SELECT+1&password=`)).status).toBe(403);
    expect(await (await ask("SELECT 1")).text()).toBe("1\n");
  });

  it.skipIf(process.getuid?.() !== 0)("cannot look into its folders as another user either", () => {
    const paths = [engine.dataDir, ...readdirSync(engine.dataDir).map((name) => join(engine.dataDir, name))];
    for (const path of paths) {
      const look = spawnSync("/bin/sh", ["-c", 'ls "$0" || cat "$0"', path], { uid: 65_534, gid: 65_534 });
      expect(look.status, path).not.toBe(0);
      expect(statSync(path).mode & 0o077, path).toBe(0);
    }
  });
});

describe("who asks by GET", () => {
  it("reads, and writes nothing", async () => {
    expect(await (await ask("SELECT count() FROM lab.t")).text()).toBe("0\n");
    for (const query of [
      "INSERT INTO lab.t VALUES ('x')",
      "INSERT INTO lab.t SELECT 'x'",
      "WITH 'x' AS x INSERT INTO lab.t SELECT x",
      "CREATE TABLE lab.u (a String) ENGINE = MergeTree ORDER BY a",
      "DROP TABLE lab.t",
      "TRUNCATE TABLE lab.t",
      "ALTER TABLE lab.t ADD COLUMN b String",
      "SELECT 1 SETTINGS readonly = 0",
    ])
      expect((await ask(query)).status, query).not.toBe(200);
    expect((await ask("SELECT 1", { method: "POST" })).status).toBe(200);
    expect(await (await ask("SELECT count() FROM lab.t")).text()).toBe("0\n");
  });
});

describe("a statement that the front would let pass", () => {
  // What the front looks at may have a gap: the engine's own rights are a second wall behind it.
  it("still has no right to files, hosts, disks, users and programs", async () => {
    const secret = `'${join(outside, "secret")}'`;
    for (const query of [
      `SELECT * FROM ${secret.replaceAll("'", "`")}`,
      `CREATE TABLE lab.d (a String) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = 'object_storage', object_storage_type = 'local', metadata_type = 'local', path = '${outside}/disk/')`,
      `SELECT 1 AS a FORMAT Template SETTINGS format_template_row = ${secret}`,
      `SELECT 1 AS a FORMAT Protobuf SETTINGS format_schema = '${outside}/secret:A'`,
      `SELECT 1 AS a SETTINGS additional_result_filter = 'length(file(${secret.replaceAll("'", "\\'")})) > 0'`,
      "CREATE USER other",
      "CREATE FUNCTION other AS (x) -> x",
      "SYSTEM SHUTDOWN",
    ])
      expect(["497", "452", "60", "62"], query).toContain(await codeOf(client.command({ query })));
    expect(existsSync(join(outside, "disk"))).toBe(false);
  });

  it("reads no file through an expression in the rows of VALUES", async () => {
    const values = `INSERT INTO lab.t VALUES (file('${join(outside, "secret")}'))`;
    expect(await codeOf(client.command({ query: values }))).not.toBe("none");
    expect(await (await ask("SELECT count() FROM lab.t")).text()).toBe("0\n");
  });

  it("reads the rows that came with it, whatever else it cannot read", async () => {
    const insert = "INSERT INTO lab.t SELECT line FROM input('line String') FORMAT LineAsString";
    expect((await ask(insert, { method: "POST", body: "one\ntwo\n" })).status).toBe(200);
    for (const table of [
      `\`${outside}/secret\``,
      `default.\`${outside}/secret\``,
      `file('${outside}/secret')`,
    ]) {
      const more = `INSERT INTO lab.t SELECT line FROM input('line String'), ${table} AS other FORMAT LineAsString`;
      expect((await ask(more, { method: "POST", body: "one\n" })).status, table).not.toBe(200);
    }
    expect(await (await ask("SELECT count() FROM lab.t")).text()).toBe("2\n");
  });
});
