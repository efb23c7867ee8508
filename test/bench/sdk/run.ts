import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { medianOf, valueOr } from "@leeway/core/statistics";

/** Goals: a call at most a tenth of OpenTelemetry's, the whole main-thread CPU at most 0.35 of it. */
const CALL_GOAL = 0.1;
const CPU_GOAL = 0.35;
const rounds = Number(process.argv[2] ?? 5);
const eventCount = Number(process.argv[3] ?? 40_000);

interface Measurement {
  readonly callUs: number;
  readonly callP99Us: number;
  readonly cpuUs: number;
  /** lost counts the events that never arrived. */
  readonly lost: number;
}

function start(file: string, args: string[]) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, ["--import", "tsx", path, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function measure(name: string, url: string): Promise<Measurement> {
  const child = start("measure.ts", [name, url, String(eventCount)]);
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await once(child, "close");
  return JSON.parse(output);
}

const medianIn = (values: readonly number[]) => valueOr(medianOf(values), Number.NaN);

const sink = start("sink.ts", []);
const [portText] = (await once(sink.stdout, "data")) as [Buffer];
const url = `http://127.0.0.1:${portText.toString().trim()}`;
const NAMES = ["nothing", "otel", "leeway", "spooled"] as const;
const results: Record<(typeof NAMES)[number], Measurement[]> = {
  nothing: [],
  otel: [],
  leeway: [],
  spooled: [],
};
for (let round = 0; round < rounds; round++) {
  for (const name of NAMES) results[name].push(await measure(name, url));
}
sink.kill();

const loopCpu = medianIn(results.nothing.map((result) => result.cpuUs));
const loopCall = medianIn(results.nothing.map((result) => result.callUs));
const call = (result: Measurement): number => result.callUs - loopCall;
const cpu = (result: Measurement): number => result.cpuUs - loopCpu;
const row = (name: (typeof NAMES)[number]): string =>
  [
    name.padEnd(8),
    medianIn(results[name].map(call)).toFixed(2).padStart(10),
    medianIn(results[name].map((result) => result.callP99Us))
      .toFixed(2)
      .padStart(10),
    medianIn(results[name].map(cpu)).toFixed(2).padStart(18),
    String(medianIn(results[name].map((result) => result.lost))).padStart(9),
  ].join("");
const ratio = (part: (result: Measurement) => number): number =>
  medianIn(results.leeway.map((result, round) => part(result) / part(results.otel[round] as Measurement)));
const callRatio = ratio(call);
const cpuRatio = ratio(cpu);

console.log(
  `${rounds} rounds, ${eventCount} events each, 25 attributes; benchmark loop itself ${loopCpu.toFixed(2)} µs`,
);
console.log("          call µs   call p99   main-thread CPU µs     lost");
console.log(row("otel"));
console.log(row("leeway"));
console.log(row("spooled"));
console.log(
  `call ratio ${callRatio.toFixed(3)} (goal ${CALL_GOAL}), CPU ratio ${cpuRatio.toFixed(3)} (goal ${CPU_GOAL})`,
);
process.exitCode = callRatio <= CALL_GOAL && cpuRatio <= CPU_GOAL ? 0 : 1;
