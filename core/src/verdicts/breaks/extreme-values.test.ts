import { expect, test } from "vitest";
import { type Column, profileRows, referenceFromRows } from "../../profile/index.ts";
import { assessDriftWindow, calibrateDrift } from "../index.ts";

const DAY = 86_400_000;
const ROWS = 60;

const EXTREMES: Record<string, (row: number) => number> = {
  huge: (row) => (row % 2 === 0 ? 1e300 : -1.7e308),
  tiny: (row) => (row % 2 === 0 ? 5e-324 : 1e-300),
  zero: (row) => (row % 2 === 0 ? 0 : -0),
  ordinary: (row) => row,
};

function rowsOf(count: number, value: (row: number) => number): Record<string, Column> {
  return Object.fromEntries(
    Object.entries(EXTREMES).map(([name, of]): [string, Column] => [
      name,
      Array.from({ length: count }, (_, row) => value(row) * 0 + of(row)),
    ]),
  );
}

test.each([1.7e308, -1.7e308, 1e300, 5e-324, 0])(
  "a window whose values all are %d has finite numbers in everything that is stored of it",
  (value) => {
    const reference = referenceFromRows(
      rowsOf(8 * ROWS, (row) => row),
      { from: 0, to: 8 * DAY },
    );
    const windows = Array.from({ length: 8 }, (_, day) =>
      profileRows(
        reference,
        rowsOf(ROWS, (row) => row),
        { start: day * DAY, end: (day + 1) * DAY },
      ),
    );
    const calibration = calibrateDrift(windows, reference, { windowMs: DAY });
    const moved = Object.fromEntries(
      Object.keys(EXTREMES).map((name): [string, Column] => [name, Array(ROWS).fill(value)]),
    );
    const window = profileRows(reference, moved, { start: 9 * DAY, end: 10 * DAY });
    const verdict = assessDriftWindow({ reference, calibration, window, previousState: undefined });
    const notFinite: string[] = [];
    JSON.stringify({ verdict, calibration }, (key, found) => {
      if (typeof found === "number" && !Number.isFinite(found)) notFinite.push(key);
      return found;
    });
    expect(notFinite).toEqual([]);
    expect(verdict.reason).not.toMatch(/NaN|Infinity/);
  },
);
