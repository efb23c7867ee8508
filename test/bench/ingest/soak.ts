import { readFileSync } from "node:fs";
import type { LoadOrder, LoadReport } from "./load.ts";

const MIB = 1024 * 1024;

/** runSoak keeps a steady load up and prints the service's resident memory every ten seconds, then how flat it was. */
export async function runSoak(options: {
  seconds: number;
  rate: number;
  pid: number;
  load: (order: Omit<LoadOrder, "url" | "apiKey">) => Promise<LoadReport>;
}): Promise<void> {
  const samples: number[] = [];
  const timer = setInterval(() => {
    samples.push(residentBytes(options.pid));
    console.log(`soak: ${samples.length * 10} s, ${Math.round((samples.at(-1) ?? 0) / MIB)} MiB resident`);
  }, 10_000);
  const { rate, seconds } = options;
  const report = await options.load({ run: "soak", clients: 16, batchRows: 500, seconds, rate });
  clearInterval(timer);
  const third = Math.floor(samples.length / 3);
  const mean = (part: number[]) => part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length);
  console.log(
    `soak: ${Math.round(report.rowsPerSecond)} rows/s, p99 ${report.p99Ms.toFixed(0)} ms, failures ${report.failures}; memory of the ` +
      `middle third ${Math.round(mean(samples.slice(third, 2 * third)) / MIB)} MiB, of the last ${Math.round(mean(samples.slice(2 * third)) / MIB)} MiB`,
  );
}

function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
