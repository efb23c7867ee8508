import { existsSync, readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { readHealth } from "@leeway/store";
import { createTestDatabase, type TestDatabase, type TestEngine } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { patience } from "../../machine/patience.ts";

interface Part {
  name: string;
  path: string;
  level: number;
}

let test: TestDatabase;
let restarted: TestEngine | undefined;
const ask = async <T>(query: string): Promise<T[]> =>
  (await test.store.client.query({ query, format: "JSONEachRow" })).json<T>();
const command = (query: string) => test.store.client.command({ query });

// Empty marks, data cut short, and every file empty, as a disk that is full leaves them.
const HURTS: readonly ((path: string) => void)[] = [
  (path) => truncateSync(join(path, "data.cmrk4"), 0),
  (path) => truncateSync(join(path, "data.bin"), 3),
  (path) => {
    for (const name of readdirSync(path)) truncateSync(join(path, name), 0);
  },
];

async function tables(): Promise<string[]> {
  const rows = await ask<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' ORDER BY name",
  );
  return rows.map(({ name }) => name);
}

/** Adds one row that is like no other; its times are now, so that no retention takes it. */
async function addRow(table: string, text: string): Promise<void> {
  const columns = await ask<{ name: string; type: string }>(
    `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = '${table}' AND default_kind = ''`,
  );
  const key = columns.find(({ type }) => /^(LowCardinality\()?String/.test(type))!;
  const times = columns.filter(({ type }) => /^(SimpleAggregateFunction\(\w+, )?DateTime/.test(type));
  const names = [key, ...times].map(({ name }) => `\`${name}\``).join(", ");
  await command(`INSERT INTO ${table} (${names}) SELECT '${text}'${", now('UTC')".repeat(times.length)}`);
}

const partsOf = (table: string) =>
  ask<Part>(
    `SELECT name, path, level FROM system.parts WHERE database = currentDatabase() AND table = '${table}' AND active ORDER BY level`,
  );
const rowsOf = async (table: string, name: string) => {
  const key = table === "schema_migrations" ? "name" : "project";
  const rows = await ask<Record<string, string>>(
    `SELECT * FROM ${table} WHERE ${key} LIKE 'torn-${name}-%' ORDER BY ${key}`,
  );
  return rows.map((row) => row[key]);
};
const detachedOf = async () =>
  (
    await ask<{ table: string }>(
      "SELECT DISTINCT table FROM system.detached_parts WHERE database = currentDatabase() ORDER BY table",
    )
  ).map(({ table }) => table);

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  // Both engines share a folder, which goes with the first that is stopped: that must be the one that still runs.
  await restarted?.stop();
  await test.close();
});

it(
  "a part that cannot be read is out of the way a moment after it was read, in every table; what it was merged from takes its place",
  async () => {
    const all = await tables();
    expect(all.length).toBeGreaterThan(20);
    for (const [place, table] of all.entries()) {
      for (const n of [1, 2, 3]) await addRow(table, `torn-${table}-${n}`);
      await command(`OPTIMIZE TABLE ${table} FINAL`);
      await addRow(table, `torn-${table}-4`);
      const parts = await partsOf(table);
      expect(parts.length, table).toBe(2);
      for (const [nth, { path }] of parts.entries()) HURTS[(place + nth) % HURTS.length]!(path);
    }
    const kept = (table: string) => [1, 2, 3].map((n) => `torn-${table}-${n}`);
    for (const table of all)
      await expect
        .poll(() => rowsOf(table, table).catch(() => undefined), {
          timeout: patience(60_000),
          message: table,
        })
        .toEqual(kept(table));
    // Only what no other part holds is kept aside.
    expect(await detachedOf()).toEqual(all);
    for (const table of all) await addRow(table, `torn-${table}-5`);
    for (const table of all) expect(await rowsOf(table, table)).toEqual([...kept(table), `torn-${table}-5`]);
  },
  patience(300_000),
);

it(
  "torn parts that are there when the engine starts are set aside, and what they were merged from comes back",
  async () => {
    const all = ["predictions", "records", "rollup_hours"];
    for (const table of all) {
      for (const n of [1, 2]) await addRow(table, `torn-start-${n}`);
      await command(`OPTIMIZE TABLE ${table} FINAL`);
    }
    const torn = (await Promise.all(all.map(partsOf))).flat();
    test.engine.process.kill("SIGKILL");
    for (const { path } of torn) truncateSync(join(path, "checksums.txt"), 0);
    restarted = await test.engine.restart();
    for (const table of all)
      expect(await rowsOf(table, "start"), table).toEqual(["torn-start-1", "torn-start-2"]);
  },
  patience(120_000),
);

it(
  "the hours of a roll-up that could not be read are due again, and it is forgotten; other parts are named until a person has looked",
  async () => {
    const { tornParts, client } = test.store;
    const hour = (day: string) => ({
      project: "torn",
      rollup: "profiles",
      model: "m",
      version: "1",
      hour: `${day} 00:00:00`,
    });
    await client.insert({
      table: "rollup_hours",
      values: [hour("2026-11-03"), hour("2026-10-03")],
      format: "JSONEachRow",
    });
    await client.insert({
      table: "feature_profiles",
      values: [{ project: "torn-recount-1", model: "m", bucket: "2026-11-03 00:00:00" }],
      format: "JSONEachRow",
    });
    await addRow("labels", "torn-recount-1");
    for (const table of ["feature_profiles", "labels"]) {
      // Where the engine merged meanwhile, what was merged comes back: that is torn as well.
      const tearAndRead = async () => {
        for (const { path } of await partsOf(table)) {
          // Marks that were read once are kept in memory: the rows themselves are torn, too.
          for (const name of ["data.cmrk4", "data.bin"]) {
            if (existsSync(join(path, name))) truncateSync(join(path, name), 0);
          }
        }
        return rowsOf(table, "recount").catch(() => undefined);
      };
      await expect.poll(tearAndRead, { timeout: patience(60_000), interval: 500 }).toEqual([]);
    }
    const found = await tornParts.list();
    expect(found.map(({ table }) => table)).toEqual(expect.arrayContaining(["feature_profiles", "labels"]));
    const recounted = await tornParts.recount();
    expect(recounted.map(({ table }) => table)).toContain("feature_profiles");
    const left = await ask<{ hour: string }>("SELECT hour FROM rollup_hours WHERE project = 'torn'");
    expect(left).toEqual([{ hour: "2026-10-03 00:00:00" }]);
    expect((await tornParts.list()).map(({ table }) => table)).toContain("labels");
    expect(await tornParts.recount()).toEqual([]);

    const inserted = {
      model: "m",
      version: "1",
      environment: "production",
      timestamp: "2026-11-03 00:00:00",
    };
    const row = { ...inserted, project: "torn-health", id: "1", received_at: "2026-11-03 00:00:00" };
    await client.insert({ table: "predictions", values: [row], format: "JSONEachRow" });
    const [health] = await readHealth(test.store, "torn-health", { now: Date.UTC(2026, 10, 3, 1) });
    expect(health).toMatchObject({ model: "m", state: "blind" });
    expect(health?.sentence).toMatch(/stored parts? of the labels could not be read/);
  },
  patience(120_000),
);
