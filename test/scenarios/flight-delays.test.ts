import { fileURLToPath } from "node:url";
import { aggregateBinaryRows, decideMaturity, mergeBinaryAggregates } from "@leeway/core/performance";
import { profileRows, type Rows, referenceFromRows, type SampledRow } from "@leeway/core/profile";
import {
  assessJoint,
  assessPerformanceWindow,
  calibrateDrift,
  calibratePerformance,
  createDriftAssessor,
  createJointBaseline,
  JOINT_TESTS,
  measureJoint,
  type PerformanceVerdict,
} from "@leeway/core/verdicts";
import { beforeAll, describe, expect, test } from "vitest";
import { type FlownFlight, featuresOf, isLate } from "../../sdk/examples/flight-delays/flight.ts";
import {
  type LogisticRegression,
  predictLate,
  trainLogisticRegression,
} from "../../sdk/examples/flight-delays/logistic-regression.ts";
import { positionOf, readFlights } from "../../sdk/examples/flight-delays/read-flights.ts";
import { type Day, type Telling, tellStory } from "./support/story.ts";

// US flights of 2001 (vega-datasets), a model of January, about 800 flights a day: what is in the data is reported in the README of the
// example. January's late share swings from 10 to 45 % with the weather; the last week of February is far worse than the model says, late
// April to mid-May far better; in between nothing lasts.
const DAY_MS = 86_400_000;
const JANUARY = Date.UTC(2001, 0, 1);
const FEBRUARY = Date.UTC(2001, 1, 1);
const KILOMETRES = { from: Date.UTC(2001, 5, 4), to: Date.UTC(2001, 5, 10) };
const END = Date.UTC(2001, 5, 28);
const MILE = 1.609344;
const mature = decideMaturity({
  predictions: 1,
  coverage: 1,
  expectedCoverage: 1,
  finalCoverage: 1,
  ageMs: 0,
});

let tellings: Telling[] = [];

beforeAll(async () => {
  const file = fileURLToPath(
    new URL("../../node_modules/vega-datasets/data/flights-3m.parquet", import.meta.url),
  );
  // The demo's split: every 20th flight is traffic; of January's others one in five trains, every 20th is held out as reference.
  const flights = await readFlights(
    file,
    (position) => position % 20 === 0 || position % 20 === 10 || position % 5 === 1,
  );
  const january = flights.filter(({ departure }) => departure < FEBRUARY);
  const model = trainLogisticRegression(january.filter((flight) => positionOf(flight) % 5 === 1));
  const reference = january.filter((flight) => positionOf(flight) % 20 === 10);
  const traffic = flights.filter((flight) => positionOf(flight) % 20 === 0 && flight.departure >= FEBRUARY);
  tellings = tellStory(...(await storyOf(model, reference, traffic)));
});

describe("half a year of flights under January's model", () => {
  const during = (from: string, to: string) =>
    tellings.filter(({ day }) => day >= from && day < to).map(({ told }) => told);

  test("the first alarm is the storms of late February, as concept drift, and it resolves by itself", () => {
    expect(tellings[0]).toMatchObject({ told: "fired concept_drift" });
    expect(tellings[0]!.day >= "2001-02-12" && tellings[0]!.day <= "2001-03-15").toBe(true);
    expect(tellings[1]).toMatchObject({ told: "resolved concept_drift" });
  });

  test("its reason has the rates, the window, the labels and what is normal", () => {
    expect(tellings[0]!.incident.summary).toMatch(
      /^"late" came [\d.]+ % of the time where the model said [\d.]+ %( over the last \d+ windows)? \((since|window) 2001-0[23]-\d\d, [\d,]+ labels; reference gap .* points ± .*\)/,
    );
  });

  test("the long good spell of spring is found too: the model is wrong in the other direction", () => {
    expect(during("2001-04-20", "2001-05-26")).toEqual(["fired concept_drift", "resolved concept_drift"]);
  });

  test("distances in kilometres are a broken pipeline from their first day, and it ends with them", () => {
    const june = tellings.filter(({ day }) => day >= "2001-06-01");
    expect(june.map(({ told }) => told)).toEqual(["fired pipeline distance", "resolved pipeline distance"]);
    expect(june[0]?.day).toBe("2001-06-04");
    expect(june[0]?.incident.features[0]?.evidence).toContain("miles to kilometres");
  });

  test("nobody is notified of anything else in five months", () => {
    expect(tellings).toHaveLength(6);
  });
});

async function storyOf(
  model: LogisticRegression,
  held: readonly FlownFlight[],
  traffic: readonly FlownFlight[],
): Promise<Parameters<typeof tellStory>> {
  const heldScores = held.map((flight) => predictLate(model, featuresOf(flight)));
  const reference = referenceFromRows(rowsOf(held), { from: JANUARY, to: FEBRUARY }, heldScores);
  const referenceDays = daysBetween(JANUARY, FEBRUARY).map((start) => dayOf(held, start));
  const aggregates = referenceDays.map(({ start, flights }) => ({
    start,
    aggregate: aggregateOf(model, flights),
  }));
  const referenceAggregate = aggregates.map(({ aggregate }) => aggregate).reduce(mergeBinaryAggregates);
  const profile = (start: number, flights: readonly FlownFlight[]) =>
    profileRows(
      reference,
      rowsOf(flights),
      { start, end: start + DAY_MS },
      flights.map((flight) => predictLate(model, seenBy(flight))),
    );
  const driftCalibration = calibrateDrift(
    referenceDays.map(({ start, flights }) => profile(start, flights)),
    reference,
    { windowMs: DAY_MS, furtherTests: JOINT_TESTS },
  );
  const assess = createDriftAssessor({ reference, calibration: driftCalibration });
  const joint = (await createJointBaseline({
    features: reference.features,
    sample: held.slice(0, 2_000).map(sampledRow),
    windows: referenceDays
      .filter((_, day) => day % 3 === 0)
      .map(({ start, flights }) => ({ start, end: start + DAY_MS, rows: flights.map(sampledRow) })),
  }))!;
  const jointly = (start: number, flights: readonly FlownFlight[]) => {
    const measured = measureJoint(joint.reference, flights.map(sampledRow), start);
    if (measured === undefined) return undefined;
    return assessJoint(joint.reference, joint.calibration, measured, driftCalibration.operating_point);
  };
  const calibration = calibratePerformance(aggregates, referenceAggregate, {
    referenceId: "january",
    windowMs: DAY_MS,
  });
  let state: PerformanceVerdict["state"] | undefined;
  const days = daysBetween(FEBRUARY, END).map((start): Day => {
    const { flights } = dayOf(traffic, start);
    return {
      profile: profile(start, flights),
      evidence: { joint: jointly(start, flights) },
      performance: (inputs) => {
        const verdict = assessPerformanceWindow({
          window: { start, end: start + DAY_MS, predictions: flights.length },
          aggregate: aggregateOf(model, flights),
          referenceAggregate,
          calibration,
          maturity: mature,
          previousState: state,
          inputs,
          positiveClass: "late",
        });
        state = verdict.state;
        return verdict;
      },
    };
  });
  return [days, assess];
}

function daysBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.round((to - from) / DAY_MS) }, (_, day) => from + day * DAY_MS);
}

function dayOf(flights: readonly FlownFlight[], start: number) {
  return {
    start,
    flights: flights.filter(({ departure }) => departure >= start && departure < start + DAY_MS),
  };
}

// What the service sees: for six days of June the distances arrive in kilometres.
function seenBy(flight: FlownFlight) {
  const features = featuresOf(flight);
  const isFaulty = flight.departure >= KILOMETRES.from && flight.departure < KILOMETRES.to;
  return isFaulty ? { ...features, distance: features.distance * MILE } : features;
}

function sampledRow(flight: FlownFlight): SampledRow {
  const { hour, day_of_week, distance, origin, destination } = seenBy(flight);
  return {
    time: flight.departure,
    numbers: { hour, distance },
    strings: { day_of_week, origin, destination },
    booleans: {},
  };
}

function rowsOf(flights: readonly FlownFlight[]): Rows {
  const seen = flights.map(seenBy);
  return {
    hour: seen.map(({ hour }) => hour),
    day_of_week: seen.map(({ day_of_week }) => day_of_week),
    distance: seen.map(({ distance }) => distance),
    origin: seen.map(({ origin }) => origin),
    destination: seen.map(({ destination }) => destination),
  };
}

function aggregateOf(model: LogisticRegression, flights: readonly FlownFlight[]) {
  return aggregateBinaryRows({
    labels: flights.map((flight) => (isLate(flight) ? 1 : 0)),
    scores: flights.map((flight) => predictLate(model, seenBy(flight))),
  });
}
