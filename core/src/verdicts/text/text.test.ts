import { describe, expect, test } from "vitest";
import { type Column, profileRows, referenceFromRows, type SampledRow } from "../../profile/index.ts";
import { createRandom } from "../../random/index.ts";
import { calibrateDrift } from "../bars/calibrate-drift.ts";
import { deriveOperatingPoint } from "../bars/derive-operating-point.ts";
import { assessDriftWindow } from "../drift/assess-drift-window.ts";
import { assessText } from "./assess-text.ts";
import { compareTexts, sampleTexts, textLimit } from "./measure-text.ts";
import { createTextBaseline } from "./text-baseline.ts";

const random = createRandom(3);
const point = deriveOperatingPoint({ falseAlarmsPerMonth: 0.5, windowMs: 86_400_000, tests: 10 });

function drawRows(count: number, time: number, shouting: number): SampledRow[] {
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: 3 + Math.floor(random() * 5) }, () =>
      random() < shouting ? "NEVER" : "maybe",
    );
    return {
      time,
      numbers: {},
      strings: { note: `${words.join(" ")} ${random() < 0.5 ? "é" : "e"}` },
      booleans: {},
    };
  });
}

const windows = Array.from({ length: 10 }, (_, i) => ({ start: i, end: i + 1, rows: drawRows(300, i, 0.2) }));
const sample = windows.flatMap(({ rows }) => rows.slice(0, 60));
const baseline = createTextBaseline("note", textLimit(1), { sample, windows })!;

describe("what texts are made of", () => {
  test("passes every bar where the share of capitals doubled", () => {
    const { test: characters, published } = assessText(baseline, drawRows(500, 50, 0.4), point)!;
    expect(published.statistic).toBe("uppercase_share");
    expect(published).toMatchObject({ rows: 500, reference_rows: 500 });
    expect(published.mean).toBeCloseTo(2 * published.reference_mean, 1);
    expect(characters).toMatchObject({ isLargeEnough: true, exceedsImmediateBar: true, isHeld: true });
  });

  test("passes none where texts are as they were", () => {
    const { test: characters, published } = assessText(baseline, drawRows(500, 50, 0.2), point)!;
    expect(characters).toMatchObject({ isLargeEnough: false, exceedsLowerBar: false });
    expect(published.p_value).toBeGreaterThan(0.05);
  });

  test("is not judged on fewer than a hundred texts of either side", () => {
    expect(assessText(baseline, drawRows(99, 50, 1), point)).toBeUndefined();
    expect(createTextBaseline("note", 500, { sample: sample.slice(0, 99), windows })).toBeUndefined();
    expect(createTextBaseline("other", 500, { sample, windows })).toBeUndefined();
  });

  test("has numbers also where every text is the same", () => {
    const same = drawRows(200, 0, 0).map((row) => ({ ...row, strings: { note: "x" } }));
    const texts = sampleTexts("note", same, 500)!;
    for (const shift of Object.values(compareTexts(texts, texts))) {
      expect(shift.difference).toBe(0);
      expect(shift.variance).toBeGreaterThan(0);
    }
    const alike = createTextBaseline("note", 500, { sample: same, windows: [] })!;
    expect(assessText(alike, same, point)?.published.p_calibrated).toBe(1);
  });

  test("is looked at on fewer texts where there are many features of them", () => {
    expect([1, 10, 20, 100].map(textLimit)).toEqual([500, 500, 250, 100]);
  });
});

test("a window's verdict has it as one more test of the feature, and its sentence quotes it", () => {
  const lengths = (rows: readonly SampledRow[]): Column => rows.map(({ strings }) => strings["note"]!.length);
  const blank = referenceFromRows(
    { note: lengths(windows.flatMap(({ rows }) => rows)) },
    { from: 0, to: 10 },
  );
  const reference = { ...blank, features: blank.features.map((one) => ({ ...one, type: "text" as const })) };
  const calibration = calibrateDrift([], reference, { windowMs: 86_400_000, furtherTests: 1 });
  const rows = drawRows(500, 50, 0.6);
  const window = profileRows(reference, { note: lengths(rows) }, { start: 50, end: 51 });
  const judge = (texts?: ReadonlyMap<string, NonNullable<ReturnType<typeof assessText>>>) =>
    assessDriftWindow({ reference, calibration, window, evidence: { texts } });
  const without = judge();
  expect(without).toMatchObject({ outcome: "ok" });
  expect(without.detail.features["note"]).not.toHaveProperty("text");
  const verdict = judge(new Map([["note", assessText(baseline, rows, point)!]]));
  expect(verdict.outcome).toBe("alarm");
  expect(verdict.detail.features["note"]).toMatchObject({
    type: "text",
    drifted: true,
    text: { statistic: "uppercase_share", drifted: true },
  });
  expect(verdict.reason).toMatch(
    /^note: share of capitals 5\d(\.\d)? % against \d+(\.\d)? % in the reference/,
  );
  expect(verdict.detail.features["note"]?.reason).toContain("its length has PSI 0.0");
});
