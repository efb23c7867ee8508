import { expect, test } from "vitest";
import { isWorthRefreshing } from "./worth-refreshing.ts";

const MADE = 1_700_000_000_000;
const OLD = MADE - 3_600_000;

test.each([
  ["nothing changed", 10_000, {}, false],
  ["an incident opened after the page was made", 10_000, { recorded: MADE + 1 }, true],
  ["a verdict was on its way into the store when the page was made", 10_000, { judged: MADE - 4_000 }, true],
  ["a record is older than the page", 10_000, { recorded: MADE - 6_000 }, false],
  ["traffic came, and the page is younger than a minute", 59_000, { received: MADE + 30_000 }, false],
  ["traffic came, and a minute has passed", 60_000, { received: MADE + 30_000 }, true],
  ["nothing changed in five minutes, but ages went on", 300_000, {}, true],
])("%s", (_, passed, newest, expected) => {
  const all = { recorded: OLD, judged: OLD, received: OLD, ...newest };
  expect(isWorthRefreshing({ madeAt: MADE, now: MADE + passed, newest: all })).toBe(expected);
});
