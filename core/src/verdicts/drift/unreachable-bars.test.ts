import { describe, expect, test } from "vitest";
import { profileRows, type Rows, referenceFromRows } from "../../profile/index.ts";
import { createRandom, drawNormal, type RandomSource } from "../../random/index.ts";
import { calibrateDrift } from "../bars/calibrate-drift.ts";
import type { DriftState } from "../feature/drift-state.ts";
import { createDriftAssessor } from "./assess-drift-window.ts";
import { replayDrift } from "./replay-drift.ts";

const DAY_MS = 86_400_000;
const ROWS = 200;
const WINDOWS = 20;

type Draw = (window: number, random: RandomSource) => Rows;

/** A stream whose reference has twenty daily windows; windows are judged one after the other. */
function start(draw: Draw, seed = 5) {
  const random = createRandom(seed);
  const blocks = Array.from({ length: WINDOWS }, (_, index) => draw(index, random));
  const whole = Object.fromEntries(
    Object.keys(blocks[0]!).map((name) => [name, blocks.flatMap((block) => [...block[name]!])]),
  );
  const reference = referenceFromRows(whole, { from: 0, to: WINDOWS * DAY_MS });
  const profile = (rows: Rows, index: number) =>
    profileRows(reference, rows, { start: index * DAY_MS, end: (index + 1) * DAY_MS });
  const calibration = calibrateDrift(
    blocks.map((block, index) => profile(block, index)),
    reference,
    { windowMs: DAY_MS },
  );
  const assess = createDriftAssessor({ reference, calibration });
  let state: DriftState | undefined;
  let index = WINDOWS;
  return {
    calibration,
    judge(rows: Rows = draw(index, random)) {
      const verdict = assess(profile(rows, index), state);
      state = verdict.state;
      index++;
      return verdict;
    },
  };
}

const numbers = (random: RandomSource, level: number, spread = 1) =>
  Array.from({ length: ROWS }, () => level + spread * drawNormal(random));

// Places are visited in turn, each window at one of them: no two windows are alike, yet all lie between the first and the last.
const PLACES = [3, 9, 1, 7, 5, 0, 8, 2, 6, 4];
const visiting: Draw = (window, random) => ({
  place: numbers(random, PLACES[window % PLACES.length]!, 0.1),
  steady: numbers(random, 0),
  // What most features of a stream do is expected of each: one that wanders must not be one of two.
  calm: numbers(random, 0),
});
const of = (name: string, verdict: ReturnType<ReturnType<typeof start>["judge"]>) =>
  verdict.detail.features[name]!;

describe("a number whose reference wanders from place to place", () => {
  test("goes on wandering quietly, and says that its distance tells nothing", () => {
    const stream = start(visiting);
    for (let day = 0; day < 30; day++) {
      const verdict = stream.judge();
      expect(verdict.outcome, verdict.reason).not.toBe("alarm");
      expect(of("place", verdict).outcome).toBe("ok");
      expect(of("place", verdict).reason).toMatch(
        /^place: \d(\.\d)? % of the rows lie outside .* to .*; 50 % make it drift, .*PSI [\d.]+ says nothing: .*threshold is [\d.,]+, and no window can pass/,
      );
    }
  });

  test("is an alarm once so many windows in a row lie where the reference never was as chance doesn't give", () => {
    const stream = start(visiting);
    const random = createRandom(9);
    const elsewhere = () => ({ ...visiting(0, random), place: numbers(random, 14, 0.1) });
    const first = stream.judge(elsewhere());
    expect(first.outcome).toBe("drifting");
    expect(of("place", first).reason).toMatch(
      /^place: 100 % of the rows lie outside the reference's range .*, 4 windows in a row would be an alarm/,
    );
    const next = [2, 3].map(() => stream.judge(elsewhere()).outcome);
    expect(next).toEqual(["drifting", "drifting"]);
    const fourth = stream.judge(elsewhere());
    expect(fourth.outcome).toBe("alarm");
    expect(fourth.state.alarm_features).toEqual(["place"]);
    expect(stream.judge().outcome).toBe("ok");
  });

  test("is an alarm in two windows where the values lie beyond the range by several times its span", () => {
    const stream = start(visiting);
    const random = createRandom(9);
    const farOut = () => stream.judge({ ...visiting(0, random), place: numbers(random, 60, 0.1) });
    expect(farOut().outcome).toBe("drifting");
    const second = farOut();
    expect(second.outcome).toBe("alarm");
    expect(second.cause).toBe("pipeline");
    expect(second.reason).toMatch(/^place: nine tenths of the values lie beyond the reference's/);
  });

  test("takes more windows where neighbours resemble each other", () => {
    // A level that moves slowly to and fro between 0 and 10.
    const slowly: Draw = (window, random) => ({
      place: numbers(random, 5 + 5 * Math.sin(0.8 * window), 0.1),
      steady: numbers(random, 0),
      calm: numbers(random, 0),
    });
    const stream = start(slowly);
    const random = createRandom(9);
    const elsewhere = () => ({ ...slowly(0, random), place: numbers(random, 14, 0.1) });
    const needed = stream.calibration.features.find(({ name }) => name === "place")!.unseen!.windows_needed;
    expect(needed).toBeGreaterThan(4);
    let state: DriftState | undefined;
    for (let window = 1; window <= needed; window++) {
      const verdict = stream.judge(elsewhere());
      expect(verdict.outcome).toBe(window < needed ? "drifting" : "alarm");
      expect(of("place", verdict).reason).toContain(`${needed} windows in a row would be an alarm`);
      expect(replayDrift(verdict.detail, state).outcome).toBe(verdict.outcome);
      state = verdict.state;
    }
  });

  test("still tells of missing values, and the steady feature beside it is judged as ever", () => {
    const stream = start(visiting);
    const random = createRandom(9);
    const rows = visiting(3, random);
    const missing = { ...rows, place: rows["place"]!.map((value, row) => (row % 5 === 0 ? null : value)) };
    expect(of("place", stream.judge(missing)).drifted).toBe(true);
    expect(of("steady", stream.judge({ ...rows, steady: numbers(random, 1) })).drifted).toBe(true);
  });
});

describe("a number that grows with every window, as a counter does", () => {
  const growing: Draw = (window, random) => ({ counter: numbers(random, 10 * window) });

  test("can't be judged, and the window says so instead of that nothing drifted", () => {
    const stream = start(growing);
    const verdict = stream.judge();
    expect(of("counter", verdict).outcome).toBe("not_defined");
    expect(of("counter", verdict).drifted).toBe(false);
    expect(verdict.outcome).toBe("not_defined");
    expect(verdict.reason).toMatch(
      /^No feature can be judged on 200 rows: counter: can't be judged though 100 % of its values lie outside the reference's range .* to .*; PSI/,
    );
  });

  test("beside a feature that can is named as unjudged", () => {
    const stream = start((window, random) => ({ ...growing(window, random), steady: numbers(random, 0) }));
    const verdict = stream.judge();
    expect(verdict.outcome).toBe("ok");
    expect(verdict.detail).toMatchObject({ judged: 1, of: 2 });
    expect(verdict.reason).toMatch(
      /^ok \(1 of 2 judged\): No drift in 1 feature on 200 rows.*\. Could not be judged: counter$/,
    );
  });
});

test("what could not be judged for a week is reported once, with what to do", () => {
  const stream = start((window, random) => ({
    counter: numbers(random, 10 * window),
    steady: numbers(random, 0),
  }));
  const reasons = Array.from({ length: 12 }, () => stream.judge().reason);
  const reported = reasons.map((reason) =>
    /Not judged since .*: counter\. To have it judged, upload/.test(reason),
  );
  expect(reported.filter(Boolean)).toHaveLength(1);
  expect(reported.indexOf(true)).toBe(6);
  expect(stream.judge().detail.blind?.[0]).toMatchObject({ feature: "counter", windows: 13 });
});

describe("a category that changes for weeks at a time", () => {
  const column = (name: string) => Array.from({ length: ROWS }, () => name);
  const seasonal: Draw = (window) => ({ season: column(window < WINDOWS / 2 ? "autumn" : "winter") });

  test("is quiet in a season the reference has, and drifts in one that it has not", () => {
    const stream = start(seasonal);
    expect(of("season", stream.judge()).outcome).toBe("ok");
    expect(of("season", stream.judge({ season: column("autumn") })).outcome).toBe("ok");
    const spring = stream.judge({ season: column("spring") });
    expect(of("season", spring).reason).toMatch(
      /^season: 100 % of the rows are of categories the reference never saw \("spring"\); 50 % make it drift/,
    );
    expect(stream.judge({ season: column("spring") }).outcome).toBe("alarm");
  });
});
