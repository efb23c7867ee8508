import { expect, test } from "vitest";
import { profileRows, referenceFromRows } from "../profile/index.ts";
import { createRandom, drawNormal } from "../random/index.ts";
import { recogniseUnitChange } from "./recognise-unit-change.ts";
import { UNIT_CHANGES } from "./unit-changes.ts";

const random = createRandom(9);
const draw = (rows: number) => Array.from({ length: rows }, () => Math.exp(4 + 0.5 * drawNormal(random)) + 3);
const temperature = (rows: number) => Array.from({ length: rows }, () => 12 + 8 * drawNormal(random));
const span = { from: 0, to: 1 };

function recognise(reference: number[], window: number[], withDeciles = true) {
  const made = referenceFromRows({ x: reference }, span);
  const profile = profileRows(made, { x: window }, { start: 0, end: 1 }).features[0]!;
  const { deciles, ...numeric } = profile.numeric!;
  return recogniseUnitChange(made.features[0]!.numeric!, {
    ...profile,
    numeric: withDeciles && deciles !== undefined ? { ...numeric, deciles } : numeric,
  });
}

const FACTORS = UNIT_CHANGES.filter(({ offset, factor }) => offset === 0 && factor !== -1);

test.each(FACTORS.map((change) => [change.description, change] as const))(
  "a window of 300 rows %s is recognised",
  (_, change) => {
    const found = recognise(
      draw(5_000),
      draw(300).map((x) => x * change.factor),
    );
    expect([found?.change, found?.alternative]).toContain(change);
    expect(found?.confidence).toBeGreaterThan(0.8);
  },
);

test.each(
  UNIT_CHANGES.filter(({ offset }) => offset !== 0).map((change) => [change.description, change] as const),
)("temperatures %s are recognised", (_, change) => {
  const found = recognise(
    temperature(5_000),
    temperature(300).map((x) => x * change.factor + change.offset),
  );
  expect(found?.change).toBe(change);
});

test("a flipped sign is recognised", () => {
  expect(
    recognise(
      draw(5_000),
      draw(300).map((x) => -x),
    )?.change.description,
  ).toBe("flipped in sign");
});

test("mean and deviation alone recognise a factor where there are no deciles", () => {
  const found = recognise(
    draw(5_000),
    draw(300).map((x) => x * 1.609344),
    false,
  );
  expect(found?.change.description).toContain("miles to kilometres");
});

test.each([
  ["the same distribution", (x: number) => x],
  ["a growth by a quarter", (x: number) => x * 1.25],
  ["a shift by half a deviation", (x: number) => x + 16],
  ["a factor that is no unit", (x: number) => x * 9],
])("%s is no change of unit", (_, change) => {
  expect(recognise(draw(5_000), draw(300).map(change))).toBeUndefined();
});

test("half of the rows in another unit is not taken for all of them", () => {
  const window = draw(400).map((x, row) => (row % 2 === 0 ? x * 1.609344 : x));
  expect(recognise(draw(5_000), window)).toBeUndefined();
});
