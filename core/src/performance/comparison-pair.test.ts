import { expect, test } from "vitest";
import { type ComparableVersion, comparisonPair } from "./comparison-pair.ts";

const DAY = 86_400_000;

type Row = [version: string, environment: string, from: number, to: number, stage?: "archived"];

const versionsOf = (rows: Row[]): ComparableVersion[] =>
  rows.map(([version, environment, from, to, stage]) => ({
    ...{ version, environment, firstSeen: from * DAY, lastSeen: to * DAY },
    isArchived: stage === "archived",
  }));

const ARCHIVED_BETWEEN: Row[] = [
  ["1", "production", 0, 100],
  ["2", "production", 40, 60, "archived"],
  ["3", "shadow", 70, 100],
];

test.each<[string, Row[], string, [number, number], string]>([
  ["a shadow beside a live version, after an archived one", ARCHIVED_BETWEEN, "3", [0, 100], "3 against 1"],
  ["the live version, with a shadow beside it", ARCHIVED_BETWEEN, "1", [0, 100], "3 against 1"],
  [
    "an archived version that one looks at: against what served beside it",
    ARCHIVED_BETWEEN,
    "2",
    [0, 100],
    "2 against 1",
  ],
  [
    "two live versions: the older one is the baseline",
    [
      ["b", "production", 0, 90],
      ["a", "production", 50, 90],
    ],
    "b",
    [0, 100],
    "a against b",
  ],
  [
    "a version that ran in shadow before it went live",
    [
      ["1", "production", 0, 50],
      ["2", "shadow", 20, 50],
      ["2", "production", 50.5, 90],
    ],
    "2",
    [0, 100],
    "2 against 1",
  ],
  [
    "of several live versions, the one with the longest time together",
    [
      ["1", "production", 0, 21],
      ["2", "production", 20, 90],
      ["3", "staging", 20, 90],
    ],
    "3",
    [0, 100],
    "3 against 2",
  ],
  [
    "versions that were seen for one moment",
    [
      ["1", "production", 5, 5],
      ["2", "shadow", 5, 5],
    ],
    "2",
    [0, 100],
    "2 against 1",
  ],
])("%s", (_, rows, shown, [from, to], expected) => {
  const pair = comparisonPair({
    shown,
    versions: versionsOf(rows),
    range: { from: from * DAY, to: to * DAY },
  });
  expect(pair.outcome === "pair" ? `${pair.candidate} against ${pair.baseline}` : pair.reason).toBe(expected);
});

test.each<[string, Row[], string, [number, number], RegExp]>([
  [
    "the only version",
    [["1", "production", 0, 9]],
    "1",
    [0, 9],
    /no other version to compare version 1 with/,
  ],
  [
    "a version that replaced an archived one",
    [
      ["1", "production", 0, 50, "archived"],
      ["2", "production", 30, 90],
    ],
    "2",
    [0, 100],
    /No other version that is not archived had traffic at the same time as version 2/,
  ],
  [
    "two shadows without a live version",
    [
      ["1", "shadow", 0, 90],
      ["2", "shadow", 0, 90],
    ],
    "2",
    [0, 100],
    /served production at the same time as version 2/,
  ],
  ["a range that ends before both ran", ARCHIVED_BETWEEN, "3", [0, 30], /Version 1 did so outside it/],
])("%s has nothing to be compared with, and the reason says so", (_, rows, shown, [from, to], reason) => {
  const pair = comparisonPair({
    shown,
    versions: versionsOf(rows),
    range: { from: from * DAY, to: to * DAY },
  });
  expect(pair).toMatchObject({ outcome: "none", reason: expect.stringMatching(reason) });
});

test("a version that somebody names is taken, archived or not; itself and an unknown one are not", () => {
  const question = { shown: "3", versions: versionsOf(ARCHIVED_BETWEEN), range: { from: 0, to: 100 * DAY } };
  expect(comparisonPair({ ...question, asked: "2" })).toMatchObject({ baseline: "2", candidate: "3" });
  expect(comparisonPair({ ...question, asked: "3" })).toMatchObject({
    reason: expect.stringContaining("itself"),
  });
  expect(comparisonPair({ ...question, asked: "9" })).toMatchObject({
    reason: expect.stringContaining("never sent"),
  });
});
