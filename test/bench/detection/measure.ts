import type { DriftWindow } from "@leeway/core/evaluation";
import {
  profileRows,
  type Rows,
  referenceFromRows,
  referenceProfiles,
  type Vocabularies,
  vocabulariesOf,
  type WindowProfile,
} from "@leeway/core/profile";
import { createRandom } from "@leeway/core/random";
import type { Reference } from "@leeway/core/records";
import {
  calibrateDrift,
  createDriftAssessor,
  type DriftAssessor,
  type DriftState,
  JOINT_TESTS,
} from "@leeway/core/verdicts";

import { RULES } from "./rules.ts";
import type { PlantedDrift, Stream } from "./streams.ts";

// A Monday, so that rhythms by index are rhythms of the week.
const EPOCH = Date.UTC(2024, 0, 1);

/** OURS is the name of Leeway's own rule among the others. */
export const OURS = "Leeway";

/** Realisation is a stream with its reference learned, ready to go on. */
interface Realisation {
  reference: Reference;
  vocabularies: Vocabularies;
  assess: DriftAssessor;
  draw(windowIndex: number): Record<string, (number | string | null)[]>;
  rules: { name: string; flag(window: DriftWindow): string[] }[];
}

/** FalseAlarms is what one rule did in a stream in which nothing happens: alarms begun (windows in a row are one), and windows in alarm. */
export interface FalseAlarms {
  alarmsPerMonth: number;
  /** Share of all windows. */
  windowsInAlarm: number;
}

/** falseAlarms returns what each rule raised in `months` of a stream in which nothing happens; each month has a reference of its own. */
export function falseAlarms(stream: Stream, months: number, seed: number): Map<string, FalseAlarms> {
  const counts = new Map<string, { alarms: number; windows: number }>();
  const windows = Math.round((30 * 86_400_000) / stream.windowMs);
  for (let month = 0; month < months; month++) {
    const realisation = realise(stream, seed + 1_000 * month);
    const isOn = new Map<string, boolean>();
    let state: DriftState | undefined;
    for (let index = 0; index < windows; index++) {
      const window = windowOf(realisation, stream, stream.referenceWindows + index);
      const verdict = realisation.assess(window, state);
      state = verdict.state;
      count(counts, isOn, OURS, verdict.outcome === "alarm");
      for (const rule of realisation.rules)
        count(counts, isOn, rule.name, rule.flag(verdict.detail).length > 0);
    }
  }
  return new Map(
    [...counts].map(([name, { alarms, windows: flagged }]) => [
      name,
      { alarmsPerMonth: alarms / months, windowsInAlarm: flagged / (months * windows) },
    ]),
  );
}

/** detectionDelays returns, per rule, the delay in windows until the drifted feature was alarmed, one per repetition; Infinity where never. */
export function detectionDelays(
  stream: Stream,
  drift: PlantedDrift,
  options: { repetitions: number; horizon: number; seed: number },
): Map<string, number[]> {
  const delays = new Map<string, number[]>();
  const realisation = realise(stream, options.seed);
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    const random = createRandom(options.seed + 77 + repetition);
    const found = new Map<string, number>();
    let state: DriftState | undefined;
    for (let age = 1; age <= options.horizon; age++) {
      const index = stream.referenceWindows + repetition * options.horizon + age;
      const rows = drift.apply(realisation.draw(index), age, random);
      const window = profileAt(realisation, rows, stream, index);
      const verdict = realisation.assess(window, state);
      state = verdict.state;
      const flagged: [string, string[]][] = [
        [OURS, verdict.outcome === "alarm" ? verdict.state.alarm_features : []],
        ...realisation.rules.map((rule): [string, string[]] => [rule.name, rule.flag(verdict.detail)]),
      ];
      for (const [name, features] of flagged) {
        if (features.includes(drift.feature) && !found.has(name)) found.set(name, age);
      }
      if (found.size === RULES.length + 1) break;
    }
    for (const name of [OURS, ...RULES.map((rule) => rule.name)]) {
      delays.set(name, [...(delays.get(name) ?? []), found.get(name) ?? Number.POSITIVE_INFINITY]);
    }
  }
  return delays;
}

function realise(stream: Stream, seed: number): Realisation {
  const draw = stream.start(createRandom(seed));
  const blocks = Array.from({ length: stream.referenceWindows }, (_, index) => draw(index));
  const whole: Record<string, (number | string | null)[]> = {};
  for (const name of Object.keys(blocks[0]!)) whole[name] = blocks.flatMap((block) => block[name]!);
  const span = { from: EPOCH, to: EPOCH + stream.referenceWindows * stream.windowMs };
  const reference = referenceFromRows(whole, span);
  const profiles = referenceProfiles(
    reference,
    blocks.map((rows, index) => ({ rows, ...spanOf(stream, index) })),
  );
  // The service judges joint drift beside these, within the same budget; its own tables are joint.ts's.
  const calibration = calibrateDrift(profiles, reference, {
    windowMs: stream.windowMs,
    furtherTests: JOINT_TESTS,
  });
  const assess = createDriftAssessor({ reference, calibration });
  const details = profiles.map((window) => assess(window).detail);
  return {
    reference,
    vocabularies: vocabulariesOf(reference, whole),
    assess,
    draw,
    rules: RULES.map((rule) => ({ name: rule.name, flag: rule.fit(details) })),
  };
}

function windowOf(realisation: Realisation, stream: Stream, index: number): WindowProfile {
  return profileAt(realisation, realisation.draw(index), stream, index);
}

function profileAt(
  { reference, vocabularies }: Realisation,
  rows: Rows,
  stream: Stream,
  index: number,
): WindowProfile {
  return profileRows(reference, rows, spanOf(stream, index), undefined, vocabularies);
}

function spanOf(stream: Stream, index: number): { start: number; end: number } {
  const start = EPOCH + index * stream.windowMs;
  return { start, end: start + stream.windowMs };
}

function count(
  counts: Map<string, { alarms: number; windows: number }>,
  isOn: Map<string, boolean>,
  name: string,
  isFlagged: boolean,
): void {
  const before = counts.get(name) ?? { alarms: 0, windows: 0 };
  const begins = isFlagged && isOn.get(name) !== true;
  counts.set(name, {
    alarms: before.alarms + (begins ? 1 : 0),
    windows: before.windows + (isFlagged ? 1 : 0),
  });
  isOn.set(name, isFlagged);
}
