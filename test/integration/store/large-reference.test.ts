import { totalmem } from "node:os";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROWS = 250_000;
const STORED_AT_ONCE = 50_000;
const LIMIT_BYTES = 512 * 2 ** 20;
const FROM = Date.UTC(2026, 0, 5);
const TO = FROM + 86_400_000;

let test: TestDatabase;

beforeAll(async () => {
  // The engine of this file gives a statement half a gibibyte: one copy of the column fits, hundreds of them do not.
  process.env["LEEWAY_ENGINE_MEMORY_SHARE"] = String(LIMIT_BYTES / totalmem());
  test = await createTestDatabase();
  for (let at = 0; at < ROWS; at += STORED_AT_ONCE) await storeRows(at);
});

afterAll(async () => {
  delete process.env["LEEWAY_ENGINE_MEMORY_SHARE"];
  await test.close();
});

async function storeRows(first: number): Promise<void> {
  await test.store.client.command({
    query: `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, numbers, score)
      SELECT 'default', 'm', '1', 'production', toString(number),
        fromUnixTimestamp64Milli(toInt64(${FROM} + number % 86400000), 'UTC') AS time, time, number, map('x', toFloat64(number)), 0.5
      FROM numbers(${first}, ${STORED_AT_ONCE})`,
  });
}

it("takes a reference of 250,000 rows with half a gibibyte for each statement, exact at its extremes and deciles", async () => {
  const reference = await test.store.references.fromWindow("default", {
    id: "large",
    model: "m",
    version: "1",
    environment: "production",
    source: "window",
    from: FROM,
    to: TO,
  });
  const x = reference.features.find(({ name }) => name === "x")?.numeric;
  expect(reference.rows).toBe(ROWS);
  expect(x).toMatchObject({ minimum: 0, maximum: ROWS - 1 });
  // Type 7 quantiles of 0 … n − 1 are exact multiples of n − 1.
  for (let k = 1; k < 10; k++) expect(x?.grid.edges).toContain(((ROWS - 1) * k) / 10);
});
