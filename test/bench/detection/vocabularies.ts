// Prints the table "Many categories" of docs/benchmarks.md: node --import tsx test/bench/detection/vocabularies.ts [months] [repetitions] [stream]
import { detectionDelays, falseAlarms, OURS } from "./measure.ts";
import { VOCABULARY_STREAMS } from "./vocabulary-streams.ts";

const months = Number(process.argv[2] ?? 10);
const repetitions = Number(process.argv[3] ?? 8);
const only = process.argv[4];
const HORIZON = 10;

console.log(
  "| stream | false alarms a month (windows in alarm) | drift: windows until told, median (longest) |",
);
console.log("|---|---:|---|");
for (const { stream, drifts } of VOCABULARY_STREAMS.filter(
  (candidate) => only === undefined || candidate.stream.name.includes(only),
)) {
  const quiet = falseAlarms(stream, months, 20_260_101).get(OURS);
  const alarms = `${Number((quiet?.alarmsPerMonth ?? 0).toFixed(2))} (${Number((100 * (quiet?.windowsInAlarm ?? 0)).toPrecision(2))} %)`;
  const told = drifts.map((drift) => {
    const delays = detectionDelays(stream, drift, { repetitions, horizon: HORIZON, seed: 7 }).get(OURS) ?? [];
    const sorted = delays.toSorted((a, b) => a - b);
    const words = (delay = Number.POSITIVE_INFINITY) =>
      Number.isFinite(delay) ? String(delay) : `> ${HORIZON}`;
    return `${drift.name}: ${words(sorted[Math.floor((sorted.length - 1) / 2)])} (${words(sorted.at(-1))})`;
  });
  console.log(`| ${stream.name} | ${alarms} | ${told.join("; ")} |`);
}
