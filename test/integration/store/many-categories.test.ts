import { Readable } from "node:stream";
import {
  type FeatureProfile,
  profileRows,
  type Rows,
  referenceFromRows,
  referenceProfiles,
  valueCounts,
  vocabulariesOf,
  type WindowProfile,
} from "@leeway/core/profile";
import { createRandom } from "@leeway/core/random";
import type { Reference, ReferenceFeature } from "@leeway/core/records";
import { assessDriftWindow, calibrateDrift } from "@leeway/core/verdicts";
import { createTestDatabase, type TestDatabase } from "@leeway/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertPredictions, type TestRow } from "./prediction-rows.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 5);
const DAYS = 4;
const REFERENCE_DAYS = 3;
const ROWS_A_DAY = 4_000;
const scope = { model: "m", version: "1", environment: "production" } as const;

// How many different values each feature has; every day brings some that no other has to the long ones.
const SIZES = { c1: 1, c199: 199, c200: 200, c201: 201, c250: 250, c700: 700, long: 2_000 };

let test: TestDatabase;
let rows: TestRow[];
let reference: Reference;

function makeRows(): TestRow[] {
  const random = createRandom(11);
  return Array.from({ length: DAYS * ROWS_A_DAY }, (_, i) => {
    const day = Math.floor(i / ROWS_A_DAY);
    const strings: Record<string, string> = {};
    for (const [name, size] of Object.entries(SIZES)) {
      strings[name] =
        name === "long"
          ? `v${Math.floor(size * random() ** 3)}`
          : `c${(i * 7919 + Math.floor(i / size)) % size}`;
    }
    if (random() < 0.1) strings["long"] = `day ${day} ${Math.floor(random() * 300)}`;
    // On the last day some values are new: few by name, and more than can be named.
    if (day === REFERENCE_DAYS && random() < 0.1) strings["c250"] = `new ${Math.floor(random() * 12)}`;
    if (day === REFERENCE_DAYS && random() < 0.1) strings["c199"] = `new ${Math.floor(random() * 80)}`;
    if (day === REFERENCE_DAYS && random() < 0.1) strings["c201"] = `new ${Math.floor(random() * 80)}`;
    return {
      id: `p${i}`,
      timestamp: START + Math.floor((i / ROWS_A_DAY) * DAY),
      strings,
      tags: { region: i % 3 === 0 ? "eu" : "us" },
    };
  });
}

const columnsOf = (of: readonly TestRow[]): Rows =>
  Object.fromEntries(
    Object.keys(SIZES).map((name) => [name, of.map(({ strings }) => strings?.[name] ?? null)]),
  );
const between = (from: number, to: number) =>
  rows.filter(({ timestamp }) => timestamp >= from && timestamp < to);
const dayOf = (day: number) => ({ start: START + day * DAY, end: START + (day + 1) * DAY });
const rowsOfDay = (day: number) => between(dayOf(day).start, dayOf(day).end);
const feature = (name: string) => reference.features.find((one) => one.name === name)!;
const profile = (window: WindowProfile | undefined, name: string) =>
  window?.features.find((one) => one.name === name);

const counted = (of: ReferenceFeature, found: FeatureProfile | undefined) => {
  const { unseenNames, ...counts } = valueCounts(of, found);
  return counts;
};

beforeAll(async () => {
  test = await createTestDatabase({ now: () => START + 30 * DAY });
  rows = makeRows();
  await insertPredictions(test.store, rows);
  reference = await test.store.references.fromWindow("default", {
    ...scope,
    id: "many",
    source: "window",
    from: START,
    to: START + REFERENCE_DAYS * DAY,
  });
});
afterAll(() => test.close());

const windowsOf = async (windowMs: number, segment = {}) => {
  await test.store.profiles.refresh("default", { ...scope, reference, windowMs, segment });
  return test.store.profiles.windows("default", {
    ...scope,
    reference,
    windowMs,
    segment,
    from: START,
    to: START + DAYS * DAY,
  });
};

describe("a reference of many categories", () => {
  it("is the one that core makes of the same rows: 200 names, and a set of all values where there are more", () => {
    const expected = referenceFromRows(columnsOf(between(START, START + REFERENCE_DAYS * DAY)), {
      from: START,
      to: START + REFERENCE_DAYS * DAY,
    });
    for (const name of Object.keys(SIZES)) {
      const inMemory = expected.features.find((one) => one.name === name)!;
      expect(feature(name), name).toMatchObject(inMemory);
      expect(feature(name).vocabulary === undefined, name).toBe((inMemory.distinct_count ?? 0) <= 200);
    }
  });

  it("has no hash of a value in its record: it stays small whatever a feature holds", () => {
    expect(JSON.stringify(feature("long")).length).toBeLessThan(10_000);
  });
});

describe("windows of many categories", () => {
  it("hold the same of each hour summed up as of the rows themselves", async () => {
    const vocabularies = vocabulariesOf(reference, columnsOf(between(START, START + REFERENCE_DAYS * DAY)));
    const windows = await windowsOf(DAY);
    expect(windows).toHaveLength(DAYS);
    for (const [day, window] of windows.entries()) {
      const exact = profileRows(reference, columnsOf(rowsOfDay(day)), dayOf(day), undefined, vocabularies);
      for (const name of Object.keys(SIZES)) {
        expect(counted(feature(name), profile(window, name)), `${name} on day ${day}`).toEqual(
          counted(feature(name), profile(exact, name)),
        );
      }
    }
  });

  it("never call a category of the reference new, and name those that are", async () => {
    const windows = await windowsOf(DAY);
    for (const [day, window] of windows.entries()) {
      for (const name of Object.keys(SIZES)) {
        const { unseen, unseenNames } = valueCounts(feature(name), profile(window, name));
        if (day < REFERENCE_DAYS)
          expect({ name, day, unseen, unseenNames }).toMatchObject({ unseen: 0, unseenNames: [] });
        for (const { name: value } of unseenNames) expect(value).toMatch(/^new |^day 3|^v/);
      }
    }
    const last = windows.at(-1);
    const found = valueCounts(feature("c250"), profile(last, "c250"));
    const wanted = rowsOfDay(REFERENCE_DAYS).filter(({ strings }) => strings?.["c250"]?.startsWith("new"));
    expect(found.unseen).toBeCloseTo(wanted.length, 6);
    expect(found.unseenNames.map(({ name }) => name).sort()).toEqual(
      Array.from({ length: 12 }, (_, i) => `new ${i}`).sort(),
    );
  });

  it("hold the same of one source's rows, read from the rows themselves", async () => {
    const [last] = (await windowsOf(DAY)).slice(-1);
    const sources = await test.store.profiles.sources("default", {
      ...scope,
      reference,
      ...dayOf(REFERENCE_DAYS),
      rows: last?.rows ?? 0,
      features: Object.keys(SIZES),
      isOutputWanted: false,
    });
    const vocabularies = vocabulariesOf(reference, columnsOf(between(START, START + REFERENCE_DAYS * DAY)));
    const eu = rowsOfDay(REFERENCE_DAYS).filter(({ tags }) => tags?.["region"] === "eu");
    const exact = profileRows(reference, columnsOf(eu), dayOf(REFERENCE_DAYS), undefined, vocabularies);
    const found = sources.find(({ value }) => value === "eu")?.window;
    for (const name of Object.keys(SIZES)) {
      expect(counted(feature(name), profile(found, name)), name).toEqual(
        counted(feature(name), profile(exact, name)),
      );
    }
  });
});

describe("the reference's own windows", () => {
  it("show which values no other of them has, as core finds it in the rows", async () => {
    const expected = referenceProfiles(
      reference,
      Array.from({ length: REFERENCE_DAYS }, (_, day) => ({
        rows: columnsOf(rowsOfDay(day)),
        ...dayOf(day),
      })),
    );
    const found = await test.store.profiles.referenceWindows("default", reference, DAY);
    for (const [day, window] of found.entries()) {
      for (const name of ["c250", "c700", "long"]) {
        expect(profile(window, name)?.lookups, `${name} on day ${day}`).toEqual(
          profile(expected[day], name)?.lookups,
        );
      }
      expect(profile(window, "long")?.lookups?.unseen).toBeGreaterThan(ROWS_A_DAY / 20);
    }
  });

  it("of a segment are compared with the whole reference", async () => {
    const segment = { region: "eu" };
    const found = await test.store.profiles.referenceWindows("default", reference, DAY, segment);
    const days = new Map<string, Set<number>>();
    for (const row of between(START, START + REFERENCE_DAYS * DAY)) {
      const value = row.strings?.["long"] ?? "";
      days.set(value, (days.get(value) ?? new Set()).add(Math.floor((row.timestamp - START) / DAY)));
    }
    for (const [day, window] of found.entries()) {
      const eu = rowsOfDay(day).filter(({ tags }) => tags?.["region"] === "eu");
      const own = eu.filter(({ strings }) => days.get(strings?.["long"] ?? "")?.size === 1);
      expect(profile(window, "long")?.lookups).toEqual({ known: eu.length - own.length, unseen: own.length });
    }
  });

  it("are the same when the same reference is made again", async () => {
    const again = await test.store.references.fromWindow("default", {
      ...scope,
      id: "many",
      source: "window",
      from: START,
      to: START + REFERENCE_DAYS * DAY,
    });
    expect(again.features).toEqual(reference.features);
  });
});

describe("equal shares", () => {
  it.each([199, 200, 201, 250, 2_000, 50_000])(
    "of %i categories give PSI 0 and no new category",
    async (size) => {
      const csv = [
        "ts,cat",
        ...Array.from(
          { length: 5 * size },
          (_, i) => `${new Date(START + i * 50).toISOString()},k${i % size}`,
        ),
      ];
      const model = `equal ${size}`;
      const { reference: uploaded } = await test.store.references.fromRows("default", {
        id: model,
        model,
        version: "1",
        format: "csv",
        mapping: { timestamp: "ts" },
        body: Readable.from([Buffer.from(csv.join("\n"))]),
      });
      await test.store.client.command({
        query: `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, strings)
        SELECT 'default', '${model}', '1', 'production', toString(number), fromUnixTimestamp64Milli(toInt64(${START + 10 * DAY} + number % 7000000), 'UTC'), now64(3), 1,
          map('cat', concat('k', toString(number % ${size}))) FROM numbers(${2 * size})`,
      });
      const subject = { ...scope, model, reference: uploaded, windowMs: DAY };
      await test.store.profiles.refresh("default", subject);
      const [window] = await test.store.profiles.windows("default", {
        ...subject,
        from: START + 10 * DAY,
        to: START + 11 * DAY,
      });
      const referenceWindows = await test.store.profiles.referenceWindows("default", uploaded, DAY);
      const calibration = calibrateDrift(referenceWindows, uploaded, { windowMs: DAY });
      const { detail } = assessDriftWindow({ reference: uploaded, calibration, window: window! });
      expect(detail.features["cat"]).toMatchObject({ drifted: false, new_categories: [], unseen_rate: 0 });
      expect(detail.features["cat"]?.psi).toBeCloseTo(0, 9);
    },
  );
});

describe("more values than categories may have", () => {
  const model = "users";
  const insertUsers = (from: number, count: number, first: number, users: number) =>
    test.store.client.command({
      query: `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, strings)
        SELECT 'default', '${model}', '1', 'production', concat('${from}/', toString(number)), fromUnixTimestamp64Milli(toInt64(${from} + number % ${DAY}), 'UTC'), now64(3), 1,
          map('user', concat('user ', leftPad(toString(${first} + intHash64(number + ${from}) % ${users}), 7, '0'))) FROM numbers(${count})`,
    });

  it("make an identifier, whose new values are noticed by the rows that bring them", async () => {
    for (let day = 0; day < 3; day++) await insertUsers(START + day * DAY, 200_000, 0, 120_000);
    const uploaded = await test.store.references.fromWindow("default", {
      ...scope,
      model,
      id: "users",
      source: "window",
      from: START,
      to: START + 3 * DAY,
    });
    const user = uploaded.features[0]!;
    expect(user).toMatchObject({ name: "user", type: "text", vocabulary: { one_in: 1 } });
    expect(user.categories).toBeUndefined();
    expect(user.vocabulary?.kept).toBeGreaterThan(100_000);
    await insertUsers(START + 3 * DAY, 18_000, 0, 120_000);
    await insertUsers(START + 3 * DAY + 1, 2_000, 1_000_000, 50_000);
    const subject = { ...scope, model, reference: uploaded, windowMs: DAY };
    await test.store.profiles.refresh("default", subject);
    const [window] = await test.store.profiles.windows("default", {
      ...subject,
      from: START + 3 * DAY,
      to: START + 4 * DAY,
    });
    const referenceWindows = await test.store.profiles.referenceWindows("default", uploaded, DAY);
    const calibration = calibrateDrift(referenceWindows, uploaded, { windowMs: DAY });
    const verdict = assessDriftWindow({ reference: uploaded, calibration, window: window! });
    expect(verdict.detail.features["user"]?.unseen_rate).toBeGreaterThan(0.095);
    expect(verdict.detail.features["user"]?.unseen_rate).toBeLessThan(0.115);
    expect(verdict.detail.features["user"]).toMatchObject({ drifted: true, count: 20_000 });
    expect(verdict.detail.features["user"]?.reason).toMatch(
      /^user: 10.7 % of the values are new to the reference/,
    );
  });
});

describe("a reference made before sets of values were kept", () => {
  it("judges the values it does not name together, calls none of them new, and says so", async () => {
    const old: Reference = {
      ...reference,
      id: "old",
      features: reference.features.map(({ vocabulary, ...one }) => one),
    };
    const subject = { ...scope, reference: old, windowMs: DAY };
    await test.store.profiles.refresh("default", subject);
    const windows = await test.store.profiles.windows("default", {
      ...subject,
      from: START,
      to: START + DAYS * DAY,
    });
    const calibration = calibrateDrift(windows.slice(0, REFERENCE_DAYS), old, { windowMs: DAY });
    const { detail } = assessDriftWindow({ reference: old, calibration, window: windows[1]! });
    const c250 = detail.features["c250"]!;
    expect(c250).toMatchObject({ drifted: false, new_categories: [] });
    expect(c250.unseen_rate).toBeUndefined();
    expect(c250.psi).toBeLessThan(0.05);
    expect(c250.reason).toMatch(/this reference lists 200 of 250 values/);
    expect(detail.features["c199"]?.reason).not.toMatch(/this reference lists/);
  });
});
