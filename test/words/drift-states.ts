import { profileRows, referenceFromRows } from "@leeway/core/profile";
import { createRandom, drawNormal, type RandomSource } from "@leeway/core/random";
import { calibrateDrift, createDriftAssessor, type DriftVerdict } from "@leeway/core/verdicts";

const DAY = 86_400_000;
const REFERENCE_DAYS = 21;
const ROWS = 842;
const CITIES = ["Paris", "Lyon", "Nice", "Lille"];

type Columns = Record<string, (number | string | null)[]>;

/** Day is what one day's rows are like: what upstream did to them, and how many came. */
interface Day {
  rows?: number;
  change?: (columns: Columns) => Columns;
}

/** DRIFT_STATES is a table of what can happen to a window's inputs, each named by what happened. */
export const DRIFT_STATES: Readonly<Record<string, Day>> = {
  "nothing happened": {},
  "few rows": { rows: 60 },
  "too few rows": { rows: 12 },
  "one row": { rows: 1 },
  "no row": { rows: 0 },
  "another unit": { change: mapNumbers("distance", (x) => x * 1.609344) },
  "a shift": { change: mapNumbers("distance", (x) => x + 200) },
  "a small shift": { change: mapNumbers("distance", (x) => x + 40) },
  "a fixed value": { change: mapNumbers("distance", () => 3) },
  "values missing": {
    change: (columns) => ({
      ...columns,
      distance: (columns["distance"] ?? []).map((x, i) => (i % 3 === 0 ? null : x)),
    }),
  },
  "text for numbers": {
    change: (columns) => ({ ...columns, distance: (columns["distance"] ?? []).map(String) }),
  },
  "categories respelt": {
    change: (columns) => ({ ...columns, city: (columns["city"] ?? []).map((x) => String(x).toUpperCase()) }),
  },
  "a new category": {
    change: (columns) => ({
      ...columns,
      city: (columns["city"] ?? []).map((x, i) => (i % 4 === 0 ? "Brest" : x)),
    }),
  },
  "columns swapped": {
    change: (columns) => ({ ...columns, distance: columns["hour"] ?? [], hour: columns["distance"] ?? [] }),
  },
  "values rounded": { change: mapNumbers("distance", (x) => Math.round(x / 100) * 100) },
  "an unknown feature": {
    change: (columns) => ({ ...columns, weather: (columns["hour"] ?? []).map(() => 1) }),
  },
  "a feature left out": { change: ({ distance: _left, ...columns }) => columns },
  "everything at once": {
    change: (columns) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [
          name,
          values.map((x) => (typeof x === "number" ? x * 3 + 1000 : "Oslo")),
        ]),
      ),
  },
};

/** driftVerdicts returns the verdicts of two days in a row of each state, by a learned and by a fixed threshold, with the state's name. */
export function driftVerdicts(): { state: string; verdict: DriftVerdict }[] {
  const random = createRandom(7);
  const past = Array.from({ length: REFERENCE_DAYS }, () => draw(random, ROWS));
  const whole = Object.fromEntries(
    Object.keys(past[0] ?? {}).map((name) => [name, past.flatMap((columns) => columns[name] ?? [])]),
  );
  const reference = referenceFromRows(whole, { from: 0, to: REFERENCE_DAYS * DAY });
  const calibration = calibrateDrift(
    past.map((columns, day) => profileRows(reference, columns, span(day))),
    reference,
    { windowMs: DAY },
  );
  const learned = createDriftAssessor({ reference, calibration, monitor: { minimum_count: 30 } });
  const fixed = createDriftAssessor({
    reference,
    calibration,
    monitor: { minimum_count: 30, thresholds: { psi: 0.2 } },
  });
  return Object.entries(DRIFT_STATES).flatMap(([state, day]) =>
    [learned, fixed].flatMap((assess) => {
      const windows = [0, 1].map((nth) => {
        const columns = draw(random, day.rows ?? ROWS);
        return profileRows(reference, day.change?.(columns) ?? columns, span(40 + nth));
      });
      const first = assess(windows[0]!);
      return [first, assess(windows[1]!, first.state)].map((verdict) => ({ state, verdict }));
    }),
  );
}

function draw(random: RandomSource, rows: number): Columns {
  const indices = Array.from({ length: rows }, (_, i) => i);
  return {
    distance: indices.map(() => 725 + 250 * drawNormal(random)),
    hour: indices.map(() => 12 + 4 * drawNormal(random)),
    city: indices.map(() => CITIES[Math.floor(random() * CITIES.length)] ?? "Paris"),
    constant: indices.map(() => 1),
  };
}

function mapNumbers(name: string, change: (x: number) => number): (columns: Columns) => Columns {
  return (columns) => ({
    ...columns,
    [name]: (columns[name] ?? []).map((x) => (typeof x === "number" ? change(x) : x)),
  });
}

function span(day: number): { start: number; end: number } {
  return { start: day * DAY, end: (day + 1) * DAY };
}
