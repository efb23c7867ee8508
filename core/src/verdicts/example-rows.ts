import {
  type Column,
  profileRows,
  type Rows,
  referenceFromRows,
  type WindowProfile,
} from "../profile/index.ts";
import { createRandom, drawNormal, type RandomSource } from "../random/index.ts";
import type { Reference } from "../records/index.ts";
import { calibrateDrift } from "./bars/calibrate-drift.ts";
import type { DriftCalibration } from "./bars/drift-calibration.ts";

const DAY_MS = 86_400_000;
// A Monday.
const EPOCH = Date.UTC(2024, 0, 1);

/** ExampleStream is a model's inputs for tests: a reference of daily windows, its calibration, and windows after it. */
export interface ExampleStream {
  reference: Reference;
  calibration: DriftCalibration;
  /** The window `day` days after the reference, its columns changed by `change`. */
  window(day: number, change?: (columns: Record<string, Column>) => Rows, rows?: number): WindowProfile;
}

/** createExampleStream returns four seeded features (a log-normal amount, an age in whole years, a country, the weekday) over `days` reference days. */
export function createExampleStream(
  options: { seed?: number; days?: number; rows?: number } = {},
): ExampleStream {
  const { seed = 1, days = 28, rows = 500 } = options;
  const random = createRandom(seed);
  const blocks = Array.from({ length: days }, (_, day) => drawColumns(random, day, rows));
  const whole = Object.fromEntries(
    Object.keys(blocks[0] ?? {}).map((name) => [name, blocks.flatMap((block) => block[name] ?? [])]),
  );
  const reference = referenceFromRows(whole, { from: EPOCH, to: EPOCH + days * DAY_MS });
  const profile = (columns: Rows, day: number) =>
    profileRows(reference, columns, { start: EPOCH + day * DAY_MS, end: EPOCH + (day + 1) * DAY_MS });
  return {
    reference,
    calibration: calibrateDrift(
      blocks.map((block, day) => profile(block, day)),
      reference,
      { windowMs: DAY_MS },
    ),
    window: (day, change = (columns) => columns, size = rows) =>
      profile(change(drawColumns(random, days + day, size)), days + day),
  };
}

function drawColumns(random: RandomSource, day: number, rows: number): Record<string, Column> {
  const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day % 7]!;
  return {
    amount: Array.from({ length: rows }, () => Math.exp(3 + 0.7 * drawNormal(random))),
    age: Array.from({ length: rows }, () => Math.round(40 + 12 * drawNormal(random))),
    country: Array.from({ length: rows }, () => countryAt(random())),
    weekday: Array.from({ length: rows }, () => weekday),
  };
}

function countryAt(u: number): string {
  if (u < 0.5) return "Germany";
  if (u < 0.8) return "France";
  return u < 0.95 ? "Italy" : "Malta";
}

/** onColumn returns a change of one column, value by value. */
export function onColumn(
  name: string,
  change: (value: number | string | null, row: number) => number | string | null,
): (columns: Record<string, Column>) => Rows {
  return (columns) => ({ ...columns, [name]: (columns[name] ?? []).map(change) });
}
