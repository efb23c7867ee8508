// Prints the table of short references of docs/benchmarks.md: node --import tsx test/bench/detection/short-references.ts [months] [repetitions] [days] [levels]
import { detectionDelays, falseAlarms, OURS } from "./measure.ts";
import { createStream, MARGINALS, PLANTED_DRIFTS, still, wandering } from "./streams.ts";

const months = Number(process.argv[2] ?? 24);
const repetitions = Number(process.argv[3] ?? 30);
const references = process.argv[4] === undefined ? [3, 7, 14, 28] : [Number(process.argv[4])];
const DAY_MS = 86_400_000;
const HORIZON = 10;
const LEVELS = [
  { name: "nothing moves", createLevel: still },
  { name: "φ 0.5, 0.1 σ", createLevel: wandering(0.5, 0.1) },
  { name: "φ 0.7, 0.2 σ", createLevel: wandering(0.7, 0.2) },
  { name: "φ 0.9, 0.15 σ", createLevel: wandering(0.9, 0.15) },
];
const levels = LEVELS.filter(({ name }) => name.includes(process.argv[5] ?? ""));
const drift = PLANTED_DRIFTS.find(({ name }) => name === "mean +0.5 σ")!;

console.log(
  `25 features, 500 rows a day; ${months} model-months and ${repetitions} references with +0.5 σ in one feature each\n`,
);
console.log("| reference | levels | false alarms a month | +0.5 σ found after | within two days |");
console.log("|---|---|---:|---:|---:|");
for (const days of references) {
  for (const { name, createLevel } of levels) {
    const shape = { rows: 500, features: 25, marginals: MARGINALS, createLevel };
    const stream = createStream(name, { ...shape, windowMs: DAY_MS, referenceWindows: days });
    const { alarmsPerMonth } = falseAlarms(stream, months, 6_000).get(OURS)!;
    const delays = Array.from(
      { length: repetitions },
      (_, index) =>
        detectionDelays(stream, drift, { repetitions: 1, horizon: HORIZON, seed: 9_000 + index }).get(OURS)!,
    )
      .flat()
      .sort((a, b) => a - b);
    const median = delays[Math.floor((delays.length - 1) / 2)]!;
    const soon = delays.filter((delay) => delay <= 2).length / delays.length;
    const found = Number.isFinite(median) ? `${median} days` : `> ${HORIZON} days`;
    console.log(
      `| ${days} days | ${name} | ${Number(alarmsPerMonth.toFixed(2))} | ${found} | ${Math.round(100 * soon)} % |`,
    );
  }
}
