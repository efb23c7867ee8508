// Prints the joint-drift table of docs/benchmarks.md: node --import tsx test/bench/detection/joint.ts [months] [repetitions]
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
  measureJoint,
} from "@leeway/core/verdicts";
import { createStream, MARGINALS, type Stream, still, wandering } from "./streams.ts";

const months = Number(process.argv[2] ?? 10);
const repetitions = Number(process.argv[3] ?? 8);
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(2024, 0, 1);
const REFERENCE_DAYS = 28;
const HORIZON = 10;
const SAMPLE = 2_000;

type Columns = Record<string, (number | string | null)[]>;

const daily = (
  name: string,
  createLevel: (random: RandomSource) => (index: number, window: number) => number,
) =>
  createStream(name, {
    rows: 500,
    features: 25,
    marginals: MARGINALS,
    createLevel,
    windowMs: DAY_MS,
    referenceWindows: REFERENCE_DAYS,
  });

const calm = daily("nothing moves", still);
const wander = daily("levels wander (φ 0.7, 0.2 σ)", wandering(0.7, 0.2));

console.log(
  `| null stream, 25 features, 500 rows a day, two of them coupled (ρ 0.7) | false alarms a model-month | from joint drift |\n|---|---:|---:|`,
);
for (const stream of [calm, wander]) {
  let alarms = 0;
  let jointly = 0;
  for (let month = 0; month < months; month++) {
    const world = await realise(stream, 40 + month);
    const days = play(world, 30, () => 0.7);
    const begun = days.filter(
      ({ outcome }, day) => outcome === "alarm" && days[day - 1]?.outcome !== "alarm",
    );
    alarms += begun.length;
    jointly += begun.filter(({ detail }) => detail.multivariate?.drifted).length;
  }
  console.log(`| ${stream.name} | ${alarms / months} | ${jointly / months} |`);
}

console.log(
  `\n| coupling of two of 25 features | windows until told (${repetitions} repetitions) | PSI of either at most |\n|---|---:|---:|`,
);
const world = await realise(calm, 7);
let cpu = 0;
let windows = 0;
for (const [before, after] of [
  [0.7, 0],
  [0.7, 0.35],
  [0.5, 0],
  [0.3, 0],
  [0.5, -0.5],
] as const) {
  const coupled = before === 0.7 ? world : await realise(calm, 7, before);
  const delays: number[] = [];
  let psi = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const started = process.cpuUsage();
    const days = play(coupled, HORIZON, () => after);
    const used = process.cpuUsage(started);
    cpu += (used.user + used.system) / 1e6;
    windows += HORIZON;
    const day = days.findIndex(({ outcome, detail }) => outcome === "alarm" && detail.multivariate?.drifted);
    delays.push(day === -1 ? Number.POSITIVE_INFINITY : day + 1);
    for (const { detail } of days) {
      for (const name of ["feature_0", "feature_1"]) psi = Math.max(psi, detail.features[name]?.psi ?? 0);
    }
  }
  delays.sort((a, b) => a - b);
  const found = delays.filter(Number.isFinite).length / delays.length;
  const median = delays[Math.floor((delays.length - 1) / 2)]!;
  console.log(
    `| ${before} → ${after} | ${Number.isFinite(median) ? median : `> ${HORIZON}`}${found === 1 ? "" : ` (${Math.round(100 * found)} %)`} | ${psi.toFixed(3)} |`,
  );
}
console.log(`\n${(cpu / windows).toFixed(3)} s CPU a window, drawing included`);

interface World {
  draw(coupling: number): Columns;
  assess(columns: Columns, index: number, state: DriftState | undefined): DriftVerdict;
}

async function realise(stream: Stream, seed: number, coupling = 0.7): Promise<World> {
  const random = createRandom(seed);
  const next = stream.start(random);
  let index = 0;
  const draw = (strength: number) => couple(next(index++), strength, random);
  const past = Array.from({ length: REFERENCE_DAYS }, () => draw(coupling));
  const whole: Columns = {};
  for (const name of Object.keys(past[0]!)) whole[name] = past.flatMap((block) => block[name]!);
  const span = (day: number) => ({ start: EPOCH + day * DAY_MS, end: EPOCH + (day + 1) * DAY_MS });
  const reference = referenceFromRows(whole, { from: EPOCH, to: span(REFERENCE_DAYS).start });
  const profileAt = (rows: Rows, day: number) => profileRows(reference, rows, span(day));
  const calibration = calibrateDrift(past.map(profileAt), reference, {
    windowMs: DAY_MS,
    furtherTests: JOINT_TESTS,
  });
  const assess = createDriftAssessor({ reference, calibration });
  const perDay = Math.ceil(SAMPLE / REFERENCE_DAYS);
  const joint = (await createJointBaseline({
    features: reference.features,
    sample: past.flatMap((block, day) => rowsOf(block, span(day).start).slice(0, perDay)),
    windows: past
      .map((block, day) => ({ ...span(day), rows: rowsOf(block, span(day).start) }))
      .filter((_, day) => day % 2 === 0)
      .slice(0, 12),
  }))!;
  return {
    draw,
    assess(columns, day, state) {
      const measured = measureJoint(joint.reference, rowsOf(columns, span(day).start), span(day).start)!;
      const evidence = {
        joint: assessJoint(joint.reference, joint.calibration, measured, calibration.operating_point),
      };
      return assess(profileAt(columns, day), state, evidence);
    },
  };
}

function play(world: World, days: number, couplingOn: (day: number) => number): DriftVerdict[] {
  let state: DriftState | undefined;
  return Array.from({ length: days }, (_, day) => {
    const verdict = world.assess(world.draw(couplingOn(day)), REFERENCE_DAYS + day, state);
    state = verdict.state;
    return verdict;
  });
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
