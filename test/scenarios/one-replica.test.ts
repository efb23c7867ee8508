import { profileRows, type Rows, referenceFromRows, type WindowProfile } from "@leeway/core/profile";
import { createRandom, drawNormal } from "@leeway/core/random";
import { calibrateDrift, createDriftAssessor, type SourceProfile } from "@leeway/core/verdicts";
import { expect, test } from "vitest";
import { type Day, tellStory } from "./support/story.ts";

// Four replicas share the traffic evenly, and two regions that have always differed. From day 20 on one of something sends other values.
const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);
const REFERENCE_DAYS = 14;
const ROWS = 600;
const REPLICAS = ["a", "b", "c", "d"];

interface Row {
  replica: string;
  region: string;
  amount: number;
  age: number;
}

const random = createRandom(11);

function drawRows(break_: (row: Row) => Row): Row[] {
  return Array.from({ length: ROWS }, (_, i) => {
    const region = random() < 0.4 ? "eu" : "us";
    const amount = (region === "eu" ? 40 : 60) + 10 * drawNormal(random);
    return break_({ replica: REPLICAS[i % 4]!, region, amount, age: 40 + 12 * drawNormal(random) });
  });
}

const columns = (rows: readonly Row[]): Rows => ({
  amount: rows.map(({ amount }) => amount),
  age: rows.map(({ age }) => age),
});

function story(break_: (row: Row) => Row) {
  const days = Array.from({ length: 26 }, (_, day) => drawRows(day < 20 ? (row) => row : break_));
  const span = (day: number) => ({ start: FROM + day * DAY_MS, end: FROM + (day + 1) * DAY_MS });
  const past = days.slice(0, REFERENCE_DAYS);
  const reference = referenceFromRows(columns(past.flat()), { from: FROM, to: span(REFERENCE_DAYS).start });
  const calibration = calibrateDrift(
    past.map((rows, day) => profileRows(reference, columns(rows), span(day))),
    reference,
    { windowMs: DAY_MS },
  );
  const sourcesOf = (rows: readonly Row[], day: number): SourceProfile[] =>
    (["replica", "region"] as const).flatMap((tag) =>
      [...new Set(rows.map((row) => row[tag]))].map((value) => {
        const of = (all: readonly Row[]): WindowProfile =>
          profileRows(reference, columns(all.filter((row) => row[tag] === value)), span(day));
        return { tag, value, window: of(rows), baseline: of(past.flat()) };
      }),
    );
  const told = days.map(
    (rows, day): Day => ({
      profile: profileRows(reference, columns(rows), span(day)),
      evidence: { sources: sourcesOf(rows, day) },
    }),
  );
  return tellStory(told.slice(REFERENCE_DAYS), createDriftAssessor({ reference, calibration }));
}

test("one of four replicas that sends frozen values is named, and no region", () => {
  const tellings = story((row) => (row.replica === "c" ? { ...row, age: 25 } : row));
  expect(tellings[0]?.told).toBe("fired pipeline age");
  expect(tellings[0]?.day).toBe("2026-01-25");
  expect(tellings[0]?.incident.summary).toContain("only replica=c (25 % of the rows) has drifted");
  expect(tellings[0]?.incident.summary).not.toContain("region");
});

test("one of four replicas that shifts naturally looking values is a broken pipeline, not a drift of the world", () => {
  const tellings = story((row) => (row.replica === "b" ? { ...row, age: row.age + 15 } : row));
  expect(tellings[0]?.told).toBe("fired pipeline age");
  expect(tellings[0]?.incident.summary).toContain("only replica=b");
});

test("a shift of all traffic is nobody's alone, though the regions have always differed", () => {
  const tellings = story((row) => ({ ...row, amount: row.amount + 8 }));
  expect(tellings[0]?.told).toBe("fired input_drift amount");
  expect(tellings[0]?.incident.summary).not.toContain("only");
});

test("a shift of one region is reported as that region's", () => {
  const tellings = story((row) => (row.region === "eu" ? { ...row, amount: row.amount + 12 } : row));
  expect(tellings[0]?.incident.summary).toContain("only region=eu");
});
