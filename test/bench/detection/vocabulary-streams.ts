import type { Rows } from "@leeway/core/profile";
import { drawNormal, type RandomSource } from "@leeway/core/random";
import type { PlantedDrift, Stream } from "./streams.ts";

const DAY_MS = 86_400_000;

type Draw = (random: RandomSource, windowIndex: number) => string;

/** VocabularyStream is a stream with one feature of many values, and the drifts that are planted in it. */
export interface VocabularyStream {
  stream: Stream;
  drifts: PlantedDrift[];
}

// Three numbers and a small category beside the feature in question, so that the budget is shared as in a real model.
function vocabularyStream(
  name: string,
  options: { rows: number; windowMs: number; referenceWindows: number; start: () => Draw },
  drifts: PlantedDrift[],
): VocabularyStream {
  const { rows, windowMs, referenceWindows, start } = options;
  return {
    drifts,
    stream: {
      name,
      windowMs,
      referenceWindows,
      features: 5,
      start(random) {
        const draw = start();
        const column = <Value>(value: () => Value) => Array.from({ length: rows }, value);
        return (windowIndex) => ({
          value: column(() => draw(random, windowIndex)),
          small: column(() => (random() < 0.3 ? "a" : "b")),
          ...Object.fromEntries(["x", "y", "z"].map((one) => [one, column(() => drawNormal(random))])),
        });
      },
    },
  };
}

/** zipf returns a drawer of ranks 1 … `size` whose probabilities fall as 1/rank. */
export function zipf(size: number): (random: RandomSource) => number {
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (let rank = 1; rank <= size; rank++) {
    sum += 1 / rank;
    cumulative[rank - 1] = sum;
  }
  return (random) => {
    const target = random() * sum;
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! < target) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

const moved = (share: number, name: string, value: (random: RandomSource, age: number) => string) => ({
  name,
  feature: "value",
  apply: (columns: Record<string, (number | string | null)[]>, age: number, random: RandomSource): Rows => ({
    ...columns,
    value: columns["value"]!.map((own) => (random() < share ? value(random, age) : own)),
  }),
});

const toMany = (share: number) =>
  moved(share, `${share * 100} % to 5,000 new values`, (random) => `new ${Math.floor(random() * 5_000)}`);
const toOne = (share: number) => moved(share, `${share * 100} % to one new value`, () => "unknown");

const zipfStream = (size: number): Draw => {
  const draw = zipf(size);
  return (random) => `v${draw(random)}`;
};

const binary =
  (share: number): Draw =>
  (random) =>
    random() < share ? "yes" : "no";

/** VOCABULARY_STREAMS are streams whose feature `value` has many values, or two of which one is rare. */
export const VOCABULARY_STREAMS: VocabularyStream[] = [
  vocabularyStream(
    "Zipf, 100,000 values, 5,000 rows a day, reference of 28 days",
    { rows: 5_000, windowMs: DAY_MS, referenceWindows: 28, start: () => zipfStream(100_000) },
    [toMany(0.05), toMany(0.1), toOne(0.1)],
  ),
  vocabularyStream(
    "Zipf, 100,000 values, 500 rows an hour, reference of 7 days",
    { rows: 500, windowMs: DAY_MS / 24, referenceWindows: 168, start: () => zipfStream(100_000) },
    [toMany(0.1), toOne(0.1)],
  ),
  vocabularyStream(
    "Zipf, 100,000 values, 2,000 rows a day, reference of 7 days",
    { rows: 2_000, windowMs: DAY_MS, referenceWindows: 7, start: () => zipfStream(100_000) },
    [toMany(0.1), toOne(0.1)],
  ),
  vocabularyStream(
    "user ids: 5,000 users alike, three rows a visit, 5,000 rows a day, 14 days",
    {
      rows: 5_000,
      windowMs: DAY_MS,
      referenceWindows: 14,
      start: () => {
        let user = "";
        let left = 0;
        return (random) => {
          if (left-- <= 0) {
            user = `u${Math.floor(random() * 5_000)}`;
            left = 2;
          }
          return user;
        };
      },
    },
    [toMany(0.1)],
  ),
  vocabularyStream(
    "URLs: Zipf of 20,000, 3 % of the rows of pages of that day, 3,000 rows a day, 28 days",
    {
      rows: 3_000,
      windowMs: DAY_MS,
      referenceWindows: 28,
      start: () => {
        const draw = zipf(20_000);
        return (random, day) =>
          random() < 0.03 ? `/news/${day}/${Math.floor(random() * 20)}` : `/page/${draw(random)}`;
      },
    },
    [toMany(0.1), toOne(0.1)],
  ),
  vocabularyStream(
    "500 categories alike, 500 rows an hour, 7 days",
    {
      rows: 500,
      windowMs: DAY_MS / 24,
      referenceWindows: 168,
      start: () => (random) => `c${Math.floor(random() * 500)}`,
    },
    [toMany(0.1), moved(0.2, "20 % to one category", () => "c7")],
  ),
  vocabularyStream(
    "two classes, 1 % positive, 500 rows an hour, 7 days",
    { rows: 500, windowMs: DAY_MS / 24, referenceWindows: 168, start: () => binary(0.01) },
    [moved(0.04, "1 % → 5 % positive", () => "yes"), moved(1, "no positives any more", () => "no")],
  ),
  vocabularyStream(
    "two classes, 1 % positive, 5,000 rows a day, 28 days",
    { rows: 5_000, windowMs: DAY_MS, referenceWindows: 28, start: () => binary(0.01) },
    [moved(0.02, "1 % → 3 % positive", () => "yes"), moved(0.04, "1 % → 5 % positive", () => "yes")],
  ),
];
