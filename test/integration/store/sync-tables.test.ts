import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { insertRaw, predictionRow } from "./rows.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function unsynced(): Promise<number> {
  const answer = await database.store.client.query({
    query: `SELECT count() AS tables FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name != 'records'
      AND create_table_query NOT LIKE '%fsync_after_insert = 1, fsync_part_directory = 1%'`,
    format: "JSONEachRow",
  });
  const [row] = await answer.json<{ tables: string }>();
  return Number(row?.tables);
}

it("keeps what was merged in every table until the disk has the merged part", async () => {
  const answer = await database.store.client.query({
    query: `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
      AND create_table_query NOT LIKE '%old_parts_lifetime = 480%'`,
    format: "JSONEachRow",
  });
  expect(await answer.json()).toEqual([]);
});

it("makes inserts into every table of events and of what is derived from them wait for the disk, and no longer where that is switched off", async () => {
  expect(await unsynced()).toBeGreaterThan(10);
  await database.store.syncTables("on");
  expect(await unsynced()).toBe(0);
  await insertRaw(database, "predictions", [predictionRow(1)]);
  await database.store.syncTables("off");
  expect(await unsynced()).toBeGreaterThan(10);
});
