import { expect, test } from "vitest";
import { falseSeasonSlots, seasonSlot, seasonSlotName, seasonsFor } from "./season.ts";

const HOUR_MS = 3_600_000;
const TUESDAY_SEVEN = Date.UTC(2024, 0, 2, 7);

test.each([
  [5 * 60_000, 4],
  [HOUR_MS, 4],
  [6 * HOUR_MS, 4],
  [24 * HOUR_MS, 2],
  [7 * 24 * HOUR_MS, 1],
  [5 * HOUR_MS, 1],
])("windows of %d ms can show %d rhythms", (windowMs, count) => {
  expect(seasonsFor(windowMs)).toHaveLength(count);
});

test.each([
  ["none", HOUR_MS, 0, ""],
  ["hour_of_day", HOUR_MS, 7, "07:00–08:00"],
  ["hour_of_day", 6 * HOUR_MS, 1, "06:00–12:00"],
  ["day_of_week", 24 * HOUR_MS, 1, "Tuesdays"],
  ["hour_of_week", HOUR_MS, 31, "Tuesdays 07:00–08:00"],
] as const)("a Tuesday at seven is, by %s of %d ms, slot %d: %s", (season, windowMs, slot, name) => {
  expect(seasonSlot(season, TUESDAY_SEVEN, windowMs)).toBe(slot);
  expect(seasonSlotName(season, TUESDAY_SEVEN, windowMs)).toBe(name);
});

test("the last slot of a day ends at 24:00", () => {
  expect(seasonSlotName("hour_of_day", Date.UTC(2024, 0, 2, 23), HOUR_MS)).toBe("23:00–24:00");
});

test.each([
  ["none", 24 * HOUR_MS, []],
  ["day_of_week", 24 * HOUR_MS, [5, 6, 8, 9]],
  ["hour_of_day", HOUR_MS, [17, 21, 27, 31]],
  ["hour_of_day", 6 * HOUR_MS, [3, 5]],
  ["hour_of_week", HOUR_MS, [120, 144, 192, 216]],
] as const)("%s of %d ms is held beside groupings into %j", (season, windowMs, lengths) => {
  const starts = Array.from({ length: 1_000 }, (_, index) => TUESDAY_SEVEN + index * windowMs);
  const slots = falseSeasonSlots(season, windowMs).map((slotOf) => new Set(starts.map(slotOf)).size);
  expect(slots).toEqual(lengths);
});
