// Prints the joint-drift tables of docs/benchmarks.md: node --import tsx test/bench/detection/joint.ts [months] [repetitions] [stream]
import { createJointWorld } from "./joint-world.ts";
import {
  baseStream,
  createStream,
  MARGINALS,
  NULL_STREAMS,
  type Stream,
  still,
  wandering,
} from "./streams.ts";

const months = Number(process.argv[2] ?? 10);
const repetitions = Number(process.argv[3] ?? 8);
const only = process.argv[4] ?? "";
const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
const HORIZON = 10;

const shape = { rows: 500, features: 25, marginals: MARGINALS, createLevel: still };
const daily = { ...shape, windowMs: DAY_MS, referenceWindows: 28 };
const calm = createStream("daily, nothing moves", daily);
const rhythm = NULL_STREAMS.find(({ name }) => name.includes("rhythm"))!;
const STREAMS: Stream[] = [
  calm,
  createStream("daily, levels wander (φ 0.7, 0.2 σ)", { ...daily, createLevel: wandering(0.7, 0.2) }),
  { ...baseStream, name: "hourly, nothing moves" },
  { ...rhythm, name: "hourly, daily and weekly rhythm" },
  createStream("daily, 200 features", { ...daily, features: 200 }),
].filter(({ name }) => name.includes(only));
// Every pair of strengths on the plain stream, the two that matter most on the others.
const CHANGES = [
  [0.7, 0],
  [0.7, 0.35],
  [0.5, 0],
  [0.3, 0],
  [0.5, -0.5],
] as const;

console.log(
  "| null stream, 500 rows a window, two features coupled (ρ 0.7) | windows a month | false alarms a model-month | from joint drift |\n|---|---:|---:|---:|",
);
for (const stream of months > 0 ? STREAMS : []) {
  let alarms = 0;
  let jointly = 0;
  const windows = Math.round(MONTH_MS / stream.windowMs);
  for (let month = 0; month < months; month++) {
    const world = await createJointWorld(stream, 40 + month, 0.7);
    const verdicts = world.play(windows, 0.7);
    const begun = verdicts.filter(
      ({ outcome }, window) => outcome === "alarm" && verdicts[window - 1]?.outcome !== "alarm",
    );
    alarms += begun.length;
    jointly += begun.filter(({ detail }) => detail.multivariate?.drifted).length;
  }
  console.log(`| ${stream.name} | ${windows} | ${alarms / months} | ${jointly / months} |`);
}

console.log(
  `\n| stream | correlation of two features | windows until told (${repetitions} repetitions) | PSI of either at most |\n|---|---|---:|---:|`,
);
let cpu = 0;
let windows = 0;
for (const stream of repetitions > 0 ? STREAMS : []) {
  for (const [before, after] of stream === calm ? CHANGES : CHANGES.slice(0, 2)) {
    const world = await createJointWorld(stream, 7, before);
    const delays: number[] = [];
    let psi = 0;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const started = process.cpuUsage();
      const verdicts = world.play(HORIZON, after);
      const used = process.cpuUsage(started);
      cpu += (used.user + used.system) / 1e6;
      windows += HORIZON;
      const told = verdicts.findIndex(
        ({ outcome, detail }) => outcome === "alarm" && detail.multivariate?.drifted,
      );
      delays.push(told === -1 ? Number.POSITIVE_INFINITY : told + 1);
      for (const { detail } of verdicts) {
        for (const name of ["feature_0", "feature_1"]) psi = Math.max(psi, detail.features[name]?.psi ?? 0);
      }
    }
    console.log(`| ${stream.name} | ${before} → ${after} | ${medianOf(delays)} | ${psi.toFixed(3)} |`);
  }
}
console.log(`\n${(cpu / Math.max(1, windows)).toFixed(3)} s CPU a window, drawing included`);

function medianOf(delays: number[]): string {
  delays.sort((a, b) => a - b);
  const found = delays.filter(Number.isFinite).length / delays.length;
  const median = delays[Math.floor((delays.length - 1) / 2)]!;
  return `${Number.isFinite(median) ? median : `> ${HORIZON}`}${found === 1 ? "" : ` (${Math.round(100 * found)} %)`}`;
}
