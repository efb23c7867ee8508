import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import type { PerformanceAggregate } from "../merge-aggregates.ts";
import {
  binaryOf,
  type ClassifiedRow,
  classifiedRows,
  multiclassOf,
  regressionOf,
  shuffledLabels,
} from "./example-outputs.ts";
import { findLabelTrouble } from "./label-trouble.ts";
import { describeLabelTrouble } from "./label-words.ts";

const DAY_8 = Date.UTC(2026, 0, 8);
const rowsOf = (seed: number, count = 600) => classifiedRows(count, { no: "0", yes: "1", seed });
const relabelled = (names: Record<string, string>, share = 1) =>
  rowsOf(2).map((row, i) => (i % 100 < share * 100 ? { ...row, label: names[row.label] ?? row.label } : row));
const binary = (rows: readonly ClassifiedRow[]) => binaryOf(rows, "1");
const usual = binary(rowsOf(1, 2_000));
const troubleOf = (
  window: PerformanceAggregate,
  before: PerformanceAggregate = usual,
  haveInputsFailed = false,
) => findLabelTrouble(window, before, { haveInputsFailed });
const SWAP = { "0": "1", "1": "0" };

describe("labels of a binary model", () => {
  test.each<[string, readonly ClassifiedRow[], string | undefined, string]>([
    ["as they were", rowsOf(2), undefined, ""],
    [
      "as they were, with other shares of the classes",
      rowsOf(2).filter(({ score }) => score > 0.5),
      undefined,
      "",
    ],
    ["that say true and false", relabelled({ "0": "false", "1": "true" }), "spelt_differently", "1 → true"],
    ["that say True and False", relabelled({ "0": "False", "1": "True" }), "spelt_differently", "0 → False"],
    ["that say yes and no", relabelled({ "0": "No", "1": "Yes" }), "spelt_differently", "1 → Yes"],
    ["with decimals", relabelled({ "0": "0.0", "1": "1.0" }), "spelt_differently", "1 → 1.0"],
    ["of which one class is spelt differently", relabelled({ "1": "true" }), "spelt_differently", "1 → true"],
    [
      "of which one in ten is spelt differently",
      relabelled({ "0": "false", "1": "true" }, 0.1),
      "spelt_differently",
      "1 → true",
    ],
    [
      "of names that only predictions explain",
      relabelled({ "0": "good", "1": "bad" }),
      "spelt_differently",
      "1 → bad",
    ],
    ["of one name for both", relabelled({ "0": "done", "1": "done" }), "new_classes", '"done"'],
    ["that are flipped", relabelled(SWAP), "flipped", "AUC"],
    ["joined with other predictions", shuffledLabels(rowsOf(2, 2_000)), "unrelated", "AUC"],
    ["without a single 1", rowsOf(2).filter(({ label }) => label === "0"), "missing_class", '"1"'],
    [
      "without a 1 where none is predicted",
      rowsOf(2).map((row) => ({ score: row.score / 20, predicted: "0", label: "0" })),
      undefined,
      "",
    ],
    [
      "in which every 1 is lost",
      rowsOf(2).map((row) => (row.label === "1" ? { score: row.score, predicted: row.predicted } : row)),
      "missing_class",
      '"1"',
    ],
    [
      "of which two in five are flipped",
      rowsOf(2, 1_500).map((row, i) => (i % 5 < 2 ? { ...row, label: SWAP[row.label as "0" | "1"] } : row)),
      "unsettled",
      "AUC",
    ],
    [
      "of which three in four are flipped",
      rowsOf(2, 1_500).map((row, i) => (i % 4 < 3 ? { ...row, label: SWAP[row.label as "0" | "1"] } : row)),
      "unsettled",
      "AUC",
    ],
    ["too few to say anything", relabelled({ "0": "false", "1": "true" }).slice(0, 20), undefined, ""],
  ])("%s", (_situation, rows, trouble, detail) => {
    const found = troubleOf(binary(rows));
    expect(found?.trouble).toBe(trouble);
    expect(found?.detail ?? "").toContain(detail);
  });

  test("that agree with no prediction are no news where inputs have failed; other spellings still are", () => {
    expect(troubleOf(binary(shuffledLabels(rowsOf(2, 2_000))), usual, true)).toBeUndefined();
    expect(troubleOf(binary(relabelled({ "0": "false", "1": "true" })), usual, true)?.trouble).toBe(
      "spelt_differently",
    );
  });

  test("of a model without scores are flipped or unrelated too", () => {
    const plain = (rows: readonly ClassifiedRow[]) => binary(rows.map(({ score: _score, ...row }) => row));
    const before = plain(rowsOf(1, 2_000));
    expect(troubleOf(plain(relabelled(SWAP)), before)?.trouble).toBe("flipped");
    expect(troubleOf(plain(shuffledLabels(rowsOf(2, 2_000))), before)?.trouble).toBe("unrelated");
    expect(troubleOf(plain(rowsOf(2)), before)).toBeUndefined();
  });

  test("that are as usual in 300 windows of 100 are never called wrong", () => {
    const wrong = Array.from({ length: 300 }, (_, i) => troubleOf(binary(rowsOf(100 + i, 100)))).filter(
      (found) => found !== undefined,
    );
    expect(wrong).toEqual([]);
  });
});

describe("labels of a multiclass model", () => {
  const random = createRandom(3);
  const CLASSES = ["cat", "dog", "owl"];
  const draw = (count: number) =>
    Array.from({ length: count }, () => {
      const label = CLASSES[Math.floor(random() * 3)]!;
      return { label, predicted: random() < 0.8 ? label : CLASSES[Math.floor(random() * 3)]! };
    });
  const before = multiclassOf(draw(2_000));
  test.each<[string, (label: string) => string, string | undefined, string]>([
    ["as they were", (label) => label, undefined, ""],
    ["with capitals", (label) => label.toUpperCase(), "spelt_differently", "cat → CAT"],
    ["in another language", (label) => `${label}-x`, "spelt_differently", "→"],
    [
      "with one new class",
      (label) => (label === "owl" ? "owl" : label === "dog" && random() < 0.3 ? "fox" : label),
      "new_classes",
      '"fox"',
    ],
  ])("%s", (_situation, rename, trouble, detail) => {
    const rows = draw(900).map((row) => ({ ...row, label: rename(row.label) }));
    const found = troubleOf(multiclassOf(rows), before);
    expect(found?.trouble).toBe(trouble);
    expect(found?.detail ?? "").toContain(detail);
  });
});

describe("labels of a regressor", () => {
  const random = createRandom(4);
  const draw = (count: number) =>
    Array.from({ length: count }, () => {
      const truth = 50 + 10 * drawNormal(random);
      return { truth, predicted: truth + 3 * drawNormal(random) };
    });
  const before = regressionOf(draw(2_000));
  const shuffledTruth = () => {
    const rows = draw(800);
    return rows.map((row, i) => ({ ...row, truth: rows[(i + 37) % rows.length]!.truth }));
  };
  test.each<[string, { truth: number; predicted: number }[], string | undefined]>([
    ["as they were", draw(800), undefined],
    ["beyond all measure", draw(200).map((row) => ({ ...row, truth: 1e300 })), "unusable"],
    ["beyond all measure, negative", draw(200).map((row) => ({ ...row, truth: -1e300 })), "unusable"],
    ["joined with other predictions", shuffledTruth(), "unrelated"],
    [
      "with the sign flipped about their mean",
      draw(800).map((row) => ({ ...row, truth: 100 - row.truth })),
      "flipped",
    ],
    [
      "that are simply worse predicted",
      draw(800).map((row) => ({ ...row, predicted: row.predicted + 5 })),
      undefined,
    ],
  ])("%s", (_situation, rows, trouble) => {
    expect(troubleOf(regressionOf(rows), before)?.trouble).toBe(trouble);
  });

  test("that are too large are counted in the sentence", () => {
    const found = troubleOf(regressionOf(draw(200).map((row) => ({ ...row, truth: 1e300 }))), before);
    expect(describeLabelTrouble(found!, { since: DAY_8, labels: 200 })).toBe(
      "200 labels came and cannot be used: beyond ±1e70, too large to compute with (since 2026-01-08). Correct them at their source and send them again",
    );
  });
});

test("other spellings are reported with the day since when, the old and the new name, and what to do", () => {
  const found = troubleOf(binary(relabelled({ "0": "false", "1": "true" })))!;
  expect(describeLabelTrouble(found, { since: DAY_8, labels: 600 })).toMatch(
    /^Labels are spelt differently since 2026-01-08: (1 → true, 0 → false|0 → false, 1 → true) \(100 % of 600 labels\)\. Send them/,
  );
});
