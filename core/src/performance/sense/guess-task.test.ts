import { describe, expect, it } from "vitest";
import { guessTask, type ShownOutputs } from "./guess-task.ts";

describe("guessTask", () => {
  const outputs = { withScore: 0, withValue: 0, withClassScores: 0, classes: [] as string[] };
  const unscored = { firstSeenAt: 0, predicted: 0, labelled: 5, scored: 0, scoreSum: 0, scoreSquares: 0 };
  it.each<[string, Partial<ShownOutputs>, string, string | undefined]>([
    ["a score and labels true and false", { withScore: 10, classes: ["false", "true"] }, "binary", "true"],
    ["a score and only negative labels so far", { withScore: 10, classes: ["0"] }, "binary", undefined],
    ["a score and no class so far", { withScore: 10 }, "binary", undefined],
    ["two named classes", { classes: ["ham", "spam"] }, "binary", undefined],
    ["No and Yes", { classes: ["No", "Yes"] }, "binary", "Yes"],
    ["three classes", { classes: ["a", "b", "c"] }, "multiclass", undefined],
    ["scores by class", { withClassScores: 10, classes: ["a"] }, "multiclass", undefined],
    ["a value", { withValue: 10 }, "regression", undefined],
  ])("reads %s", (_name, changes, task, positiveClass) => {
    const seen = (changes.classes ?? []).map((name) => ({ name, ...unscored }));
    expect(guessTask({ ...outputs, ...changes }, seen)).toEqual({ task, positiveClass });
  });
});
