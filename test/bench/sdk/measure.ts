import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { makeAttributes } from "./attributes.ts";
import { createLeewayRecorder, createOtelRecorder, type Recorder } from "./recorders.ts";

const [name, url, eventCount] = [process.argv[2], process.argv[3] as string, Number(process.argv[4])];
const WARM_UP = 20_000;
/** Events between two turns of the event loop, as requests of a busy service come. */
const BURST = 50;

/** mainThreadCpuUs is the run time of this thread so far, from the kernel, in µs. */
function mainThreadCpuUs(): number {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1_000;
}

const RECORDERS: Record<string, () => Recorder | null> = {
  nothing: () => null,
  otel: () => createOtelRecorder(url),
  leeway: () => createLeewayRecorder(url),
  spooled: () => createLeewayRecorder(url, mkdtempSync(`${tmpdir()}/leeway-bench-`)),
};
const record = RECORDERS[name as string]?.() ?? null;

/** The same loop with nothing recorded is what the benchmark itself costs; it is taken off. */
async function run(from: number, to: number, callsNs: Float64Array | null): Promise<void> {
  for (let n = from; n < to; n++) {
    const attributes = makeAttributes(n);
    if (callsNs === null) record?.record(attributes, n);
    else {
      const start = process.hrtime.bigint();
      record?.record(attributes, n);
      callsNs[n - from] = Number(process.hrtime.bigint() - start);
    }
    if (n % BURST === BURST - 1) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const receivedBefore = Number(await (await fetch(url)).text());
await run(0, WARM_UP, null);
const before = mainThreadCpuUs();
await run(WARM_UP, WARM_UP + eventCount, null);
const whole = mainThreadCpuUs() - before;
const callsNs = new Float64Array(eventCount);
await run(WARM_UP + eventCount, WARM_UP + 2 * eventCount, callsNs);
await record?.finish();
const received = Number(await (await fetch(url)).text()) - receivedBefore;
callsNs.sort();
console.log(
  JSON.stringify({
    callUs: (callsNs[Math.floor(eventCount / 2)] as number) / 1_000,
    callP99Us: (callsNs[Math.floor(eventCount * 0.99)] as number) / 1_000,
    cpuUs: whole / eventCount,
    lost: record === null ? 0 : WARM_UP + 2 * eventCount - received,
  }),
);
