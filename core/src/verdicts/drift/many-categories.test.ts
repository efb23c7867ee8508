import { describe, expect, test } from "vitest";
import {
  profileRows,
  type Rows,
  referenceFromRows,
  referenceProfiles,
  vocabulariesOf,
} from "../../profile/index.ts";
import { createRandom, type RandomSource } from "../../random/index.ts";
import type { Reference } from "../../records/index.ts";
import { calibrateDrift } from "../bars/calibrate-drift.ts";
import type { DriftState } from "../feature/drift-state.ts";
import { createDriftAssessor } from "./assess-drift-window.ts";
import { replayDrift } from "./replay-drift.ts";

const DAY_MS = 86_400_000;
const DAYS = 10;

const spanOf = (day: number) => ({ start: day * DAY_MS, end: (day + 1) * DAY_MS });

/** A stream whose reference has ten daily windows (or one, where its rows carry no times); windows are judged one after the other. */
function start(
  blocks: readonly Rows[],
  change: (reference: Reference) => Reference = (reference) => reference,
) {
  const whole = Object.fromEntries(
    Object.keys(blocks[0]!).map((name) => [name, blocks.flatMap((block) => [...block[name]!])]),
  );
  const reference = change(referenceFromRows(whole, { from: 0, to: blocks.length * DAY_MS }));
  const vocabularies = vocabulariesOf(reference, whole);
  const windows = referenceProfiles(
    reference,
    blocks.map((rows, day) => ({ rows, ...spanOf(day) })),
  );
  const calibration = calibrateDrift(windows, reference, { windowMs: DAY_MS });
  const assess = createDriftAssessor({ reference, calibration });
  let state: DriftState | undefined;
  let day = blocks.length;
  return {
    reference,
    judge(rows: Rows) {
      const before = state;
      const verdict = assess(profileRows(reference, rows, spanOf(day++), undefined, vocabularies), before);
      state = verdict.state;
      return { ...verdict, before, feature: verdict.detail.features["cat"]! };
    },
  };
}

const equalShares = (categories: number, each: number): Rows => ({
  cat: Array.from({ length: categories * each }, (_, i) => `c${String(i % categories).padStart(3, "0")}`),
});
const days = (draw: (day: number) => Rows) => Array.from({ length: DAYS }, (_, day) => draw(day));

// Half of the rows hold one of 300 common values, the others one of 40,000: every day brings values that no other day has.
const longTailed = (random: RandomSource, rows = 4_000): Rows => ({
  cat: Array.from({ length: rows }, () =>
    random() < 0.5
      ? `common ${Math.floor(300 * random() ** 2)}`
      : `rare ${Math.floor(40_000 * random() ** 2)}`,
  ),
});
const moved = ({ cat = [] }: Rows, share: number, value: (row: number) => string): Rows => ({
  cat: cat.map((own, row) => (row % 100 < share * 100 ? value(row) : own)),
});
const withoutVocabulary = (reference: Reference): Reference => ({
  ...reference,
  features: reference.features.map(({ vocabulary, ...feature }) => feature),
});

describe("equal shares of all categories", () => {
  test.each([1, 199, 200, 201, 250, 2_000, 20_000])("have PSI 0, and none is new, of %i", (categories) => {
    const stream = start(days(() => equalShares(categories, 2)));
    const { feature, outcome } = stream.judge(equalShares(categories, categories === 1 ? 50 : 3));
    expect(outcome).toBe("ok");
    expect(feature.psi).toBeCloseTo(0, 9);
    expect(feature).toMatchObject({ new_categories: [], vanished_categories: [], unseen_rate: 0 });
  });

  test("have PSI 0 against a reference that names only 200 of 250, which says what it does not know", () => {
    const stream = start(
      days(() => equalShares(250, 2)),
      withoutVocabulary,
    );
    const { feature, outcome } = stream.judge(equalShares(250, 20));
    expect(outcome).toBe("ok");
    expect(feature.psi).toBeCloseTo(0, 9);
    expect(feature.new_categories).toEqual([]);
    expect(feature.unseen_rate).toBeUndefined();
    expect(feature.reason).toMatch(
      /lists 200 of 250 values, so which of the others are new is not known: make the reference again/,
    );
  });
});

describe("values that the reference never had", () => {
  test("are those alone, by name and by share, beside 250 categories of which fifty are not named", () => {
    const stream = start(days(() => equalShares(250, 2)));
    const rows = equalShares(250, 40);
    const { feature } = stream.judge({
      cat: [...rows["cat"]!, ...Array.from({ length: 389 }, (_, i) => `new ${i % 12}`)],
    });
    expect(feature.new_categories?.map(({ name }) => name).sort()).toEqual(
      Array.from({ length: 12 }, (_, i) => `new ${i}`).sort(),
    );
    expect(feature.unseen_rate).toBeCloseTo(389 / 10_389, 9);
    expect(feature.distribution.labels.slice(-2)).toEqual(["(other known)", "(unseen)"]);
    expect(feature.distribution.reference.at(-2)).toBeCloseTo(50 / 250, 9);
    expect(feature.distribution.window.at(-1)).toBeCloseTo(389 / 10_389, 9);
  });

  test("are bins of their own up to 200 categories in all, and one bin beyond", () => {
    const stream = start(days(() => equalShares(190, 2)));
    const withNew = (count: number): Rows => ({
      cat: [...equalShares(190, 20)["cat"]!, ...Array.from({ length: count }, (_, i) => `new ${i}`)],
    });
    expect(stream.judge(withNew(10)).feature.distribution.labels.at(-1)).toMatch(/^new/);
    expect(stream.judge(withNew(11)).feature.distribution.labels.at(-1)).toBe("(unseen)");
    expect(stream.judge(withNew(70)).feature.distribution.labels.at(-1)).toBe("(unseen)");
  });

  test("are reported within two windows where a tenth of the rows moves to them, with the reason", () => {
    for (const value of [(row: number) => `new ${row % 977}`, () => "unknown"]) {
      const stream = start(days(() => equalShares(500, 4)));
      stream.judge(moved(equalShares(500, 4), 0.1, value));
      const { outcome, feature } = stream.judge(moved(equalShares(500, 4), 0.1, value));
      expect(outcome).toBe("alarm");
      expect(feature.reason).toMatch(/^cat: (PSI|10 % of the values are new to the reference)/);
    }
  });
});

describe("a long tail, of which every day brings values that no other has", () => {
  const random = createRandom(3);
  const stream = start(days(() => longTailed(random)));

  test("is no alarm in a quiet month, and says how many values are new and how many are usual", () => {
    const verdicts = Array.from({ length: 30 }, () => stream.judge(longTailed(random)));
    expect(verdicts.map(({ outcome }) => outcome)).not.toContain("alarm");
    const { feature } = verdicts[0]!;
    expect(feature.unseen_rate).toBeGreaterThan(0.05);
    expect(Math.abs(feature.unseen_rate! - feature.reference_unseen_rate!)).toBeLessThan(0.03);
    expect(feature.psi).toBeLessThan(0.2);
    expect(feature.reason).toMatch(/% of the values are new to the reference, [\d.]+ % are usual$/);
  });

  test("is reported within two windows where a tenth of the rows moves to new values, and the verdict can be replayed", () => {
    const drifted = [1, 2].map(() =>
      stream.judge(moved(longTailed(random), 0.1, (row) => `new ${row % 977}`)),
    );
    const last = drifted.at(-1)!;
    expect(last.outcome).toBe("alarm");
    expect(last.feature.reason).toMatch(
      /^cat: [\d.]+ % of the values are new to the reference \(.*\); in the reference's own windows [\d.]+ % are new on average and [\d.]+ % at most/,
    );
    expect(last.reason).toMatch(/[\d.]+ % of the values are new to the reference, where [\d.]+ % are usual/);
    for (const { detail, before, outcome, state } of drifted) {
      expect(replayDrift(detail, before)).toMatchObject({ outcome, state });
    }
  });

  test("is compared with the values that the reference has once where its rows carry no times", () => {
    const timeless = start([longTailed(random, 40_000)]);
    const verdicts = Array.from({ length: 10 }, () => timeless.judge(longTailed(random)));
    expect(verdicts.map(({ outcome }) => outcome)).not.toContain("alarm");
    const told = [1, 2].map(() =>
      timeless.judge(moved(longTailed(random), 0.1, (row) => `new ${row % 977}`)),
    );
    expect(told.at(-1)?.outcome).toBe("alarm");
    expect(told.at(-1)?.feature.reason).toMatch(/% are expected/);
  });
});
