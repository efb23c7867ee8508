import { profileRows, type Rows, referenceFromRows, type SampledRow } from "@leeway/core/profile";
import { createRandom, drawNormal } from "@leeway/core/random";
import {
  assessJoint,
  calibrateDrift,
  createDriftAssessor,
  createJointBaseline,
  JOINT_TESTS,
  measureJoint,
} from "@leeway/core/verdicts";
import { beforeAll, describe, expect, test } from "vitest";
import { type Telling, tellStory } from "./support/story.ts";

// Ten features, two of which move together (0.7). From day 10 on each of them is drawn as before, but no longer together: as after a join by the
// wrong key.
const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 0, 5);
const REFERENCE_DAYS = 14;
const DAYS = 40;
const ROWS = 500;
const NAMES = Array.from({ length: 10 }, (_, i) => `f${i}`);

const random = createRandom(5);
const span = (day: number) => ({ start: FROM + day * DAY_MS, end: FROM + (day + 1) * DAY_MS });

function drawRows(day: number, correlation: number, shift: number): SampledRow[] {
  return Array.from({ length: ROWS }, (_, row) => {
    const values = NAMES.map(() => drawNormal(random));
    values[1] = correlation * values[0]! + Math.sqrt(1 - correlation ** 2) * values[1]!;
    // A mix of levels that wander from day to day, which no test of joint drift may mistake for one.
    const numbers = Object.fromEntries(NAMES.map((name, i) => [name, Math.exp(0.4 * values[i]! + shift)]));
    return { time: span(day).start + row, numbers, strings: {}, booleans: {} };
  });
}

const columns = (rows: readonly SampledRow[]): Rows =>
  Object.fromEntries(NAMES.map((name) => [name, rows.map(({ numbers }) => numbers[name]!)]));

async function story(correlationOn: (day: number) => number): Promise<Telling[]> {
  const days = Array.from({ length: DAYS }, (_, day) =>
    drawRows(day, correlationOn(day), 0.05 * Math.sin(day)),
  );
  const past = days.slice(0, REFERENCE_DAYS);
  const reference = referenceFromRows(columns(past.flat()), { from: FROM, to: span(REFERENCE_DAYS).start });
  const profiles = days.map((rows, day) => profileRows(reference, columns(rows), span(day)));
  const calibration = calibrateDrift(profiles.slice(0, REFERENCE_DAYS), reference, {
    windowMs: DAY_MS,
    furtherTests: JOINT_TESTS,
  });
  const joint = (await createJointBaseline({
    features: reference.features,
    sample: past.flatMap((rows) => rows.slice(0, 140)),
    windows: past.map((rows, day) => ({ ...span(day), rows })).slice(0, 12),
  }))!;
  const evidence = (day: number) => ({
    joint: assessJoint(
      joint.reference,
      joint.calibration,
      measureJoint(joint.reference, days[day]!, span(day).start)!,
      calibration.operating_point,
    ),
  });
  const told = profiles.map((profile, day) => ({ profile, evidence: evidence(day) }));
  return tellStory(told.slice(REFERENCE_DAYS), createDriftAssessor({ reference, calibration }));
}

describe("features that are correlated otherwise, each of them unchanged", () => {
  let tellings: Telling[];
  beforeAll(async () => {
    tellings = await story((day) => (day < 24 ? 0.7 : 0));
  });

  test("are reported on the first day, as joint drift of the two", () => {
    expect(tellings.map(({ told }) => told)).toEqual(["fired input_drift f0"]);
    expect(tellings[0]?.day).toBe("2026-01-29");
    const { incident } = tellings[0]!;
    expect(incident.features.slice(0, 2).map(({ name }) => name)).toEqual(["f0", "f1"]);
    expect(incident.summary).toMatch(/f0 and f1 have a correlation of -?0\.0\d* against 0\.[67]/);
    expect(incident.summary).toMatch(/AUC 0\.[67]/);
  });
});

test("a month in which nothing happens but levels that wander tells nothing", async () => {
  expect(await story(() => 0.7)).toEqual([]);
});
