import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resolveLabels } from "../../../store/src/labels/resolve-labels.ts";
import { insertLabels, insertPredictions } from "./prediction-rows.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);

let test: TestDatabase;
let clock: number;

const rows = async (query: string) =>
  (await test.store.client.query({ query, format: "JSONEachRow" })).json() as Promise<
    Record<string, unknown>[]
  >;
const resolved = () =>
  rows(
    "SELECT prediction_id AS id, version, label FROM resolved_labels FINAL ORDER BY id, version, timestamp",
  );
const orphans = () =>
  rows("SELECT prediction_id AS id FROM orphan_labels FINAL WHERE is_resolved = 0 ORDER BY id");
/** pass lets `ms` go by and resolves what has come. */
async function pass(ms = 1_000) {
  clock += ms;
  await test.store.labels.resolve("default", "m");
}
const prediction = (id: string, more: { version?: string; timestamp?: number } = {}) =>
  insertPredictions(test.store, [{ id, timestamp: START, score: 0.5, received_at: clock, ...more }]);
const label = (prediction_id: string, text: string, timestamp = START + HOUR) =>
  insertLabels(test.store, [{ prediction_id, label: text, timestamp, received_at: clock }]);

beforeAll(async () => {
  clock = START + 48 * HOUR;
  test = await createTestDatabase({ now: () => clock });
});
afterAll(() => test.close());
beforeEach(async () => {
  clock += HOUR;
  for (const table of [
    "predictions",
    "prediction_activity",
    "labels",
    "resolved_labels",
    "orphan_labels",
    "label_activity",
    "label_resolution",
  ])
    await test.store.client.command({ query: `TRUNCATE TABLE ${table}` });
});

describe("a label", () => {
  it("is joined to its prediction, whichever came first", async () => {
    await prediction("first");
    await label("first", "1");
    await label("later", "0");
    await pass();
    expect(await resolved()).toEqual([{ id: "first", version: "1", label: "1" }]);
    expect(await orphans()).toEqual([{ id: "later" }]);
    clock += 5 * HOUR;
    await prediction("later");
    await pass();
    expect(await resolved()).toEqual([
      { id: "first", version: "1", label: "1" },
      { id: "later", version: "1", label: "0" },
    ]);
    expect(await orphans()).toEqual([]);
  });

  it("joins every version that scored its prediction, also one that scores it afterwards", async () => {
    await prediction("p");
    await prediction("p", { version: "2" });
    await label("p", "1");
    await pass();
    await pass(5 * HOUR);
    await prediction("p", { version: "shadow" });
    await pass();
    expect((await resolved()).map(({ version }) => version)).toEqual(["1", "2", "shadow"]);
  });

  it("that comes twice, and passes that are repeated, change nothing", async () => {
    await prediction("p");
    await label("p", "1");
    await label("p", "1");
    for (let i = 0; i < 3; i++) await pass();
    await label("p", "1");
    await pass(10 * HOUR);
    expect(await resolved()).toEqual([{ id: "p", version: "1", label: "1" }]);
  });

  it("may correct an earlier one: history stays", async () => {
    await prediction("p");
    await label("p", "0", START + HOUR);
    await pass();
    clock += HOUR;
    await label("p", "1", START + 2 * HOUR);
    await pass();
    expect((await resolved()).map((row) => row["label"])).toEqual(["0", "1"]);
    const newest = { model: "m", lastTimestamp: START + 2 * HOUR };
    expect(await test.store.labels.newest("default")).toMatchObject([newest]);
    expect(await test.store.labels.newest("default", "other")).toEqual([]);
  });

  it("stored a little after a later-stamped one was seen is still found", async () => {
    await prediction("a");
    await prediction("b");
    await label("b", "1");
    await pass();
    await insertLabels(test.store, [
      { prediction_id: "a", label: "1", timestamp: START, received_at: clock - 30_000 },
    ]);
    await pass();
    expect((await resolved()).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("is found when it, or its prediction, was committed minutes after it was stamped", async () => {
    await prediction("a");
    await label("a", "1");
    await label("held up", "0");
    await pass();
    expect(await orphans()).toEqual([{ id: "held up" }]);
    const stamped = clock - 300_000;
    await insertPredictions(test.store, [
      { id: "held up", timestamp: START, score: 0.5, received_at: stamped },
    ]);
    await pass();
    expect((await resolved()).map(({ id }) => id)).toEqual(["a", "held up"]);
    expect(await orphans()).toEqual([]);
    await prediction("b");
    await pass();
    await insertLabels(test.store, [
      { prediction_id: "b", label: "1", timestamp: START, received_at: clock - 300_000 },
    ]);
    await pass();
    expect((await resolved()).map(({ id }) => id)).toEqual(["a", "b", "held up"]);
  });

  it("is found when this process's clock runs an hour ahead of the one that stamped it", async () => {
    await prediction("a");
    await prediction("b");
    await label("a", "1");
    clock += HOUR;
    await pass();
    await insertLabels(test.store, [
      { prediction_id: "b", label: "1", timestamp: START, received_at: clock - HOUR },
    ]);
    await pass();
    expect((await resolved()).map(({ id }) => id)).toEqual(["a", "b"]);
  });
});

describe("many labels", () => {
  it("are joined in chunks, each exactly once, orphans included", async () => {
    const count = 30_000;
    await test.store.client.command({
      query: `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash)
        SELECT 'default', 'm', '1', 'production', toString(number), fromUnixTimestamp64Milli(toInt64(${START} + number), 'UTC'),
          fromUnixTimestamp64Milli(toInt64(${clock}), 'UTC'), 1 FROM numbers(${count})`,
    });
    await test.store.client.command({
      query: `INSERT INTO labels (project, model, prediction_id, label, timestamp, received_at, payload_hash)
        SELECT 'default', 'm', toString(number * 2), '1', fromUnixTimestamp64Milli(toInt64(${START}), 'UTC'),
          fromUnixTimestamp64Milli(toInt64(${clock}), 'UTC'), number FROM numbers(${count})`,
    });
    await resolveLabels(test.store.client, "default", "m", clock + 1, 7_000);
    const [joined] = await rows(
      "SELECT toUInt32(count()) AS n, toUInt32(uniqExact(prediction_id)) AS ids FROM resolved_labels",
    );
    expect(joined).toEqual({ n: count / 2, ids: count / 2 });
    const [waiting] = await rows(
      "SELECT toUInt32(count()) AS n FROM orphan_labels FINAL WHERE is_resolved = 0",
    );
    expect(waiting).toEqual({ n: count / 2 });
  });
});
