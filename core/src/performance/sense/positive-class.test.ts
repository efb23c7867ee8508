import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import { type ClassifiedRow, classesOf, classifiedRows } from "./example-outputs.ts";
import { choosePositiveClass } from "./positive-class.ts";

const named = (no: string, yes: string) => classifiedRows(400, { no, yes });
const withoutScores = (rows: readonly ClassifiedRow[]) => rows.map(({ score: _score, ...row }) => row);
const withoutClasses = (rows: readonly ClassifiedRow[]) =>
  rows.map(({ predicted: _predicted, ...row }) => row);
// A score that says how sure the model is of whatever class it chose.
const confident = (no: string, yes: string) =>
  named(no, yes).map((row) => ({ ...row, score: Math.max(row.score, 1 - row.score) }));
const random = createRandom(11);
const rareScore = () => Math.min(0.99, Math.exp(-4 + drawNormal(random)));
// One in a hundred, a threshold of 0.2.
const rare = Array.from({ length: 5_000 }, () => {
  const score = rareScore();
  return { score, predicted: score > 0.2 ? "fraud" : "ok", label: random() < score ? "fraud" : "ok" };
});
const neverPredicted = rare.map((row) => ({ ...row, predicted: "ok" }));

describe("the positive class", () => {
  test.each<[string, readonly ClassifiedRow[], string | undefined, object]>([
    ["is the given one", named("0", "1"), "1", { name: "1", by: "given" }],
    ["is the given one though scores say otherwise", named("0", "1"), "0", { name: "0", by: "given" }],
    [
      "is the given one in the spelling that rows carry",
      named("false", "true"),
      "True",
      { name: "true", by: "given" },
    ],
    ["is not a given one that nothing carries", named("0", "1"), "true", { outcome: "absent" }],
    ["is not a given one in another case", named("ok", "Fraud"), "fraud", { outcome: "absent" }],
    [
      "is the one predicted where scores are high",
      named("ok", "fraud"),
      undefined,
      { name: "fraud", by: "scores" },
    ],
    [
      "is that one whatever the order of names",
      named("zebra", "ant"),
      undefined,
      { name: "ant", by: "scores" },
    ],
    ["is that one though the other says yes", named("yes", "no"), undefined, { name: "no", by: "scores" }],
    ["is found at a threshold far from a half", rare, undefined, { name: "fraud", by: "scores" }],
    ["is found though it was never predicted", neverPredicted, undefined, { name: "fraud", by: "scores" }],
    ["is 1 without scores", withoutScores(named("0", "1")), undefined, { name: "1", by: "name" }],
    [
      "is True without scores",
      withoutScores(named("False", "True")),
      undefined,
      { name: "True", by: "name" },
    ],
    ["is yes among labels alone", withoutClasses(named("no", "yes")), undefined, { name: "yes", by: "name" }],
    [
      "is not known of two plain names",
      withoutScores(named("ham", "spam")),
      undefined,
      { outcome: "unknown" },
    ],
    ["is not known by confidence in either", confident("ham", "spam"), undefined, { outcome: "unknown" }],
    [
      "is 1 by its name where scores are confidence",
      confident("0", "1"),
      undefined,
      { name: "1", by: "name" },
    ],
    ["is open where no class was seen", [{ score: 0.5 }], undefined, { outcome: "unseen" }],
    ["is not 1 while only 0 was seen", withoutScores(named("0", "0")), undefined, { outcome: "unknown" }],
  ])("%s", (_situation, rows, given, expected) => {
    expect(choosePositiveClass({ positive_class: given }, classesOf(rows))).toMatchObject(expected);
  });

  test("stays what it was when labels are spelt differently one day", () => {
    const rows = [
      ...named("0", "1"),
      ...named("0", "1").map((row) => ({ ...row, label: row.label === "1" ? "true" : "false" })),
    ];
    expect(choosePositiveClass({}, classesOf(withoutScores(rows)))).toMatchObject({ name: "1" });
    expect(choosePositiveClass({}, classesOf(withoutClasses(rows)))).toMatchObject({ name: "1" });
  });

  test("that was guessed gives way where scores say otherwise, and the sentence says so", () => {
    const guessed = { positive_class: "ok", configured: false };
    const chosen = choosePositiveClass(guessed, classesOf(named("ok", "fraud")));
    expect(chosen).toEqual({
      outcome: "contradicted",
      reason:
        'The positive class "ok" was guessed, but scores are high where "fraud" is predicted. Set positive_class to the class that score is the probability of',
    });
  });

  test("that nothing carries is refused with both vocabularies", () => {
    const chosen = choosePositiveClass({ positive_class: "true" }, classesOf(named("0", "1")));
    expect(chosen).toEqual({
      outcome: "absent",
      reason:
        'No prediction and no label carries the positive class "true": predictions carry "0" and "1", labels carry "0" and "1". Set positive_class to one of these',
    });
  });
});
