import { expect, test } from "vitest";
import { continuousTraffic, type Spell } from "./continuous-traffic.ts";

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 10, 1);

/** spell is traffic on every day of a run of days, or of every seventh. */
const spell = (day: number, days: number, rows: number): Spell => ({
  first: T0 + day * DAY + 60_000,
  last: T0 + (day + days) * DAY - 60_000,
  rows,
  days,
});
const weekly = (batches: number, rows: number) =>
  Array.from({ length: batches }, (_, index) => spell(7 * index, 1, rows));

test.each<[string, Spell[], number, number]>([
  ["one prediction of seven years ago", [spell(-2_500, 1, 1), spell(0, 5, 4_000)], 0, 1],
  ["one prediction of a week ago", [spell(-7, 1, 1), spell(0, 5, 4_000)], 0, 1],
  [
    "forty predictions on scattered old days",
    [spell(-900, 1, 20), spell(-300, 1, 20), spell(0, 2, 800)],
    0,
    40,
  ],
  ["one old prediction before ten ordinary ones", [spell(-2_500, 1, 1), spell(0, 1, 10)], 0, 1],
  ["one old prediction before a weekly batch", [spell(-2_500, 1, 1), ...weekly(6, 500)], 0, 1],
])("%s decides nothing", (_, spells, day, rows) => {
  const traffic = continuousTraffic(spells);
  expect(traffic.first).toBe(T0 + day * DAY + 60_000);
  expect(traffic.earlier?.rows).toBe(rows);
});

test.each<[string, Spell[]]>([
  ["traffic without a gap", [spell(0, 30, 3_000)]],
  ["a weekly batch", weekly(10, 50)],
  ["a monthly batch", [spell(0, 1, 100), spell(30, 1, 1_000), spell(61, 1, 1_000), spell(91, 1, 1_000)]],
  ["a month of traffic before a pause of half a year", [spell(0, 30, 3_000), spell(210, 30, 3_000)]],
  ["few days before a pause, and little since", [spell(0, 5, 100), spell(40, 3, 60)]],
  ["the first prediction of all", [spell(0, 1, 1)]],
  ["rows that were not counted", [spell(0, 30, 0), spell(210, 30, 3_000)]],
])("%s is continuous from its first day", (_, spells) => {
  const traffic = continuousTraffic(spells);
  expect(traffic.first).toBe(spells[0]?.first);
  expect(traffic.earlier).toBeUndefined();
  expect(traffic.rows).toBe(spells.reduce((sum, { rows }) => sum + rows, 0));
});
