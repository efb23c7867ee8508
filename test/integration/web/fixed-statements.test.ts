import { randomBytes } from "node:crypto";
import type { Evaluation } from "@leeway/core/evaluation";
import type { Store } from "@leeway/store";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findModelPage } from "../../../web/src/server/find-model-page.ts";
import { loadBreakdown } from "../../../web/src/server/load-breakdown.ts";
import { loadModelPage } from "../../../web/src/server/load-model-page.ts";
import { loadOverview } from "../../../web/src/server/overview.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 4, 20, 12, 30);
const WINDOWS = 48;

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase({ now: () => NOW });
  store = database.store;
  Object.assign(globalThis, {
    [Symbol.for("leeway.web.server")]: {
      ...{ store, now: () => NOW, random: randomBytes, config: { ingestUrl: "http://localhost" } },
    },
  });
});

afterAll(() => database.close());

const personOf = (project: string) => ({
  ...{ project, userId: "ada", email: "ada@example.org", role: "admin" as const },
});

test("the overview asks as many statements of twelve models as of two, also while they have no reference", async () => {
  const costs = [];
  for (const models of [2, 12]) {
    const project = `of-${models}`;
    for (let i = 0; i < models; i++) await seedModel(project, `model-${i}`, 200);
    const person = personOf(project);
    await loadOverview(person);
    const before = await readEvents();
    const { rows } = await loadOverview(person);
    const after = await readEvents();
    expect(rows).toHaveLength(models);
    expect(rows[0]).toMatchObject({
      drift: { latest: 0.5 },
      performance: { latest: 0.9 },
      predictionsDay: 24,
    });
    costs.push(after.statements - before.statements);
  }
  // Reads of the same moment share one statement that counts records, so a few more or fewer are chance. One a model would be ten more.
  expect(Math.abs(costs[1]! - costs[0]!)).toBeLessThan(5);
});

test("a model page that asks no breakdown reads no prediction, and draws what the verdicts' outlines say", async () => {
  const rows = 100_000;
  await seedModel("pages", "large", rows);
  const person = personOf("pages");
  const address = { range: "all" };
  const found = await findModelPage(person, "large", address);
  if (found.outcome !== "found") throw new Error(found.message);
  const before = await readEvents();
  const page = await loadModelPage(person, found, address);
  const breakdown = await loadBreakdown(person, {
    ...{ model: found.model, version: found.version!, range: found.range, by: undefined },
  });
  const after = await readEvents();
  expect(after.rowsRead - before.rowsRead).toBeLessThan(rows / 10);
  expect(breakdown.names).toEqual({ tags: ["region"], features: ["carrier"] });
  expect(page.drift.rows.map(({ feature, driftedWindows }) => [feature, driftedWindows])).toEqual([
    ["late", WINDOWS],
    ["weather", 0],
  ]);
  expect(page.performance.points.at(-1)).toMatchObject({ value: 0.9, low: 0.8, high: 1, reference: 0.95 });
});

async function readEvents(): Promise<{ statements: number; rowsRead: number }> {
  const answer = await store.client.query({
    query: "SELECT event, value FROM system.events WHERE event IN ('SelectQuery', 'SelectedRows')",
    format: "JSONEachRow",
  });
  const rows = (await answer.json()) as { event: string; value: string | number }[];
  const of = (event: string) => Number(rows.find((row) => row.event === event)?.value ?? 0);
  return { statements: of("SelectQuery"), rowsRead: of("SelectedRows") };
}

async function seedModel(project: string, model: string, rows: number): Promise<void> {
  const from = NOW - WINDOWS * HOUR;
  const record = { model, task: "binary" as const, configured: true, window: HOUR, created_at: from };
  await store.records.model.put(project, model, record, "test");
  await store.client.command({
    query: `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, strings, tags, score)
      SELECT '${project}', '${model}', '1', 'production', toString(number),
        fromUnixTimestamp64Milli(toInt64(${from} + intDiv(number * ${WINDOWS * HOUR}, ${rows})), 'UTC'),
        fromUnixTimestamp64Milli(${NOW}, 'UTC'), number, map('carrier', 'a'), map('region', 'eu'), 0.5
      FROM numbers(${rows})`,
  });
  // One request an hour: what the pages sum is the minutes of the roll-up.
  await store.client.command({
    query: `INSERT INTO serving_minutes (project, model, version, environment, minute, total, errors, latency_buckets, latency_counts, computed_at)
      SELECT '${project}', '${model}', '1', 'production', toStartOfHour(toDateTime(${from / 1_000}, 'UTC')) + number * 3600, 1, 0, [10], [1.],
        fromUnixTimestamp64Milli(${NOW}, 'UTC') FROM numbers(${WINDOWS + 1})`,
  });
  const starts = Array.from({ length: WINDOWS }, (_, i) => Math.floor(from / HOUR) * HOUR + i * HOUR);
  await store.evaluations.insert(
    project,
    starts.flatMap((start) => [driftVerdict(model, start), performanceVerdict(model, start)]),
  );
}

function verdict(model: string, start: number, kind: "drift" | "performance"): Omit<Evaluation, "detail"> {
  return {
    ...{ model, version: "1", environment: "production", monitor_id: `${model}/${kind}`, kind, segment: "" },
    ...{ window_start: start, window_end: start + HOUR, revision: 1, outcome: "ok", reason: "as usual" },
    ...{ state: {}, evaluated_at: NOW },
  };
}

function driftVerdict(model: string, start: number): Evaluation {
  const feature = (outcome: "ok" | "drifted", psi: number) => ({
    ...{
      type: "numeric",
      outcome,
      drifted: outcome === "drifted",
      psi,
      threshold: 0.2,
      reason: "r".repeat(2_000),
    },
  });
  const features = { late: feature("drifted", 0.5), weather: feature("ok", 0.01) };
  const detail = { start, end: start + HOUR, count: 4, reference_id: "r", outcome: "ok", reason: "as usual" };
  return { ...verdict(model, start, "drift"), detail: { ...detail, features } };
}

function performanceVerdict(model: string, start: number): Evaluation {
  const accuracy = { value: 0.9, ci_low: 0.8, ci_high: 1, reference: 0.95 };
  return {
    ...verdict(model, start, "performance"),
    detail: {
      ...{
        start,
        end: start + HOUR,
        predictions: 4,
        labelled: 4,
        label_coverage: 1,
        expected_coverage: null,
      },
      ...{ mature: true, outcome: "ok", revision: 1, metrics: { accuracy }, reason: "as usual" },
    },
  };
}
