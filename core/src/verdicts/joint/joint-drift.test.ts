import { describe, expect, test } from "vitest";
import { referenceFromRows, type SampledRow } from "../../profile/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import { deriveOperatingPoint } from "../bars/derive-operating-point.ts";
import { assessJoint } from "./assess-joint.ts";
import { decideJoint, JOINT_STANDING } from "./decide-joint.ts";
import { encodeColumns } from "./encode-columns.ts";
import { createJointBaseline } from "./joint-baseline.ts";
import { jointRowLimit } from "./joint-reference.ts";
import { measureJoint } from "./measure-joint.ts";

const random = createRandom(4);
const COUNTRIES = ["Germany", "France", "Italy"];

// Country follows the amount, the flag follows the age: mixed types, ties and missing values.
function drawRows(count: number, time: number, coupling: number): SampledRow[] {
  return Array.from({ length: count }, () => {
    const amount = drawNormal(random);
    const age = drawNormal(random);
    const country = coupling * amount + Math.sqrt(1 - coupling ** 2) * drawNormal(random);
    return {
      time,
      numbers: { amount, ...(random() < 0.1 ? {} : { age }), constant: 1 },
      strings: { country: COUNTRIES[country < -0.4 ? 0 : country < 0.7 ? 1 : 2]! },
      booleans: { flag: age + drawNormal(random) > 0 },
    };
  });
}

const windows = Array.from({ length: 10 }, (_, i) => ({ start: i, end: i + 1, rows: drawRows(400, i, 0.9) }));
const sample = windows.flatMap(({ rows }) => rows).slice(0, 2_000);
const features = referenceFromRows(
  {
    amount: sample.map(({ numbers }) => numbers["amount"]!),
    age: sample.map(({ numbers }) => numbers["age"] ?? null),
    constant: sample.map(() => 1),
    country: sample.map(({ strings }) => strings["country"]!),
  },
  { from: 0, to: 10 },
).features.concat([
  { name: "flag", type: "boolean", count: 1, null_count: 0, missing_count: 0, wrong_type_count: 0 },
]);
const point = deriveOperatingPoint({ falseAlarmsPerMonth: 0.5, windowMs: 86_400_000, tests: 20 });

async function decide(rows: readonly SampledRow[]) {
  const baseline = (await createJointBaseline({ features, sample, windows }))!;
  const measured = measureJoint(baseline.reference, rows, 77)!;
  const assessment = assessJoint(baseline.reference, baseline.calibration, measured, point);
  return decideJoint(assessment, assessment.p);
}

describe("joint drift", () => {
  test("of a category that no longer follows a number is reported with both, and the constant plays no part", async () => {
    const { published, standing, blamed } = await decide(drawRows(400, 50, 0));
    expect(published).toMatchObject({ drifted: true, rows: 400, reference_windows: 10 });
    expect(published.features).toEqual(["amount", "age", "country", "flag"]);
    // The countries stand in no order that the amount could be correlated with: it is the classifier that sees it.
    expect(blamed.map(({ name }) => name).sort()).toEqual(["amount", "country"]);
    expect(blamed[0]?.evidence).toContain("of what tells the window's rows apart");
    expect(standing).toMatchObject({ name: JOINT_STANDING, isDrifted: true, isGross: true });
    expect(published.reason).toMatch(
      /correlations between features differ from the reference; .* AUC 0\.[67]/,
    );
  });

  test("is none where only the margins moved, however far", async () => {
    const shifted = drawRows(400, 50, 0.9).map((row) => ({
      ...row,
      numbers: { ...row.numbers, amount: Math.exp(5 + 3 * row.numbers["amount"]!) },
    }));
    const { published, standing } = await decide(shifted);
    expect(published.drifted).toBe(false);
    expect(standing).toMatchObject({ isDrifted: false, isGross: false });
    expect(published.reason).toContain("correlations between features match the reference");
  });

  test("gives the same numbers for the same rows, and none for too few", async () => {
    const rows = drawRows(300, 50, 0.9);
    expect(await decide(rows)).toEqual(await decide(rows));
    const baseline = (await createJointBaseline({ features, sample, windows: [] }))!;
    expect(measureJoint(baseline.reference, rows.slice(0, 150), 1)).toBeUndefined();
    expect(await createJointBaseline({ features, sample: sample.slice(0, 100), windows })).toBeUndefined();
  });
});

describe("joint drift of features that share a daily rhythm", () => {
  const HOUR_MS = 3_600_000;
  const hourly = createRandom(8);
  // Within an hour b follows a; over the day both follow the clock, each in its own phase.
  const drawHour = (hour: number, count: number, coupling: number): SampledRow[] =>
    Array.from({ length: count }, () => {
      const a = drawNormal(hourly);
      const b = coupling * a + Math.sqrt(1 - coupling ** 2) * drawNormal(hourly);
      const clock = (2 * Math.PI * hour) / 24;
      const numbers = { a: a + 2 * Math.sin(clock), b: b + 2 * Math.cos(clock), c: drawNormal(hourly) };
      return { time: hour * HOUR_MS, numbers, strings: {}, booleans: {} };
    });
  const past = Array.from({ length: 48 }, (_, hour) => drawHour(hour, 40, 0.7)).flat();
  const hours = Array.from({ length: 12 }, (_, i) => 4 * i).map((hour) => ({
    ...{ start: hour * HOUR_MS, end: (hour + 1) * HOUR_MS },
    rows: drawHour(hour, 400, 0.7),
  }));
  const columns = Object.fromEntries(
    (["a", "b", "c"] as const).map((name) => [name, past.map(({ numbers }) => numbers[name]!)]),
  );
  const watched = referenceFromRows(columns, { from: 0, to: 48 * HOUR_MS }).features;

  test.each([
    { coupling: 0.7, drifted: false },
    { coupling: 0.2, drifted: true },
  ])(
    "is seen within an hour, not over the day: $coupling where it was 0.7",
    async ({ coupling, drifted }) => {
      const { reference, calibration } = (await createJointBaseline({
        ...{ features: watched, sample: past, windows: hours },
      }))!;
      const decided = [50, 57, 63].map((hour) => {
        const measured = measureJoint(reference, drawHour(hour, 400, coupling), hour)!;
        const assessment = assessJoint(reference, calibration, measured, point);
        return decideJoint(assessment, assessment.p).published.drifted;
      });
      expect(decided).toEqual([drifted, drifted, drifted]);
    },
  );
});

test("categories are encoded by their place, unseen ones behind, and what has another type is missing", () => {
  const [row] = drawRows(1, 0, 0);
  const unseen = { ...row!, numbers: {}, strings: { country: "Malta", age: "40" } };
  const columns = encodeColumns(features, [unseen]);
  expect(columns[3]![0]).toBe(3);
  expect(columns[1]![0]).toBeNaN();
});

test("wider models are looked at on fewer rows", () => {
  expect([2, 25, 50, 200, 1_000].map(jointRowLimit)).toEqual([2_000, 2_000, 1_000, 250, 200]);
});
