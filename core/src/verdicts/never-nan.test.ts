import fc from "fast-check";
import { expect, test } from "vitest";
import { type Column, profileRows, referenceFromRows } from "../profile/index.ts";
import { calibrateDrift } from "./bars/calibrate-drift.ts";
import { assessDriftWindow } from "./drift/assess-drift-window.ts";

const DAY_MS = 86_400_000;
const value = fc.oneof(
  fc.constantFrom<number | string | null>(
    null,
    0,
    -0,
    1,
    1e300,
    -1e300,
    5e-324,
    Number.POSITIVE_INFINITY,
    "a",
    "",
    "__proto__",
  ),
  fc.double({ noNaN: true }),
  fc.string({ maxLength: 3 }),
);
const column = (rows: number): fc.Arbitrary<Column> =>
  fc.oneof(
    fc.array(value, { minLength: rows, maxLength: rows }),
    value.map((one) => new Array<number | string | null>(rows).fill(one)),
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: rows, maxLength: rows }),
  );

function badNumbers(found: unknown, path = ""): string[] {
  if (typeof found === "number") return Number.isFinite(found) ? [] : [`${path} is ${found}`];
  if (typeof found !== "object" || found === null) return [];
  return Object.entries(found).flatMap(([key, inner]) => badNumbers(inner, `${path}.${key}`));
}

test("whatever the reference and the window hold, a verdict has an outcome, a reason and only finite numbers", () => {
  const example = fc.record({
    days: fc.array(fc.record({ x: column(40), ["__proto__"]: column(40) }), { minLength: 1, maxLength: 5 }),
    window: fc.record({ x: column(40), ["__proto__"]: column(40) }),
  });
  fc.assert(
    fc.property(example, ({ days, window }) => {
      const whole = Object.fromEntries(
        ["x", "__proto__"].map((name) => [
          name,
          days.flatMap((day) => Object.entries(day).find(([key]) => key === name)?.[1] ?? []),
        ]),
      );
      const reference = referenceFromRows(whole, { from: 0, to: days.length * DAY_MS });
      const profile = (rows: typeof window, day: number) =>
        profileRows(reference, rows, { start: day * DAY_MS, end: (day + 1) * DAY_MS });
      const calibration = calibrateDrift(days.map(profile), reference, { windowMs: DAY_MS });
      const verdict = assessDriftWindow({ reference, calibration, window: profile(window, days.length) });
      expect(badNumbers({ ...verdict, calibration })).toEqual([]);
      expect(verdict.reason).not.toMatch(/NaN|undefined|null/);
    }),
    { numRuns: 150, seed: 4 },
  );
});

test.each([100, 2_000, 100_000])(
  "two values as frequent as each other have no spread that could move (%i rows)",
  (rows) => {
    const balanced = { x: Array.from({ length: rows }, (_, i) => i % 2) };
    const reference = referenceFromRows(balanced, { from: 0, to: DAY_MS });
    const profile = profileRows(reference, balanced, { start: DAY_MS, end: 2 * DAY_MS });
    const verdict = assessDriftWindow({
      reference,
      calibration: calibrateDrift([], reference, { windowMs: DAY_MS }),
      window: profile,
    });
    expect(badNumbers(verdict)).toEqual([]);
    expect(verdict.outcome).toBe("ok");
    expect(verdict.detail.features["x"]?.tests?.map(({ test }) => test)).toEqual([
      "distance",
      "location",
      "missing",
    ]);
  },
);
