import { readFileSync } from "node:fs";
import type { TestEngine } from "@leeway/store/testing";

/** EngineMeter times work and says what it cost the engine's process. */
export interface EngineMeter {
  timed<T>(what: string, run: () => Promise<T>): Promise<T>;
}

/** createEngineMeter returns a meter of a running engine that prints each measurement. */
export function createEngineMeter(engine: TestEngine): EngineMeter {
  const cpuSeconds = () => {
    const fields = readFileSync(`/proc/${engine.process.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };
  return {
    async timed(what, run) {
      const started = performance.now();
      const cpu = cpuSeconds();
      const result = await run();
      const seconds = ((performance.now() - started) / 1_000).toFixed(3);
      console.log(`${what}: ${seconds} s, ${(cpuSeconds() - cpu).toFixed(2)} s engine CPU`);
      return result;
    },
  };
}
