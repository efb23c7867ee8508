// Prints the detection tables of docs/benchmarks.md: node --import tsx test/bench/detection/run.ts [months] [repetitions]
import { detectionDelays, falseAlarms, OURS } from "./measure.ts";
import { RULES } from "./rules.ts";
import { baseStream, NULL_STREAMS, PLANTED_DRIFTS } from "./streams.ts";

const months = Number(process.argv[2] ?? 10);
const repetitions = Number(process.argv[3] ?? 20);
const only = process.argv[4];
const HORIZON = 48;
const names = [OURS, ...RULES.map((rule) => rule.name)];

console.log(
  `False alarms begun per model-month, and share of windows in alarm (${months} months a stream)\n`,
);
console.log(`| stream | ${names.join(" | ")} |\n|---|${names.map(() => "---:|").join("")}`);
for (const stream of NULL_STREAMS.filter(
  (candidate) => only === undefined || candidate.name.includes(only),
)) {
  const counts = falseAlarms(stream, months, 20_240_101);
  const cells = names.map((name) => {
    const { alarmsPerMonth, windowsInAlarm } = counts.get(name) ?? { alarmsPerMonth: 0, windowsInAlarm: 0 };
    return `${Number(alarmsPerMonth.toFixed(2))} (${Number((100 * windowsInAlarm).toPrecision(2))} %)`;
  });
  console.log(`| ${stream.name} | ${cells.join(" | ")} |`);
}

if (repetitions > 0) {
  console.log(
    `\nMedian delay in windows (share found within ${HORIZON}), one of 25 features, 500 rows a window, ${repetitions} repetitions\n`,
  );
  console.log(`| drift | ${names.join(" | ")} |\n|---|${names.map(() => "---:|").join("")}`);
  for (const drift of PLANTED_DRIFTS) {
    const delays = detectionDelays(baseStream, drift, { repetitions, horizon: HORIZON, seed: 7 });
    console.log(`| ${drift.name} | ${names.map((name) => cell(delays.get(name) ?? [])).join(" | ")} |`);
  }
}

function cell(delays: readonly number[]): string {
  const sorted = [...delays].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;
  const found = sorted.filter(Number.isFinite).length / Math.max(1, sorted.length);
  if (found === 0) return "never";
  const text = Number.isFinite(median) ? String(median) : `> ${HORIZON}`;
  return found === 1 ? text : `${text} (${Math.round(found * 100)} %)`;
}
