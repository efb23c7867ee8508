import { drawNormal, type RandomSource } from "@leeway/core/random";
import { type Columns, drawColumns, type Level, mixedColumns, mostlyCategories } from "./columns.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365.2425 * DAY_MS;
// A Monday.
export const EPOCH = Date.UTC(2023, 0, 2);

/** World is a stream of windows in which nothing happens until a fault is planted. */
export interface World {
  name: string;
  windowMs: number;
  referenceWindows: number;
  start(random: RandomSource): (windowIndex: number) => Columns;
}

function createWorld(
  name: string,
  shape: {
    windowMs: number;
    referenceWindows: number;
    rows: number;
    draws?: Parameters<typeof drawColumns>[0];
    createLevel: (random: RandomSource) => Level;
  },
): World {
  const { windowMs, referenceWindows, rows, draws = mixedColumns, createLevel } = shape;
  return {
    name,
    windowMs,
    referenceWindows,
    start(random) {
      const level = createLevel(random);
      return (index) =>
        drawColumns(draws, level, { start: EPOCH + index * windowMs, windowMs, rows }, random);
    },
  };
}

const still = (): Level => () => 0;

// Each column has its own phase.
const daily = (): Level => (index, time) => 0.7 * Math.sin((2 * Math.PI * (time - EPOCH)) / DAY_MS + index);

// Slow weather: one autoregression a column, a step an hour, read in order.
function weather(random: RandomSource, correlation: number, deviation: number): Level {
  const states = new Map<number, { hour: number; value: number }>();
  return (index, time) => {
    const hour = Math.floor(time / HOUR_MS);
    const state = states.get(index) ?? { hour, value: deviation * drawNormal(random) };
    for (; state.hour < hour; state.hour++) {
      state.value =
        correlation * state.value + Math.sqrt(1 - correlation ** 2) * deviation * drawNormal(random);
    }
    states.set(index, state);
    return state.value;
  };
}

// Temperature, wind and load follow the year; temperature and load the day; everything the weather.
const YEARLY: Record<number, number> = { 0: 1.6, 2: 0.8, 5: -1.2 };

function seasonal(random: RandomSource): Level {
  const slow = weather(random, 0.97, 0.35);
  return (index, time) =>
    (YEARLY[index] ?? 0) * Math.sin((2 * Math.PI * (time - EPOCH)) / YEAR_MS - 1.5) +
    (index === 0 || index === 5 ? 0.6 * Math.sin((2 * Math.PI * (time - EPOCH)) / DAY_MS - 2) : 0) +
    slow(index, time);
}

function wandering(random: RandomSource): Level {
  // Neighbouring days have a correlation of 0.7.
  const slow = weather(random, 0.7 ** (1 / 24), 0.5);
  return (index, time) => slow(index, Math.floor(time / DAY_MS) * DAY_MS);
}

/** WORLDS are the streams that faults are planted in. */
export const WORLDS: World[] = [
  createWorld("steady, daily", { windowMs: DAY_MS, referenceWindows: 28, rows: 480, createLevel: still }),
  createWorld("daily rhythm, hourly windows", {
    windowMs: HOUR_MS,
    referenceWindows: 14 * 24,
    rows: 200,
    createLevel: daily,
  }),
  createWorld("seasonal station, weekly", {
    windowMs: 7 * DAY_MS,
    referenceWindows: 53,
    rows: 168,
    createLevel: seasonal,
  }),
  createWorld("wandering, daily", {
    windowMs: DAY_MS,
    referenceWindows: 28,
    rows: 384,
    createLevel: wandering,
  }),
  createWorld("mostly categories, daily", {
    windowMs: DAY_MS,
    referenceWindows: 28,
    rows: 480,
    draws: mostlyCategories,
    createLevel: still,
  }),
];

/** worldNamed returns one of the worlds by the beginning of its name. */
export function worldNamed(name: string): World {
  const world = WORLDS.find((candidate) => candidate.name.startsWith(name));
  if (world === undefined) throw new Error(`no world is called ${name}`);
  return world;
}
