import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { insertRaw, MODEL, predictionRow, START, sqlTime } from "./rows.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ now: () => START });
});
afterAll(() => database.close());

const row = (i: number, hash: number, receivedAt: number) =>
  predictionRow(i, {
    payload_hash: hash,
    timestamp: sqlTime(START),
    received_at: sqlTime(receivedAt),
  });

async function standing(): Promise<unknown> {
  const result = await database.store.client.query({
    query: `SELECT id, toUInt32(payload_hash) AS hash FROM predictions FINAL WHERE model = '${MODEL}' ORDER BY id`,
    format: "JSONEachRow",
  });
  return result.json();
}

it("of two rows of a prediction the one received first stands, and of a tie the same one in whatever order they came", async () => {
  for (const rows of [
    [row(1, 500, START), row(2, 300, START), row(3, 1, START + 1)],
    [row(1, 300, START), row(2, 500, START), row(3, 900, START)],
  ])
    await insertRaw(database, "predictions", rows);
  const ids = [1, 2, 3].map((i) => row(i, 0, START).id);
  const expected = [300, 300, 900].map((hash, i) => ({ id: ids[i], hash }));
  expect(await standing()).toEqual(expected);
  await database.store.client.command({ query: "OPTIMIZE TABLE predictions FINAL" });
  expect(await standing()).toEqual(expected);
});
