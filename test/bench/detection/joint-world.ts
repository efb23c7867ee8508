import { profileRows, type Rows, referenceFromRows, type SampledRow } from "@leeway/core/profile";
import { createRandom, drawNormal, type RandomSource } from "@leeway/core/random";
import {
  assessJoint,
  calibrateDrift,
  createDriftAssessor,
  createJointBaseline,
  type DriftState,
  type DriftVerdict,
  JOINT_TESTS,
  jointRowLimit,
  measureJoint,
} from "@leeway/core/verdicts";
import type { Stream } from "./streams.ts";

// A Monday, so that rhythms by index are rhythms of the week.
const EPOCH = Date.UTC(2024, 0, 1);
const CALIBRATING_WINDOWS = 12;

type Columns = Record<string, (number | string | null)[]>;

/** JointWorld is a stream whose first two features move together, with its reference learned as the service learns it. */
export interface JointWorld {
  /** Judges the next `windows` windows from a fresh state; `coupling` is the correlation of the two features in them. */
  play(windows: number, coupling: number): DriftVerdict[];
}

/** createJointWorld returns a realisation of the stream whose first two features have a normal copula of that correlation in the reference. */
export async function createJointWorld(stream: Stream, seed: number, coupling: number): Promise<JointWorld> {
  const random = createRandom(seed);
  const next = stream.start(random);
  let index = 0;
  const draw = (strength: number) => couple(next(index++), strength, random);
  const past = Array.from({ length: stream.referenceWindows }, () => draw(coupling));
  const whole: Columns = {};
  for (const name of Object.keys(past[0]!)) whole[name] = past.flatMap((block) => block[name]!);
  const span = (window: number) => ({
    start: EPOCH + window * stream.windowMs,
    end: EPOCH + (window + 1) * stream.windowMs,
  });
  const reference = referenceFromRows(whole, { from: EPOCH, to: span(past.length).start });
  const profileAt = (rows: Rows, window: number) => profileRows(reference, rows, span(window));
  const calibration = calibrateDrift(past.map(profileAt), reference, {
    windowMs: stream.windowMs,
    furtherTests: JOINT_TESTS,
  });
  const assess = createDriftAssessor({ reference, calibration });
  const limit = jointRowLimit(stream.features);
  const sampled = (columns: Columns, window: number) => rowsOf(columns, span(window).start).slice(0, limit);
  const perWindow = Math.ceil(limit / past.length);
  const step = Math.max(1, past.length / CALIBRATING_WINDOWS);
  const joint = (await createJointBaseline({
    features: reference.features,
    sample: past.flatMap((block, window) => rowsOf(block, span(window).start).slice(0, perWindow)),
    windows: Array.from({ length: Math.min(past.length, CALIBRATING_WINDOWS) }, (_, i) =>
      Math.floor(i * step),
    ).map((window) => ({ ...span(window), rows: sampled(past[window]!, window) })),
  }))!;
  const judge = (columns: Columns, window: number, state: DriftState | undefined) => {
    const measured = measureJoint(joint.reference, sampled(columns, window), span(window).start)!;
    const evidence = {
      joint: assessJoint(joint.reference, joint.calibration, measured, calibration.operating_point),
    };
    return assess(profileAt(columns, window), state, evidence);
  };
  return {
    play(windows, strength) {
      let state: DriftState | undefined;
      return Array.from({ length: windows }, () => {
        const window = index;
        const verdict = judge(draw(strength), window, state);
        state = verdict.state;
        return verdict;
      });
    },
  };
}

// The values of feature_1 in another order: what they are stays, with whom they go changes.
function couple(columns: Columns, strength: number, random: RandomSource): Columns {
  const leader = columns["feature_0"] as number[];
  const target = leader.map((z) => strength * z + Math.sqrt(1 - strength ** 2) * drawNormal(random));
  const order = target.map((_, row) => row).sort((a, b) => target[a]! - target[b]!);
  const values = [...(columns["feature_1"] as number[])].sort((a, b) => a - b);
  const follower = new Array<number>(values.length);
  order.forEach((row, rank) => {
    follower[row] = values[rank]!;
  });
  return { ...columns, feature_1: follower };
}

function rowsOf(columns: Columns, time: number): SampledRow[] {
  const names = Object.keys(columns);
  return Array.from({ length: columns[names[0]!]!.length }, (_, row) => {
    const numbers: Record<string, number> = {};
    const strings: Record<string, string> = {};
    for (const name of names) {
      const value = columns[name]![row];
      if (typeof value === "number") numbers[name] = value;
      else if (typeof value === "string") strings[name] = value;
    }
    return { time, numbers, strings, booleans: {} };
  });
}
