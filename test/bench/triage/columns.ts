import { drawNormal, type RandomSource } from "@leeway/core/random";

/** Columns are the rows of one window, by column. */
export type Columns = Record<string, (number | string | null)[]>;

/** Level returns how far the level of column `index` lies from its mean at a time, in standard deviations of its rows. */
export type Level = (index: number, time: number) => number;

const HOUR_MS = 3_600_000;
const COUNTRIES = ["Germany", "France", "Italy", "Spain", "Poland", "Malta"];
const CHANNELS = ["web", "app", "phone", "shop"];
const AIRPORTS = ["FRA", "CDG", "MXP", "MAD", "WAW", "MLA", "LHR", "AMS"];
const DEVICES = ["phone", "laptop", "tablet", "kiosk", "watch"];
const PLANS = ["basic", "plus", "family", "team"];

type Draw = (z: number, hour: number) => number | string;

const NUMBERS: Record<string, Draw> = {
  temperature: (z) => 10 + 8 * z,
  pressure: (z) => 1_013 + 9 * z,
  wind: (z) => Math.exp(1.2 + 0.5 * z),
  amount: (z) => Math.exp(3 + 0.8 * z),
  tenure: (z) => Math.max(0, Math.round(7 + 3.5 * z)),
  load: (z) => Math.min(100, Math.max(0, 50 + 18 * z)),
  hour: (_, hour) => hour,
};

const CATEGORIES: Record<string, Draw> = {
  country: (z) => cut(COUNTRIES, z),
  channel: (z) => cut(CHANNELS, z),
  origin: (z) => cut(AIRPORTS, z),
  destination: (z) => cut(AIRPORTS, z + 0.9),
};

const MORE_CATEGORIES: Record<string, Draw> = {
  device: (z) => cut(DEVICES, z),
  plan: (z) => cut(PLANS, z),
};

/** mixedColumns draws seven numbers and four categories. */
export const mixedColumns = { ...NUMBERS, ...CATEGORIES };

/** mostlyCategories draws four numbers and six categories. */
export const mostlyCategories = {
  temperature: NUMBERS["temperature"]!,
  amount: NUMBERS["amount"]!,
  tenure: NUMBERS["tenure"]!,
  hour: NUMBERS["hour"]!,
  ...CATEGORIES,
  ...MORE_CATEGORIES,
};

/** drawColumns returns `rows` rows, spread evenly over the window from `start`, each at its own time's level. */
export function drawColumns(
  draws: Record<string, Draw>,
  level: Level,
  window: { start: number; windowMs: number; rows: number },
  random: RandomSource,
): Columns {
  const { start, windowMs, rows } = window;
  const times = Array.from({ length: rows }, (_, row) => start + Math.floor((row * windowMs) / rows));
  return Object.fromEntries(
    Object.entries(draws).map(([name, draw], index) => [
      name,
      times.map((time) => draw(drawNormal(random) + level(index, time), Math.floor(time / HOUR_MS) % 24)),
    ]),
  );
}

function cut(names: readonly string[], z: number): string {
  // Unequal shares, the first the most frequent.
  const share = (1 / (1 + Math.exp(-1.7 * z))) ** 1.6;
  return names[Math.min(names.length - 1, Math.floor(share * names.length))]!;
}
