import { describe, expect, test } from "vitest";
import { profileRows, referenceFromRows, type WindowProfile } from "../../profile/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import { calibrateDrift } from "../bars/calibrate-drift.ts";
import { driftCalibrationSchema } from "../bars/drift-calibration.ts";
import { createExampleStream, onColumn } from "../example-rows.ts";
import { driftStateSchema } from "../feature/drift-state.ts";
import { assessDriftWindow, type DriftVerdict } from "./assess-drift-window.ts";

const stream = createExampleStream();

function assess(window: WindowProfile, previousState?: DriftVerdict["state"]): DriftVerdict {
  return assessDriftWindow({
    reference: stream.reference,
    calibration: stream.calibration,
    window,
    previousState,
  });
}

const asNumber = (change: (x: number) => number | null) => (value: number | string | null) =>
  typeof value === "number" ? change(value) : value;

describe("a window in which nothing happened", () => {
  test("is OK for weeks, with a reason that has its numbers", () => {
    let state: DriftVerdict["state"] | undefined;
    for (let day = 0; day < 60; day++) {
      const verdict = assess(stream.window(day), state);
      state = verdict.state;
      expect(verdict.outcome, verdict.reason).not.toBe("alarm");
      expect(verdict.reason).toMatch(/\d/);
    }
  });

  test("is quiet about a weekday column, which is constant within a day and far from the whole reference", () => {
    const { detail } = assess(stream.window(0));
    const weekday = detail.features["weekday"]!;
    expect(weekday.drifted).toBe(false);
    expect(weekday.psi).toBeGreaterThan(2);
    expect(weekday.baseline?.slot).toBe("Mondays");
    expect(weekday.baseline?.psi).toBeLessThan(0.01);
  });

  test("of a weekday column that says Monday on a Tuesday is an alarm", () => {
    const verdict = assess(
      stream.window(
        1,
        onColumn("weekday", () => "Mon"),
      ),
    );
    expect(verdict.outcome).toBe("alarm");
    expect(verdict.blamed[0]?.name).toBe("weekday");
  });
});

describe("a broken pipeline alarms in its first window and is named", () => {
  test.each([
    ["a tenth of the values missing", "age", asNumber((x) => (x % 10 === 0 ? null : x)), /missing/],
    ["dollars to cents", "amount", asNumber((x) => x * 100), /multiplied by 100 /],
    ["miles to kilometres", "amount", asNumber((x) => x * 1.609344), /1\.609 \(miles to kilometres\)/],
    ["frozen at one value", "age", asNumber(() => 40), /every one of 500 values is 40/],
    ["numbers as text", "age", (value: number | string | null) => String(value), /no longer numeric/],
    [
      "another spelling of the categories",
      "country",
      (value: number | string | null) => String(value).toUpperCase(),
      /"GERMANY" where the reference has "Germany"/,
    ],
    [
      "categories the reference never had",
      "country",
      (value: number | string | null) => (value === "Germany" ? "Unknown-7" : value),
      /new to the reference: "Unknown-7"/,
    ],
  ])("%s", (_, feature, change, sentence) => {
    const verdict = assess(stream.window(3, onColumn(feature, change)));
    expect(verdict.outcome, verdict.reason).toBe("alarm");
    expect(verdict.cause).toBe("pipeline");
    expect(verdict.confidence).toBeGreaterThan(0.8);
    expect(verdict.blamed[0]?.name).toBe(feature);
    expect(verdict.blamed[0]?.evidence).toMatch(sentence);
  });

  test("a column that is not sent any more is all missing", () => {
    const verdict = assess(stream.window(3, ({ age: _, ...rest }) => rest));
    expect(verdict.outcome).toBe("alarm");
    expect(verdict.reason).toContain("age: 100 % of the values are missing");
  });
});

describe("a natural shift", () => {
  test("of half a standard deviation is an alarm of the inputs at once", () => {
    const verdict = assess(
      stream.window(
        3,
        onColumn(
          "age",
          asNumber((x) => x + 6),
        ),
      ),
    );
    expect(verdict.outcome).toBe("alarm");
    expect(verdict.cause).toBe("input_drift");
  });

  test("that is certain but too small to matter is no drift, however many rows say so", () => {
    const verdict = assess(
      stream.window(
        3,
        onColumn(
          "age",
          asNumber((x) => x + 1.2),
        ),
        20_000,
      ),
    );
    expect(verdict.detail.features["age"]?.psi_p_value).toBeLessThan(1e-6);
    expect(verdict.detail.features["age"]?.drifted).toBe(false);
  });

  test("holds its alarm until it is gone, and ends with it", () => {
    const shifted = (day: number, by: number) =>
      stream.window(
        day,
        onColumn(
          "age",
          asNumber((x) => x + by),
        ),
      );
    const first = assess(shifted(3, 6));
    const second = assess(shifted(4, 5), first.state);
    const third = assess(shifted(5, 0), second.state);
    expect([first.outcome, second.outcome, third.outcome]).toEqual(["alarm", "alarm", "ok"]);
  });
});

describe("windows that cannot be judged", () => {
  test("are never OK: too few rows", () => {
    const verdict = assess(stream.window(3, (columns) => columns, 20));
    expect(verdict.outcome).toBe("insufficient_data");
    expect(verdict.reason).toBe("20 predictions in this window, 30 are needed for a verdict");
  });

  test("are never OK: no rows; and pass the state through", () => {
    const alarmed = assess(
      stream.window(
        3,
        onColumn(
          "age",
          asNumber(() => 40),
        ),
      ),
    );
    const empty: WindowProfile = { ...stream.window(4), rows: 0, count: 0, features: [] };
    const verdict = assess(empty, alarmed.state);
    expect(verdict.outcome).toBe("no_data");
    expect(verdict.state).toEqual(alarmed.state);
  });
});

test("a fixed threshold alone decides where a monitor has one", () => {
  const monitor = { thresholds: { psi: 0.0001 }, minimum_count: 1 };
  const verdict = assessDriftWindow({ ...stream, window: stream.window(0), monitor });
  expect(verdict.outcome).toBe("alarm");
  expect(verdict.detail.features["age"]?.reason).toContain("above the fixed threshold 0.0001");
});

test("a monitor of some features looks at no other", () => {
  const monitor = { features: ["country"], minimum_count: 1 };
  const window = stream.window(
    3,
    onColumn(
      "age",
      asNumber(() => 40),
    ),
  );
  const verdict = assessDriftWindow({ ...stream, window, monitor });
  expect(verdict.outcome).toBe("ok");
  expect(Object.keys(verdict.detail.features)).toEqual(["country"]);
});

test("rows sampled at a tenth and weighted give the verdict of the rows there are, not of ten times as many", () => {
  const window = stream.window(
    3,
    onColumn(
      "age",
      asNumber((x) => x + 2),
    ),
    60,
  );
  const weighted: WindowProfile = {
    ...window,
    count: window.count * 10,
    features: window.features.map((feature) => ({
      ...feature,
      count: feature.count * 10,
      nullCount: feature.nullCount * 10,
      ...(feature.numeric === undefined
        ? {}
        : { numeric: { ...feature.numeric, counts: feature.numeric.counts.map((count) => count * 10) } }),
      ...(feature.categories === undefined
        ? {}
        : {
            categories: Object.fromEntries(
              Object.entries(feature.categories).map(([name, count]) => [name, count * 10]),
            ),
          }),
    })),
  };
  const one = assess(window).detail.features["age"]!;
  const ten = assess(weighted).detail.features["age"]!;
  expect(ten.psi).toBeCloseTo(one.psi!, 12);
  expect(ten.psi_p_value).toBeCloseTo(one.psi_p_value!, 12);
  expect(ten.drifted).toBe(one.drifted);
});

test("a verdict replays exactly from its stored calibration and state", () => {
  const first = assess(
    stream.window(
      3,
      onColumn(
        "age",
        asNumber((x) => x + 6),
      ),
    ),
  );
  const window = stream.window(4);
  const calibration = driftCalibrationSchema.parse(JSON.parse(JSON.stringify(stream.calibration)));
  const previousState = driftStateSchema.parse(JSON.parse(JSON.stringify(first.state)));
  const replayed = assessDriftWindow({ reference: stream.reference, window, calibration, previousState });
  expect(replayed).toEqual(assess(window, first.state));
});

test("the calibration says what it learned and how often it may cry wolf", () => {
  expect(stream.calibration.summary).toContain("28 reference windows of 1d");
  expect(stream.calibration.summary).toContain("At most 0.5 false drift alarms in 30 days");
});

test("a feature called prediction and the model's output are two things, each with its own verdict", () => {
  const random = createRandom(3);
  const column = (shift: number) => Array.from({ length: 600 }, () => drawNormal(random) + shift);
  const reference = referenceFromRows({ prediction: column(0) }, { from: 0, to: 1 }, column(5));
  expect(reference.prediction?.name).toBe("prediction (output)");
  const calibration = calibrateDrift([], reference, { windowMs: 86_400_000 });
  const window = profileRows(reference, { prediction: column(0) }, { start: 0, end: 86_400_000 }, column(8));
  const verdict = assessDriftWindow({ reference, calibration, window });
  expect(verdict.detail.features["prediction"]?.drifted).toBe(false);
  expect(verdict.detail.prediction?.drifted).toBe(true);
  expect(verdict.state.alarm_features).toEqual(["prediction (output)"]);
  expect(verdict.reason).toContain("output moved while no input did");
});
