import { expect, test } from "vitest";
import { profileRows, referenceFromRows, referenceProfiles } from "../../profile/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import { calibrateDrift } from "../bars/calibrate-drift.ts";
import { createDriftAssessor } from "../drift/assess-drift-window.ts";

const DAY = 86_400_000;
const FROM = Date.UTC(2024, 0, 1);
const WINDOWS = 28;
const spanOf = (index: number) => ({ start: FROM + index * DAY, end: FROM + (index + 1) * DAY });

/** A price whose level wanders by factors from day to day: `spread` in natural logarithms. */
function wanderingPrice(spread: number, seed: number) {
  const random = createRandom(seed);
  let level = 0;
  const rowsAt = (at: number) =>
    Array.from({ length: 500 }, () => Math.exp(spread * at + 0.8 * drawNormal(random)));
  const next = () => {
    level = 0.7 * level + Math.sqrt(1 - 0.7 ** 2) * drawNormal(random);
    return { price: rowsAt(level) };
  };
  const blocks = Array.from({ length: WINDOWS }, next);
  const whole = { price: blocks.flatMap(({ price }) => price) };
  const reference = referenceFromRows(whole, { from: FROM, to: FROM + WINDOWS * DAY });
  const windows = blocks.map((rows, index) => ({ rows, ...spanOf(index) }));
  const calibration = calibrateDrift(referenceProfiles(reference, windows), reference, { windowMs: DAY });
  const assess = createDriftAssessor({ reference, calibration });
  return {
    next,
    judge: (index: number, rows: { price: number[] }, state?: Parameters<typeof assess>[1]) =>
      assess(profileRows(reference, rows, spanOf(WINDOWS + index)), state),
  };
}

test.each([0.2, 2])(
  "a price that wanders by factors (%d in logarithms) is never called restated in another unit",
  (spread) => {
    for (let seed = 1; seed <= 8; seed++) {
      const price = wanderingPrice(spread, seed);
      let state: ReturnType<typeof price.judge>["state"] | undefined;
      for (let day = 0; day < 30; day++) {
        const verdict = price.judge(day, price.next(), state);
        state = verdict.state;
        if (verdict.outcome === "alarm")
          expect([seed, day, verdict.reason]).toEqual([seed, day, expect.not.stringContaining("multiplied")]);
      }
    }
  },
);

test("cents instead of dollars are, though the price wanders", () => {
  const price = wanderingPrice(0.05, 3);
  const inCents = () => ({ price: price.next().price.map((value) => 100 * value) });
  const first = price.judge(0, inCents());
  const second = price.judge(1, inCents(), first.state);
  expect([second.outcome, second.cause]).toEqual(["alarm", "pipeline"]);
  expect(second.reason).toContain("multiplied by 100");
});

/** A column of which the level wanders by `deviation` standard deviations of its rows from day to day. */
function wanderingColumn(shape: (z: number) => number, deviation: number, seed: number) {
  const random = createRandom(seed);
  let level = deviation * drawNormal(random);
  const next = () => {
    level = 0.8 * level + Math.sqrt(1 - 0.8 ** 2) * deviation * drawNormal(random);
    return { x: Array.from({ length: 500 }, () => shape(drawNormal(random) + level)) };
  };
  const blocks = Array.from({ length: WINDOWS }, next);
  const reference = referenceFromRows(
    { x: blocks.flatMap(({ x }) => x) },
    { from: FROM, to: FROM + WINDOWS * DAY },
  );
  const windows = blocks.map((rows, index) => ({ rows, ...spanOf(index) }));
  const calibration = calibrateDrift(referenceProfiles(reference, windows), reference, { windowMs: DAY });
  const assess = createDriftAssessor({ reference, calibration });
  return {
    next,
    judge: (index: number, rows: { x: number[] }) =>
      assess(profileRows(reference, rows, spanOf(WINDOWS + index))),
  };
}

const logistic = (z: number) => 1 / (1 + Math.exp(-1.5 * z));
const mostlyZero = (z: number) => (z < 0.4 ? 0 : 10 * z);

test.each([
  ["a number", (z: number) => z, 5],
  ["a share", logistic, 3],
  ["a log-normal number", (z: number) => Math.exp(0.8 * z), 3],
  ["a column of many zeros", mostlyZero, 0.3],
] as const)("%s whose level wanders far is never called one value", (_, shape, deviation) => {
  for (let seed = 1; seed <= 8; seed++) {
    const column = wanderingColumn(shape, deviation, seed);
    for (let day = 0; day < 30; day++) {
      const { reason } = column.judge(day, column.next());
      expect([seed, day, reason]).toEqual([seed, day, expect.not.stringMatching(/one value|cut off/)]);
    }
  }
});

test.each([0.001, 0.5])(
  "a quarter of the values replaced by a default is found in its first window (level ± %d)",
  (deviation) => {
    const column = wanderingColumn((z) => Math.exp(3 + 0.8 * z), deviation, 5);
    const { x } = column.next();
    for (const value of [-1, 0, 999]) {
      const verdict = column.judge(0, { x: x.map((own, row) => (row % 4 === 0 ? value : own)) });
      expect([value, verdict.outcome, verdict.cause]).toEqual([value, "alarm", "pipeline"]);
      expect(verdict.reason).toContain(`of the values are ${value}`);
    }
  },
);
