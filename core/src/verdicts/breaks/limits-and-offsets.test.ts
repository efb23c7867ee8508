import { expect, test } from "vitest";
import { profileRows, type Rows, referenceFromRows, referenceProfiles } from "../../profile/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import { calibrateDrift } from "../bars/calibrate-drift.ts";
import { createDriftAssessor } from "../drift/assess-drift-window.ts";

const DAY = 86_400_000;
const FROM = Date.UTC(2024, 0, 1);
const WINDOWS = 28;
const ROWS = 400;
const spanOf = (index: number) => ({ start: FROM + index * DAY, end: FROM + (index + 1) * DAY });

const random = createRandom(11);
const columnOf = (draw: (row: number) => number) => Array.from({ length: ROWS }, (_, row) => draw(row));
// A clock, a share that is cut off at its ends, a temperature whose level wanders, and a price.
function day(): Record<string, number[]> {
  const level = 4 * drawNormal(random);
  return {
    hour: columnOf((row) => row % 24),
    share: columnOf(() => Math.min(100, Math.max(0, 50 + 30 * drawNormal(random)))),
    temperature: columnOf(() => 10 + level + 8 * drawNormal(random)),
    price: columnOf(() => Math.exp(3 + 0.8 * drawNormal(random))),
  };
}
const past = Array.from({ length: WINDOWS }, day);
const whole = Object.fromEntries(
  Object.keys(past[0]!).map((name) => [name, past.flatMap((rows) => rows[name]!)]),
);
const reference = referenceFromRows(whole, { from: FROM, to: FROM + WINDOWS * DAY });
const windows = past.map((rows, index) => ({ rows: rows as Rows, ...spanOf(index) }));
const calibration = calibrateDrift(referenceProfiles(reference, windows), reference, { windowMs: DAY });
const assess = createDriftAssessor({ reference, calibration });
const judge = (rows: Rows) => assess(profileRows(reference, rows, spanOf(WINDOWS)));

test.each([
  ["hour", (x: number) => x + 8, "32 % of the values are above 23"],
  ["hour", (x: number) => x - 2, "of the values are below 0"],
  ["share", (x: number) => x + 20, "of the values are above 100"],
] as const)("%s beyond the limit at which every window ended is a broken input", (name, change, words) => {
  const rows = day();
  const { outcome, cause, reason } = judge({ ...rows, [name]: rows[name]!.map(change) });
  expect([outcome, cause]).toEqual(["alarm", "pipeline"]);
  expect(reason).toContain(words);
});

test("a column without a limit may go beyond where it has been", () => {
  const rows = day();
  const { cause } = judge({ ...rows, price: rows["price"]!.map((x) => 3 * x ** 1.2) });
  expect(cause).toBe("input_drift");
});

test("a level that moved is no other unit: its values are as far apart as ever", () => {
  const rows = day();
  const temperature = rows["temperature"]!;
  const moved = judge({ ...rows, temperature: temperature.map((x) => x + 38) });
  expect([moved.cause, moved.reason]).toEqual(["input_drift", expect.not.stringContaining("°F")]);
  const restated = judge({ ...rows, temperature: temperature.map((x) => 1.8 * x + 32) });
  expect([restated.cause, restated.reason]).toEqual(["pipeline", expect.stringContaining("°C to °F")]);
});
