import type { WindowProfile } from "@leeway/core/profile";
import { createRandom, drawNormal } from "@leeway/core/random";
import type { Reference } from "@leeway/core/records";
import { countOnGrid, createNumericGrid, decileCounts } from "@leeway/core/statistics";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertPredictions, type TestRow } from "./prediction-rows.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);
const HOURS = 12;
const ROWS = 3_000;

let clock = START + 30 * 86_400_000;
let test: TestDatabase;
let rows: TestRow[];
let reference: Reference;

const scope = { model: "m", version: "1", environment: "production" } as const;

function makeRows(): TestRow[] {
  const random = createRandom(7);
  return Array.from({ length: ROWS }, (_, i) => {
    const numbers: Record<string, number> = {
      normal: 1e6 + drawNormal(random),
      tied: Math.floor(random() * 4),
      constant: 5,
    };
    if (random() < 0.7) numbers["sparse"] = -(random() ** 2);
    if (random() < 0.02) numbers["color"] = 1;
    const strings: Record<string, string> = { word: `note ${i} about ${Math.floor(random() * 1e9)} things` };
    if (numbers["color"] === undefined) strings["color"] = random() < 0.8 ? "red" : "blue";
    return {
      id: `p${i}`,
      timestamp: START + Math.floor((i / ROWS) * HOURS * HOUR),
      numbers,
      strings,
      booleans: { flag: random() < 0.25 },
      nulls: random() < 0.1 ? ["gone"] : [],
      score: random(),
      tags: { region: i % 3 === 0 ? "eu" : "us" },
    };
  });
}

const numbersOf = (name: string, of: readonly TestRow[]) =>
  Float64Array.from(of.flatMap(({ numbers }) => (numbers?.[name] === undefined ? [] : [numbers[name]])));
const within = (window: { start: number; end: number }) => (row: TestRow) =>
  row.timestamp >= window.start && row.timestamp < window.end;
const feature = (window: WindowProfile | undefined, name: string) =>
  window?.features.find((one) => one.name === name);

beforeAll(async () => {
  test = await createTestDatabase({ now: () => clock });
  rows = makeRows();
  // The same rows twice: a retried insert must not be counted twice.
  await insertPredictions(test.store, rows);
  await insertPredictions(test.store, rows.slice(0, 500));
  reference = await test.store.references.fromWindow("default", {
    ...scope,
    id: "ref",
    source: "automatic",
    from: START,
    to: START + HOURS * HOUR,
  });
});
afterAll(() => test.close());

describe("a reference made of a window", () => {
  it("has the very grid that core makes of the sorted column, and core's counts on it", () => {
    expect(reference.rows).toBe(ROWS);
    for (const name of ["normal", "tied", "constant", "sparse"]) {
      const found = reference.features.find((one) => one.name === name)!;
      const column = numbersOf(name, rows);
      const grid = createNumericGrid(column.slice().sort());
      expect(found.type).toBe("numeric");
      expect(found.numeric?.grid).toEqual(grid);
      expect(found.numeric?.counts).toEqual(Array.from(countOnGrid(grid, column)));
      expect(found.count).toBe(column.length);
      expect(found.missing_count).toBe(ROWS - column.length);
    }
  });

  it("tells categories, booleans and free text apart, and counts values of another type", () => {
    const types = Object.fromEntries(reference.features.map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({ color: "categorical", flag: "boolean", word: "text" });
    const color = reference.features.find(({ name }) => name === "color")!;
    const wrong = numbersOf("color", rows).length;
    expect(color.wrong_type_count).toBe(wrong);
    expect(color.categories?.map(({ name }) => name)).toEqual(["red", "blue"]);
    expect(color.categories?.reduce((sum, { count }) => sum + count, 0)).toBe(ROWS - wrong);
  });

  it("has the model's output in the same form", () => {
    expect(reference.prediction).toMatchObject({ name: "prediction", type: "numeric", count: ROWS });
  });
});

describe("what the model says of each bin", () => {
  it("is the mean output of the rows in it, missing values last", () => {
    const sparse = reference.features.find(({ name }) => name === "sparse")!;
    const means = sparse.prediction_means!;
    const bins = decileCounts(sparse.numeric!.grid, sparse.numeric!.counts);
    expect(means).toHaveLength(bins.length + 1);
    const meanOf = (held: readonly TestRow[]) =>
      held.reduce((sum, { score }) => sum + (score ?? 0), 0) / held.length;
    expect(means.at(-1)).toBeCloseTo(
      meanOf(rows.filter(({ numbers }) => numbers?.["sparse"] === undefined)),
      9,
    );
    const first = sparse.numeric!.grid.decileEdges[0]!;
    const lowest = rows.filter(({ numbers }) => (numbers?.["sparse"] ?? Number.POSITIVE_INFINITY) <= first);
    expect(means[0]).toBeCloseTo(meanOf(lowest), 9);
    const color = reference.features.find(({ name }) => name === "color")!;
    const red = rows.filter(({ strings }) => strings?.["color"] === "red");
    expect(color.prediction_means![0]).toBeCloseTo(meanOf(red), 9);
  });
});

describe("windows from the roll-up", () => {
  it("count every hour's rows exactly as core counts them, once", async () => {
    const computed = await test.store.profiles.refresh("default", { ...scope, reference, windowMs: HOUR });
    expect(computed.length).toBe(HOURS);
    const windows = await test.store.profiles.windows("default", {
      ...scope,
      reference,
      windowMs: HOUR,
      from: START,
      to: START + HOURS * HOUR,
    });
    expect(windows.length).toBe(HOURS);
    for (const window of windows) {
      const held = rows.filter(within(window));
      expect(window.rows).toBe(held.length);
      for (const name of ["normal", "tied", "constant", "sparse"]) {
        const grid = reference.features.find((one) => one.name === name)!.numeric!.grid;
        const column = numbersOf(name, held);
        const profile = feature(window, name);
        expect(profile?.numeric?.counts).toEqual(Array.from(countOnGrid(grid, column)));
        expect(profile?.missingCount).toBe(held.length - column.length);
        expect(profile?.numeric?.minimum).toBe(Math.min(...column));
        expect(profile?.numeric?.maximum).toBe(Math.max(...column));
      }
      expect(feature(window, "gone")?.nullCount).toBe(held.filter((row) => row.nulls?.length).length);
      expect(window.prediction?.count).toBe(held.length);
    }
  });

  it("sum to longer windows, and shorter ones have buckets of their own", async () => {
    const day = { ...scope, reference, windowMs: 24 * HOUR, from: START, to: START + 24 * HOUR };
    const [window] = await test.store.profiles.windows("default", day);
    expect(feature(window, "normal")?.numeric?.counts).toEqual(
      reference.features.find(({ name }) => name === "normal")?.numeric?.counts,
    );
    expect(feature(window, "color")?.categories).toEqual(
      Object.fromEntries(
        reference.features.find(({ name }) => name === "color")!.categories!.map((c) => [c.name, c.count]),
      ),
    );
    await test.store.profiles.refresh("default", { ...scope, reference, windowMs: HOUR / 4 });
    const quarters = await test.store.profiles.windows("default", {
      ...scope,
      reference,
      windowMs: HOUR / 4,
      from: START,
      to: START + HOUR,
    });
    expect(quarters.map(({ start }) => (start - START) / 60_000)).toEqual([0, 15, 30, 45]);
    expect(quarters.reduce((sum, one) => sum + one.rows, 0)).toBe(ROWS / HOURS);
  });

  it("hold a segment's rows only", async () => {
    const segment = { region: "eu" };
    await test.store.profiles.refresh("default", { ...scope, reference, windowMs: 24 * HOUR, segment });
    const [window] = await test.store.profiles.windows("default", {
      ...scope,
      reference,
      windowMs: 24 * HOUR,
      from: START,
      to: START + 24 * HOUR,
      segment,
    });
    expect(window?.rows).toBe(ROWS / 3);
  });

  it("are recomputed for the hours that late rows fall into, and for no other", async () => {
    clock += 120_000;
    await test.store.profiles.refresh("default", { ...scope, reference, windowMs: HOUR });
    const late = {
      id: "late",
      timestamp: START + 3 * HOUR + 5,
      numbers: { normal: 2e6 },
      received_at: clock,
    };
    await insertPredictions(test.store, [late]);
    clock += 1_000;
    const recomputed = await test.store.profiles.refresh("default", { ...scope, reference, windowMs: HOUR });
    expect(recomputed).toEqual([START + 3 * HOUR]);
    const [window] = await test.store.profiles.windows("default", {
      ...scope,
      reference,
      windowMs: HOUR,
      from: START + 3 * HOUR,
      to: START + 4 * HOUR,
    });
    expect(window?.rows).toBe(ROWS / HOURS + 1);
    expect(feature(window, "normal")?.numeric?.aboveCount).toBe(1);
    expect(feature(window, "constant")?.missingCount).toBe(1);
  });

  it("carry deciles wherever values went, so that a change of unit can be recognised", async () => {
    const at = START + 48 * HOUR;
    await insertPredictions(
      test.store,
      rows.slice(0, 101).map((row, i) => ({
        ...row,
        id: `km${i}`,
        timestamp: at + i,
        numbers: { ...row.numbers, normal: i },
        strings: { color: i < 60 ? `new${i}` : "red" },
      })),
    );
    await test.store.profiles.refresh("default", { ...scope, reference, windowMs: HOUR });
    const [window] = await test.store.profiles.windows("default", {
      ...scope,
      reference,
      windowMs: HOUR,
      from: at,
      to: at + HOUR,
    });
    expect(feature(window, "normal")?.numeric?.deciles).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(feature(window, "normal")?.numeric?.belowCount).toBe(101);
    expect(feature(window, "tied")?.numeric?.deciles).toHaveLength(9);
    const color = feature(window, "color");
    expect(Object.keys(color?.categories ?? {}).length).toBe(51);
    expect(color?.otherCount).toBe(10);
  });

  it("name features that the reference does not know", async () => {
    const at = START + 72 * HOUR;
    await insertPredictions(test.store, [{ id: "n", timestamp: at, numbers: { brand_new: 1 } }]);
    await test.store.profiles.refresh("default", { ...scope, reference, windowMs: HOUR });
    const [window] = await test.store.profiles.windows("default", {
      ...scope,
      reference,
      windowMs: HOUR,
      from: at,
      to: at + HOUR,
    });
    expect(window?.unknownFeatures).toEqual({ brand_new: 1 });
  });

  it("hold the same of many rows that share a layout, found by place, as of rows that don't, found by name", async () => {
    const at = START + 200 * HOUR;
    const many = (
      hour: number,
    ) => `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, numbers, strings, score)
      SELECT 'default', 'm', '1', 'production', concat('l', toString(number)), fromUnixTimestamp64Milli(toInt64(${at + hour * HOUR} + number), 'UTC'),
        now64(3), number, map('extra', 1., 'tied', toFloat64(number % 5), 'normal', 1e6 + toFloat64(intHash32(number) % 1000) / 250 - 2, 'sparse', -pow(intHash64(number) % 97 / 97, 2)),
        map('constant', 'text'), 0.5 FROM numbers(21000)`;
    for (const hour of [0, 1]) await test.store.client.command({ query: many(hour) });
    await insertPredictions(test.store, [
      { id: "odd", timestamp: at + HOUR + 1, numbers: { tied: 9, normal: 1 } },
    ]);
    await test.store.profiles.refresh("default", { ...scope, reference, windowMs: HOUR });
    const hours = { ...scope, reference, windowMs: HOUR, from: at, to: at + 2 * HOUR };
    const [placed, named] = await test.store.profiles.windows("default", hours);
    expect([placed?.rows, named?.rows]).toEqual([21_000, 21_001]);
    for (const name of ["sparse", "constant", "color", "word"]) {
      const { missingCount, ...found } = feature(placed, name)!;
      expect(feature(named, name)).toEqual({ ...found, missingCount: missingCount + 1 });
    }
    expect(feature(placed, "constant")).toMatchObject({ count: 0, wrongTypeCount: 21_000 });
    for (const name of ["tied", "normal"]) {
      const counts = feature(placed, name)!.numeric!.counts;
      const bin = name === "tied" ? counts.length - 1 : 0;
      expect(feature(named, name)?.numeric?.counts).toEqual(counts.map((n, i) => (i === bin ? n + 1 : n)));
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(21_000);
    }
    // Of so many rows some thousand are drawn, always the same ones, and hours together say what each of them says.
    const [both] = await test.store.profiles.windows("default", { ...hours, windowMs: 2 * HOUR });
    for (const window of [placed, named, both]) {
      const deciles = feature(window, "normal")?.numeric?.deciles ?? [];
      const ranks = deciles.map((decile) => (decile - 1e6 + 2) / 4);
      expect(ranks.map((rank, i) => Math.abs(rank - (i + 1) / 10) < 0.02)).toEqual(Array(9).fill(true));
    }
    expect([placed, named].map((window) => window?.unknownFeatures)).toEqual([
      { extra: 21_000 },
      { extra: 21_000 },
    ]);
  });

  it("count an output of score and label once, in the reference's form, and a label alone as of another type", async () => {
    const at = START + 96 * HOUR;
    await insertPredictions(test.store, [
      { id: "both", timestamp: at, score: 0.4, predicted_label: "late" },
      { id: "score", timestamp: at, score: 0.6 },
      { id: "label", timestamp: at, predicted_label: "late" },
    ]);
    await test.store.profiles.refresh("default", { ...scope, reference, windowMs: HOUR });
    const [window] = await test.store.profiles.windows("default", {
      ...scope,
      reference,
      windowMs: HOUR,
      from: at,
      to: at + HOUR,
    });
    expect(window?.prediction).toMatchObject({ count: 2, missingCount: 0, wrongTypeCount: 1 });
    expect(window?.prediction?.numeric?.sum).toBeCloseTo(1);
  });
});

describe("the reference's own windows", () => {
  it("are those of the predictions it was taken from", async () => {
    const windows = await test.store.profiles.referenceWindows("default", reference, HOUR);
    expect(windows.length).toBe(HOURS);
  });

  it("are those of the environment it was taken from", async () => {
    const staging = { ...scope, environment: "staging" } as const;
    const from = START + 120 * HOUR;
    await insertPredictions(
      test.store,
      rows.slice(0, 200).map((row, i) => ({
        ...row,
        id: `staging${i}`,
        environment: "staging",
        timestamp: from + Math.floor((i * 2 * HOUR) / 200),
      })),
    );
    const range = { from, to: from + 2 * HOUR };
    const own = await test.store.references.fromWindow("default", {
      ...staging,
      ...range,
      id: "staging-ref",
      source: "automatic",
    });
    const windows = await test.store.profiles.referenceWindows("default", own, HOUR);
    expect(windows.map(({ rows: count }) => count)).toEqual([100, 100]);
  });
});
