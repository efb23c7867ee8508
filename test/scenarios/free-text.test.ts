import { profileRows, type Rows, referenceFromRows, type SampledRow } from "@leeway/core/profile";
import { createRandom, drawNormal } from "@leeway/core/random";
import type { Reference } from "@leeway/core/records";
import {
  assessText,
  calibrateDrift,
  createDriftAssessor,
  createTextBaseline,
  TEXT_TESTS,
  textLimit,
} from "@leeway/core/verdicts";
import { beforeAll, describe, expect, test } from "vitest";
import { type Telling, tellStory } from "./support/story.ts";

// Comments of a dozen words whose tone wanders from day to day. From day 10 on a third of the words come as numbers of the same length: an id leaks
// into the field, and no comment is longer or shorter than it was.
const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);
const REFERENCE_DAYS = 14;
const DAYS = 46;
const FAULTY_FROM = 24;
const ROWS = 400;

const random = createRandom(11);
const span = (day: number) => ({ start: FROM + day * DAY_MS, end: FROM + (day + 1) * DAY_MS });

function drawComment(excitement: number, digits: number): string {
  const words = Array.from({ length: 4 + Math.floor(random() * 16) }, () => {
    const letters = 2 + Math.floor(random() * 8);
    if (random() < digits) return String(Math.floor(random() * 10 ** letters)).padStart(letters, "0");
    const word = Array.from({ length: letters }, () => String.fromCharCode(97 + Math.floor(random() * 26)));
    return random() < 0.1 + excitement ? word.join("").toUpperCase() : word.join("");
  });
  return words.join(" ") + (random() < 0.3 + 2 * excitement ? "!" : ".");
}

const columns = (rows: readonly SampledRow[]): Rows => ({
  amount: rows.map(({ numbers }) => numbers["amount"]!),
  // What a profile counts of free text is its length.
  comment: rows.map(({ strings }) => strings["comment"]!.length),
});

function referenceOf(rows: readonly SampledRow[]): Reference {
  const reference = referenceFromRows(columns(rows), { from: FROM, to: span(REFERENCE_DAYS).start });
  const features = reference.features.map((feature) =>
    feature.name === "comment" ? { ...feature, type: "text" as const } : feature,
  );
  return { ...reference, features };
}

function story(digitsOn: (day: number) => number): Telling[] {
  const days = Array.from({ length: DAYS }, (_, day) =>
    Array.from({ length: ROWS }, (_, row): SampledRow => {
      const comment = drawComment(0.03 * (1 + Math.sin(day)), digitsOn(day));
      return {
        time: span(day).start + row,
        numbers: { amount: drawNormal(random) },
        strings: { comment },
        booleans: {},
      };
    }),
  );
  const past = days.slice(0, REFERENCE_DAYS);
  const reference = referenceOf(past.flat());
  const profiles = days.map((rows, day) => profileRows(reference, columns(rows), span(day)));
  const calibration = calibrateDrift(profiles.slice(0, REFERENCE_DAYS), reference, {
    windowMs: DAY_MS,
    furtherTests: TEXT_TESTS,
  });
  const baseline = createTextBaseline("comment", textLimit(1), {
    sample: past.flatMap((rows) => rows.slice(0, 40)),
    windows: past.map((rows, day) => ({ ...span(day), rows })).slice(0, 12),
  })!;
  const told = profiles.map((profile, day) => ({
    profile,
    evidence: {
      texts: new Map([["comment", assessText(baseline, days[day]!, calibration.operating_point)!]]),
    },
  }));
  return tellStory(told.slice(REFERENCE_DAYS), createDriftAssessor({ reference, calibration }));
}

describe("comments made of other characters, none longer or shorter", () => {
  let tellings: Telling[];
  beforeAll(() => {
    tellings = story((day) => (day < FAULTY_FROM ? 0.02 : 0.33));
  });

  test("are reported within two days, with the share that moved", () => {
    expect(tellings.map(({ told }) => told)).toEqual(["fired input_drift comment"]);
    expect(["2026-01-29", "2026-01-30"]).toContain(tellings[0]?.day);
    const { incident } = tellings[0]!;
    expect(incident.summary).toMatch(
      /comment: share of (digits 2\d(\.\d+)? % against 1\.\d+|letters 5\d(\.\d+)? % against 8\d(\.\d+)?) % in the reference/,
    );
  });
});

test("a month of comments whose tone wanders tells nothing", () => {
  expect(story(() => 0.02)).toEqual([]);
});
